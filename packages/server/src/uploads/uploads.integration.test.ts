import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { openRegistry } from '../cubes/registry.ts'
import { registerDeps } from '../cubes/testing/cube-bench.ts'
import { openUploadBench } from './testing/upload-bench.ts'

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})
let bench: Awaited<ReturnType<typeof openUploadBench>>
beforeEach(async () => {
  bench = await openUploadBench(db)
})
afterEach(() => bench.close())

const SALES = `Order Date,Region,Amount,Paid
2026-05-01,North,10.5,yes
2026-05-01,South,4,no
2026-05-02,North,1.5,yes
`
const byRegion = () =>
  bench.ask({
    cube: 'sales',
    measures: ['amount', 'rows'],
    dimensions: ['region'],
    from: '2026-01-01',
    to: '2027-01-01',
    order: [{ by: 'region', direction: 'asc' }],
  })

test('a file becomes a cube and a table for SQL', async () => {
  await bench.bring('sales', SALES)
  expect(await byRegion()).toEqual([
    { region: 'North', amount: 12, rows: 2 },
    { region: 'South', amount: 4, rows: 1 },
  ])
  expect(
    await bench.ask({ cube: 'sales', measures: ['amount'], from: '2026-05-01', to: '2026-05-04', grain: 'day' }),
  ).toMatchObject([
    { time: '2026-05-01T00:00:00+00:00', amount: 14.5 },
    { time: '2026-05-02T00:00:00+00:00', amount: 1.5 },
    { time: '2026-05-03T00:00:00+00:00', amount: 0 },
  ])
  expect(await bench.sql('SELECT order_date, region, amount, paid, _line FROM sales ORDER BY _line')).toEqual([
    { order_date: '2026-05-01', region: 'North', amount: 10.5, paid: true, _line: 2 },
    { order_date: '2026-05-01', region: 'South', amount: 4, paid: false, _line: 3 },
    { order_date: '2026-05-02', region: 'North', amount: 1.5, paid: true, _line: 4 },
  ])
  const [upload] = await bench.uploads.list()
  expect(upload).toMatchObject({ name: 'sales', rows: 3, lastLoad: { state: 'done', rowsRead: 3, rowsStored: 3 } })
  expect(bench.changes).toEqual(['sales'])
})

test('a second file replaces the rows, or comes beside them', async () => {
  await bench.bring('sales', SALES)
  await bench.again('sales', 'Order Date,Region,Amount,Paid\n2026-05-03,West,7,no\n', 'append')
  expect(await byRegion()).toHaveLength(3)
  await bench.again('sales', 'Amount,Region,Order Date\n8,East,2026-05-03\n', 'replace')
  expect(await byRegion()).toEqual([{ region: 'East', amount: 8, rows: 1 }])
  await bench.again('sales', 'Order Date,Region,Amount,Paid\n', 'replace')
  expect(await byRegion()).toEqual([])
  const { loads } = await bench.uploads.find('sales')
  expect(loads.map(({ mode, rowsStored }) => [mode, rowsStored])).toEqual([
    ['replace', 0],
    ['replace', 1],
    ['append', 1],
    ['replace', 3],
  ])
})

test('rows are inserted or updated by their keys', async () => {
  await bench.bring('sales', SALES, (definition) => ({ ...definition, keys: ['order_date', 'region'] }))
  await bench.again(
    'sales',
    'Order Date,Region,Amount\n2026-05-01,North,100\n2026-05-01,North,200\n2026-05-09,North,1\n',
    'upsert',
  )
  expect(await byRegion()).toEqual([
    { region: 'North', amount: 202.5, rows: 3 },
    { region: 'South', amount: 4, rows: 1 },
  ])
  expect(await bench.sql('SELECT count() AS n FROM sales')).toEqual([{ n: 4 }])
})

test('who asks while a file takes the place of another sees one of them whole', async () => {
  await bench.bring('sales', SALES)
  const other = SALES.replaceAll('2026-05', '2026-06').replaceAll(',yes', ',no').replace('10.5', '110.5')
  const seen = new Set<string>()
  let isOver = false
  const asking = (async () => {
    while (!isOver) seen.add(JSON.stringify((await byRegion()).map(({ amount }) => amount)))
  })()
  for (const content of [other, SALES, other]) await bench.again('sales', content, 'replace')
  isOver = true
  await asking
  expect([...seen].filter((figures) => !['[12,4]', '[112,4]'].includes(figures))).toEqual([])
})

