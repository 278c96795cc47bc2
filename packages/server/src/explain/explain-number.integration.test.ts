import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import {
  ExplainRequest,
  type ExplainRequestInput,
  ExplainRowsRequest,
  type ExplainRowsRequestInput,
  type RawRow,
} from '@almanac/core/explain/explain.ts'
import { Query } from '@almanac/core/query/query.ts'
import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { runQuery } from '../query/run-query.ts'
import { explainNumber } from './explain-number.ts'
import { readPersons } from './read-persons.ts'
import { readRows } from './read-rows.ts'
import { APP, computeAll, IMPORT, LOG, storeApp } from './testing/explained-app.ts'

let db: TestDatabase
let deps: Awaited<ReturnType<typeof storeApp>>

useTestDatabase((fresh) => {
  db = fresh
})
beforeEach(async () => {
  deps = await storeApp(db)
})

const compute = () => computeAll(db)

type Asked = Partial<ExplainRequestInput['query']> & { readonly cell?: ExplainRequestInput['cell'] }
const request = ({ cell, ...query }: Asked): ExplainRequestInput => ({
  query: { cube: 'app', measures: ['actions'], from: '2026-03-01', to: '2026-03-04', ...query },
  ...(cell && { cell }),
})
const explain = (asked: Asked) => explainNumber(deps, ExplainRequest.parse(request(asked)))

async function allRows(asked: Asked, limit = 50): Promise<RawRow[]> {
  const rows: RawRow[] = []
  let cursor: string | undefined
  do {
    const page: ExplainRowsRequestInput = { ...request(asked), limit, ...(cursor !== undefined && { cursor }) }
    const answer = await readRows(deps, ExplainRowsRequest.parse(page))
    rows.push(...answer.rows)
    cursor = answer.cursor
  } while (cursor !== undefined)
  return rows
}

const SECOND = '2026-03-02T00:00:00+01:00'
const OF_DE: Asked = { grain: 'day', dimensions: ['country'], cell: { time: SECOND, dimensions: { country: 'DE' } } }

test('a value is explained by its definition, its statement and the rows behind it', async () => {
  await compute()
  const { cube, explained } = await explain(OF_DE)
  expect(cube).toMatchObject({
    name: 'app',
    label: 'App',
    tables: ['events'],
    rows: APP.base.where,
    timezone: 'Europe/Berlin',
  })
  expect(explained).toMatchObject({
    measure: 'actions',
    label: 'Actions',
    class: 'additive',
    howMade: 'The number of rows.',
    value: 3,
    from: SECOND,
    to: '2026-03-03T00:00:00+01:00',
    dimensions: { country: 'DE' },
    isOpen: false,
    inputs: [],
    behind: { rowCount: 3 },
  })
  expect(explained.statement.sql).toContain('SELECT')
  expect(Object.values(explained.statement.parameters).flat()).toContain('DE')
  expect(explained.tables).toEqual([deps.registry.tables('app')[0]?.table])
})

test('the buckets behind a value say when they were computed, and which have changed since', async () => {
  const before = (await explain(OF_DE)).explained.behind?.buckets
  expect(before?.shown.every(({ isTouched, computedAt }) => isTouched && computedAt === null)).toBe(true)
  await compute()
  const after = (await explain(OF_DE)).explained.behind?.buckets
  const hours = [7, 8, 9, 10, 22].map((hour) => new Date(Date.UTC(2026, 2, 2, hour)).toISOString())
  expect(after?.shown.map(({ level, from }) => [level, from])).toEqual([
    ['day', '2026-03-01T23:00:00.000Z'],
    ...hours.map((hour) => ['hour', hour]),
  ])
  expect(
    after?.shown.every(({ isTouched, computedAt, version }) => !isTouched && computedAt !== null && version > 0),
  ).toBe(true)
})

test('the batches that brought the rows are the file of an import and a stretch of the log', async () => {
  const { explained } = await explain(OF_DE)
  expect(explained.behind?.batches).toEqual({
    count: 2,
    shown: [
      {
        rows: 2,
        import: null,
        log: { id: LOG, firstPosition: '101', lastPosition: '103' },
        firstReceivedAt: '2026-03-04T01:00:00.000Z',
        lastReceivedAt: '2026-03-04T03:00:00.000Z',
      },
      {
        rows: 1,
        import: { id: IMPORT, fileName: 'access.log', format: 'combined' },
        log: { id: LOG, firstPosition: '700', lastPosition: '700' },
        firstReceivedAt: '2026-03-04T02:00:00.000Z',
        lastReceivedAt: '2026-03-04T02:00:00.000Z',
      },
    ],
  })
})

test('of a count there are as many raw rows as it says, from raw rows and from the cube', async () => {
  const filters: Asked['filters'] = [
    {
      or: [
        { dimension: 'plan', op: 'in', values: ['pro'] },
        { dimension: 'hour', op: 'range', from: 9, to: 12 },
      ],
    },
  ]
  const cases: { name: string; asked: Asked; count: number }[] = [
    { name: 'of the whole range', asked: {}, count: 9 },
    { name: 'of a slice of a day', asked: OF_DE, count: 3 },
    {
      name: 'of a day in another zone',
      asked: { grain: 'day', timezone: 'UTC', cell: { time: '2026-03-02' } },
      count: 7,
    },
    { name: 'with a condition of the measure', asked: { ...OF_DE, measures: ['orders'] }, count: 1 },
    { name: 'of a number', asked: { dimensions: ['status'], cell: { dimensions: { status: 404 } } }, count: 1 },
    { name: 'of a truth', asked: { dimensions: ['is_bot'], cell: { dimensions: { is_bot: false } } }, count: 8 },
    { name: 'of a property', asked: { dimensions: ['plan'], cell: { dimensions: { plan: 'pro' } } }, count: 2 },
    { name: 'of a lookup', asked: { dimensions: ['town'], cell: { dimensions: { town: 'Gdynia' } } }, count: 3 },
    { name: 'of an hour of the day', asked: { dimensions: ['hour'], cell: { dimensions: { hour: 9 } } }, count: 2 },
    { name: 'with filters', asked: { filters }, count: 5 },
    { name: 'with a segment', asked: { segments: ['poles'] }, count: 3 },
    {
      name: 'of the other environment, which the query does not show',
      asked: { dimensions: ['environment'], cell: { dimensions: { environment: 'sandbox' } } },
      count: 0,
    },
    {
      name: 'of an environment that is filtered on',
      asked: { filters: [{ dimension: 'environment', values: ['sandbox'] }] },
      count: 1,
    },
  ]
  for (let round = 0; round < 2; round++) {
    for (const { name, asked, count } of cases) {
      const { explained } = await explain(asked)
      const counts = [explained.value, explained.behind?.rowCount, (await allRows(asked)).length]
      expect(counts, name).toEqual([count, count, count])
    }
    await compute()
  }
})

test('pages follow each other without gaps and repetitions, though several rows are of one instant', async () => {
  const all = await allRows({})
  for (const limit of [1, 2, 3, 4]) expect(await allRows({}, limit)).toEqual(all)
  expect(new Set(all.map(({ columns }) => columns.event_id)).size).toBe(9)
  expect(all.map(({ time }) => time)).toEqual(all.map(({ time }) => time).toSorted())
})