test('what does not fit is counted and told with its line', async () => {
  await bench.bring('sales', SALES)
  const load = await bench.again(
    'sales',
    'Order Date,Region,Amount,Paid\n2026-05-01,A,ten,yes\nsoon,B,3,no\n2026-05-01,C,1,no,more\n2026-05-01,"D,1,no\n2026-05-02,E,5',
    'replace',
  )
  expect(load).toMatchObject({ rowsRead: 5, rowsStored: 1, rowsLeftOut: 4, cellsEmptied: 1 })
  expect(load.misfits).toEqual([
    { line: 2, column: 'amount', value: 'ten', reason: 'expected a number' },
    { line: 3, column: 'order_date', value: 'soon', reason: 'expected a date' },
    { line: 4, value: '2026-05-01', reason: 'it has 5 cells, and there are 4 columns' },
    { line: 5, value: '2026-05-01', reason: 'a quote in it is never closed' },
    { line: 6, value: '2026-05-02', reason: 'the file breaks off in it: it has 3 of 4 cells' },
  ])
})

test('a file that does not fit at all changes nothing', async () => {
  await bench.bring('sales', SALES)
  await expect(bench.again('sales', 'Name,Colour\nx,red\n', 'replace')).rejects.toThrow('The file has no column')
  await expect(bench.again('sales', 'Order Date,Region,Amount,Paid\nsoon,x,1,no\n', 'replace')).rejects.toThrow(
    'None of the 1 rows',
  )
  expect(await byRegion()).toHaveLength(2)
  const { loads } = await bench.uploads.find('sales')
  expect(loads.map(({ state }) => state)).toEqual(['failed', 'failed', 'done'])
})

test('a changed definition makes the table anew of the files that it was made of', async () => {
  await bench.bring('sales', SALES)
  await bench.again('sales', 'Order Date,Region,Amount,Paid\n2026-05-03,West,7,no\n', 'append')
  const { definition } = await bench.uploads.find('sales')
  if (!definition) throw new Error('it is defined')
  const columns = definition.columns.map((column) => (column.name === 'amount' ? { ...column, name: 'price' } : column))
  const measures = definition.measures.map((measure) =>
    measure.column === 'amount' ? { ...measure, column: 'price' } : measure,
  )
  await bench.uploads.define('sales', { definition: { ...definition, columns, measures }, mode: 'append', by: 'local' })
  expect((await byRegion()).map(({ amount }) => amount)).toEqual([12, 4, 7])
  expect(await bench.sql('SELECT sum(price) AS price FROM sales')).toEqual([{ price: 23 }])
})

test('columns may be called as the queries call theirs', async () => {
  await bench.bring(
    'odd',
    'b,k_x,m_rows,select,is_rest,v_b,date\n1,one,2,from,x,3,2026-05-01\n2,two,2,from,y,4,2026-05-01\n',
    (definition) => ({
      ...definition,
      columns: definition.columns.map((column) => ({ ...column, isDimension: column.type === 'text' })),
    }),
  )
  const order = [{ by: 'k_x', direction: 'asc' as const }]
  const dimensions = ['k_x', 'select', 'is_rest_value']
  const query = {
    cube: 'odd',
    measures: ['b_value', 'm_rows', 'v_b'],
    dimensions,
    from: '2026-05-01',
    to: '2026-05-02',
    order,
  }
  const expected = [
    { k_x: 'one', select: 'from', is_rest_value: 'x', b_value: 1, m_rows: 2, v_b: 3 },
    { k_x: 'two', select: 'from', is_rest_value: 'y', b_value: 2, m_rows: 2, v_b: 4 },
  ]
  expect(await bench.ask(query)).toEqual(expected)
  expect(await bench.ask({ ...query, grain: 'day' })).toMatchObject(expected)
})