test('rows of a table without ids are all there, too, equal ones included', async () => {
  await db.clickhouse.command({
    query: `CREATE TABLE facts (at DateTime64(3, 'UTC'), n Int64) ENGINE = MergeTree ORDER BY at`,
  })
  const at = '2026-03-02 08:00:00'
  await db.clickhouse.command({
    query: `INSERT INTO facts VALUES ${[1, 1, 1, 2, 2, 3].map((n) => `('${at}', ${n})`).join(', ')}`,
  })
  const { actions } = APP.measures
  if (!actions) throw new Error('the cube counts actions')
  const facts: CubeDefinition = {
    ...APP,
    name: 'facts',
    base: { from: 'facts', tables: ['facts'], where: 'true', timeColumn: 'at' },
    dimensions: {},
    measures: { actions },
    defaultFilters: {},
    rollups: [{ dimensions: [], step: 'hour' }],
  }
  await deps.registry.replace([facts])
  expect(deps.registry.failures()).toEqual([])
  for (const limit of [1, 2, 4, 50]) {
    const rows = await allRows({ cube: 'facts' }, limit)
    expect(rows.map(({ columns }) => columns.n).toSorted(), `pages of ${limit}`).toEqual(['1', '1', '1', '2', '2', '3'])
  }
  expect((await explain({ cube: 'facts' })).explained.behind?.batches).toEqual({ shown: [], count: 0 })
})

test('rows that come between two pages do not shift the pages', async () => {
  const first = await readRows(deps, ExplainRowsRequest.parse({ ...request({}), limit: 3 }))
  await db.clickhouse.command({
    query: `INSERT INTO events (source, environment, name, occurred_at, event_id) VALUES ('app', 'production', 'view', '2026-03-01 10:00:00', generateUUIDv4())`,
  })
  const rest = await readRows(deps, ExplainRowsRequest.parse({ ...request({}), cursor: first.cursor }))
  const ids = [...first.rows, ...rest.rows].map(({ columns }) => columns.event_id)
  expect(new Set(ids).size).toBe(9)
})

test('a row has the columns that are set, its properties, and what the measure takes of it', async () => {
  const [row] = await allRows({ ...OF_DE, measures: ['turnover'] })
  expect(row).toEqual({
    time: '2026-03-02T07:20:00.000Z',
    counted: { value: 20.5 },
    columns: expect.objectContaining({
      name: 'order',
      visitor_id: '1',
      country: 'DE',
      import_id: IMPORT,
      properties: { plan: 'pro', position: 2 },
    }),
  })
  for (const column of ['url', 'status', 'is_bot', 'client_at']) expect(row?.columns).not.toHaveProperty(column)
})

test('what the measure takes of its rows adds up to the value', async () => {
  const sum = (rows: readonly RawRow[], key: string) =>
    rows.reduce((total, { counted }) => total + Number(counted[key] ?? 0), 0)
  const asked: Asked = { measures: ['turnover'] }
  expect(sum(await allRows(asked), 'value')).toBe((await explain(asked)).explained.value)
  const rate = await allRows({ measures: ['rate'] })
  expect([sum(rate, 'numerator'), sum(rate, 'denominator')]).toEqual([2, 7])
  expect((await explain({ measures: ['rate'] })).explained.value).toBeCloseTo(2 / 7, 12)
})

test('of people there are the rows and how many different persons stand behind them', async () => {
  const asked: Asked = { measures: ['people'] }
  const { explained } = await explain(asked)
  expect(explained).toMatchObject({ value: 3, behind: { rowCount: 8, persons: 3 } })
  const rows = await allRows(asked)
  expect(new Set(rows.map(({ counted }) => counted.person))).toEqual(new Set(['1', '2', '5']))

  const first = await readPersons(deps, ExplainRowsRequest.parse({ ...request(asked), limit: 2 }))
  expect(first.persons.map(({ person, rows: count }) => [person, count])).toEqual([
    ['1', 4],
    ['2', 2],
  ])
  expect(first.persons[0]).toMatchObject({ firstAt: '2026-03-01T11:00:00.000Z', lastAt: '2026-03-02T08:00:00.000Z' })
  const { persons, cursor } = await readPersons(
    deps,
    ExplainRowsRequest.parse({ ...request(asked), cursor: first.cursor }),
  )
  expect([persons.map(({ person }) => person), cursor]).toEqual([['5'], undefined])
  await expect(readPersons(deps, ExplainRowsRequest.parse(request({})))).rejects.toThrow('does not count persons')
})