test('all kinds of measures and of dimensions can be asked for, with values that are not there', async () => {
  await bench.bring(
    'all_kinds',
    'when,big,rate,flag,day,note\n2026-05-01T10:00:00Z,1000000000000000000,0.5,true,2026-04-01,\n2026-05-01T11:00:00Z,,,,,NA\n',
    (definition) => ({
      ...definition,
      columns: definition.columns.map((column) => ({
        ...column,
        isDimension: !['when', 'rate'].includes(column.name),
      })),
      measures: (['count', 'sum', 'average', 'minimum', 'maximum', 'median', 'unique', 'last'] as const).map(
        (aggregate) => ({
          name: `m_${aggregate}`,
          label: aggregate,
          aggregate,
          ...(aggregate !== 'count' && { column: 'big' }),
          format: 'decimal' as const,
          better: 'higher' as const,
        }),
      ),
    }),
  )
  const measures = ['m_count', 'm_sum', 'm_average', 'm_minimum', 'm_maximum', 'm_median', 'm_unique', 'm_last']
  const range = { cube: 'all_kinds', from: '2026-05-01', to: '2026-05-02' }
  expect(await bench.ask({ ...range, measures })).toEqual([
    {
      m_count: 2,
      m_sum: 1e18,
      m_average: 1e18,
      m_minimum: 1e18,
      m_maximum: 1e18,
      m_median: 1e18,
      m_unique: 1,
      m_last: 1e18,
    },
  ])
  expect(
    await bench.ask({
      ...range,
      measures: ['m_count'],
      dimensions: ['big', 'flag', 'day', 'note'],
      order: [{ by: 'note', direction: 'asc' }],
    }),
  ).toEqual([
    { big: '1000000000000000000', flag: 'true', day: '2026-04-01', note: '', m_count: 1 },
    { big: '', flag: '', day: '', note: 'NA', m_count: 1 },
  ])
})

test('without a time column the rows count when they came', async () => {
  await bench.bring('things', 'Name,Size\na,1\nb,2\n')
  const { files } = await bench.uploads.find('things')
  const day = files[0]?.receivedAt.toISOString().slice(0, 10) ?? ''
  const next = Temporal.PlainDate.from(day).add({ days: 1 }).toString()
  expect(await bench.ask({ cube: 'things', measures: ['rows', 'size'], from: day, to: next })).toEqual([
    { rows: 2, size: 3 },
  ])
})

test('a removed upload leaves no rows, no view, no cube and no file', async () => {
  await bench.bring('sales', SALES)
  await bench.uploads.remove('sales')
  expect(await bench.uploads.list()).toEqual([])
  await expect(byRegion()).rejects.toThrow('there is no cube "sales"')
  await expect(bench.sql('SELECT * FROM sales')).rejects.toThrow()
  // At once, with other columns, while the old table is still there for those who are reading it.
  await bench.bring('sales', SALES.replace('Paid', 'Settled').replaceAll('North', 'East'))
  expect(await byRegion()).toEqual([
    { region: 'East', amount: 12, rows: 2 },
    { region: 'South', amount: 4, rows: 1 },
  ])
})

test('a name that something else has is refused', async () => {
  await expect(bench.receive('events', 'a\n1\n')).rejects.toThrow('The name events is taken')
})

test('the next server has the cubes again, and finishes what the last one left', async () => {
  await bench.bring('sales', SALES)
  const { id } = await bench.uploads.find('sales')
  const { files } = await bench.uploads.find('sales')
  await db.pool.query(
    `INSERT INTO upload_loads (upload_id, file_id, table_version, mode, started_by) SELECT $1, $2, table_version, 'append', 'local' FROM uploads`,
    [id, files[0]?.id],
  )
  await db.pool.query(`UPDATE upload_loads SET state = 'running', finished_at = NULL WHERE state = 'done'`)
  const next = await openUploadBench(db, bench.root)
  try {
    expect((await openRegistry(registerDeps(db))).definitions().map(({ name }) => name)).toEqual(['sales'])
    const { loads } = await next.uploads.find('sales')
    expect(loads[0]).toMatchObject({ state: 'failed', problem: 'The server stopped while it was loaded' })
    // Its rows had come before the server died.
    expect(loads[1]).toMatchObject({ state: 'done', rowsStored: 3 })
    expect(await next.ask({ cube: 'sales', measures: ['rows'], from: '2026-01-01', to: '2027-01-01' })).toEqual([
      { rows: 3 },
    ])
  } finally {
    await next.close()
  }
})