test('a derived value is explained by its inputs, and each of them by its rows', async () => {
  const { explained } = await explain({ ...OF_DE, measures: ['per_person'] })
  expect(explained).toMatchObject({ value: 20.5, formula: 'turnover / people' })
  expect(explained.behind).toBeUndefined()
  expect(explained.inputs.map(({ role, explained: one }) => [role, one.value, one.behind?.rowCount])).toEqual([
    ['turnover', 20.5, 1],
    ['people', 1, 3],
  ])
  for (const { explained: one } of explained.inputs) {
    const rows = await readRows(deps, ExplainRowsRequest.parse(one.request))
    expect(rows.rows).toHaveLength(one.behind?.rowCount ?? -1)
  }
  await expect(allRows({ ...OF_DE, measures: ['per_person'] })).rejects.toMatchObject({ code: 'invalid_query' })
})

test('a value that looks back is explained by what it looks back on', async () => {
  const time = '2026-03-03T00:00:00+01:00'
  const trailing = (await explain({ grain: 'day', measures: ['people_2d'], cell: { time } })).explained
  expect(trailing.value).toBe(3)
  expect(trailing.inputs).toMatchObject([
    { role: 'people', explained: { value: 3, from: SECOND, to: '2026-03-04T00:00:00+01:00', behind: { persons: 3 } } },
  ])
  const toDate = (await explain({ grain: 'day', measures: ['month_orders'], cell: { time } })).explained
  expect(toDate).toMatchObject({
    value: 2,
    inputs: [{ role: 'orders', explained: { value: 2, from: '2026-03-01T00:00:00+01:00', behind: { rowCount: 2 } } }],
  })
})

test('a mean is explained by the values that it is the mean of', async () => {
  const { explained } = await explain({ measures: ['daily_people'] })
  expect(explained.value).toBeCloseTo((1 + 2 + 1) / 3, 12)
  expect(explained.series?.map(({ value }) => value)).toEqual([1, 2, 1])
})

test('a share is explained by its part and the whole', async () => {
  const { explained } = await explain({ ...OF_DE, measures: ['share'] })
  expect(explained.value).toBeCloseTo(3 / 6, 12)
  expect(explained.inputs.map(({ role, explained: one }) => [role, one.value])).toEqual([
    ['actions', 3],
    ['actions of all', 6],
  ])
})

test('every value of an answer can be asked for and is the same again', async () => {
  await compute()
  const names = Object.keys(APP.measures)
  const by = { grain: 'day', dimensions: ['country'] } as const
  const asked = { ...request({ ...by, dimensions: [...by.dimensions] }).query, measures: names }
  const { rows } = await runQuery(deps, Query.parse(asked))
  expect(rows.length).toBeGreaterThan(4)
  for (const row of rows) {
    const cell = { time: String(row.time), dimensions: { country: String(row.country) } }
    for (const name of names) {
      const { explained } = await explain({ ...by, dimensions: [...by.dimensions], measures: [name], cell })
      const message = `${name} of ${row.country} at ${row.time}`
      if (typeof row[name] === 'number') expect(explained.value, message).toBeCloseTo(row[name], 9)
      else expect(explained.value, message).toBe(row[name])
    }
  }
})

test('a cell that the query does not have is refused with what it has', async () => {
  const refused = (asked: Asked) =>
    explain(asked).then(
      () => 'answered',
      (error: Error) => error.message,
    )
  expect(await refused({ cell: { dimensions: { country: 'DE' } } })).toContain(
    'the query is not by "country": expected none',
  )
  expect(await refused({ grain: 'day', cell: { time: '2026-03-09' } })).toMatch(/^there is no value at 2026-03-09/)
  expect(await refused({ cell: { time: SECOND } })).toContain('a query without a grain has no times')
  expect(await refused({ measures: ['actionz'] })).toContain('actionz')
})
