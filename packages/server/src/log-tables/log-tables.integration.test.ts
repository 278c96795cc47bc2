import { randomUUID } from 'node:crypto'
import type { ClickHouseClient } from '@clickhouse/client'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { eventually } from '../../test/support/processes.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { createClickHouse } from '../clickhouse/client.ts'
import { insertRows } from '../clickhouse/insert.ts'
import { sqlDatabase } from '../clickhouse/migrations/0003-sql-views.ts'
import { growLogTable, MAX_TABLES } from './grow-log-tables.ts'
import { keepLogTables, type LogTables } from './keep-log-tables.ts'
import { MAX_COLUMNS } from './log-table.ts'

let db: TestDatabase
let reader: ClickHouseClient
let stops: LogTables[] = []
useTestDatabase((fresh) => {
  db = fresh
})
beforeEach(async () => {
  reader = createClickHouse(db.readerConnection)
})
afterEach(async () => {
  for (const tables of stops) await tables.stop()
  stops = []
  await reader.close()
})

const AT = Date.UTC(2026, 6, 22, 0, 6, 26)

/** A server's log, and what looks at its events. */
function serverOf(logId: string, position = 0) {
  const { database } = db.clickhouseConnection
  const place = { cluster: '', database, views: sqlDatabase(database) }
  const logger = pino({ enabled: false })
  const tables = keepLogTables({ pool: db.pool, clickhouse: db.clickhouse, place, logId, position, logger })
  stops.push(tables)
  return tables
}

let position = 0
/** As ingest stores them; answers with what it reports. */
async function store(logId: string, rows: readonly { name: string; properties: object; platform?: string }[]) {
  const columns = [
    'source',
    'environment',
    'name',
    'occurred_at',
    'app_platform',
    'properties',
    'log_id',
    'log_position',
  ]
  const lines = rows.map(({ name, properties, platform = 'log' }) =>
    JSON.stringify(['shop', 'production', name, '2026-07-22 00:06:26', platform, properties, logId, position++]),
  )
  await insertRows(db.clickhouse, { table: 'events', columns, rows: lines, token: randomUUID() })
  return { position, stored: rows.length, from: AT, to: AT }
}

async function ask(query: string, client = reader): Promise<unknown[][]> {
  return (await client.query({ query, format: 'JSONCompactEachRow' })).json<unknown[]>()
}

/** As the application, whose questions are not counted. */
async function untilAsked(query: string, answer: unknown[][]): Promise<void> {
  const impatient = createClickHouse({ ...db.clickhouseConnection, database: db.readerConnection.database })
  await eventually(`${query} is answered`, async () => {
    const rows = await ask(query, impatient).catch(() => undefined)
    return JSON.stringify(rows) === JSON.stringify(answer)
  }).finally(() => impatient.close())
  expect(await ask(query)).toEqual(answer)
}

test('a table is there after its first row, and grows by the keys that come', async () => {
  const logId = randomUUID()
  const tables = serverOf(logId)
  tables.note(await store(logId, [{ name: 'app.pay', properties: { amount: 7, currency: 'EUR' } }]))
  await untilAsked('SELECT count(), sum(amount), any(currency) FROM app_pay', [[1, 7, 'EUR']])
  tables.note(await store(logId, [{ name: 'app.pay', properties: { amount: 0.5, user: { id: 'u1', vip: true } } }]))
  await untilAsked('SELECT sum(amount), max(user_id), max(user_vip) FROM app_pay', [[7.5, 'u1', true]])
  expect(await ask('SELECT toString(time), _source, _environment FROM app_pay LIMIT 1')).toEqual([
    ['2026-07-22 00:06:26.000', 'shop', 'production'],
  ])
  expect(tables.status()).toEqual({ count: 1, problem: undefined })
})

test('a column takes whatever comes', async () => {
  const logId = randomUUID()
  const tables = serverOf(logId)
  const mixes: Record<string, unknown[]> = {
    numbers: [1, 2.5, '9223372036854775807'.length, 1e30],
    words: ['a', 1, true, null],
    days: ['2026-07-22', '2026-07-22 10:00:00', null, null],
    texts: ['2026-07-22', 'hello', null, 1.5],
    lists: [[1, 2], null, [3], null],
    things: [['a', 1], 'b', { x: 1 }, [{ y: 2 }]],
    flags: [true, false, null, null],
  }
  for (let row = 0; row < 4; row++) {
    const properties = Object.fromEntries(Object.entries(mixes).map(([key, values]) => [key, values[row]]))
    tables.note(await store(logId, [{ name: 'app.mix', properties: { row, ...properties } }]))
    await untilAsked('SELECT count(), max(row) FROM app_mix', [[row + 1, row]])
  }
  await untilAsked('SELECT sum(things_x) FROM app_mix', [[1]])
  const columns = [...Object.keys(mixes), 'things_x'].map((name) => `toString(${name})`)
  expect(await ask(`SELECT ${columns.join(', ')} FROM app_mix ORDER BY row`)).toEqual([
    ['1', 'a', '2026-07-22 00:00:00.000', '2026-07-22', '[1,2]', '["a",1]', 'true', null],
    ['2.5', '1', '2026-07-22 10:00:00.000', 'hello', '[]', 'b', 'false', null],
    ['19', 'true', null, null, '[3]', null, null, '1'],
    ['1e30', null, null, '1.5', '[]', '[{"y":2}]', null, null],
  ])
})

test('keys that are called as our columns, as words of SQL or as nothing on earth are columns', async () => {
  const logId = randomUUID()
  const tables = serverOf(logId)
  const names = ['name', 'source', 'environment', 'event_id', 'properties', 'occurred_at', 'app_platform', 'event']
  const words = [
    'select',
    'from',
    'where',
    'order',
    'null',
    'time',
    '1st',
    "it's",
    'a b',
    'x[]',
    '^c',
    'a:b',
    '"',
    '値段',
  ]
  const properties = Object.fromEntries([...names, ...words].map((key, n) => [key, n]))
  tables.note(await store(logId, [{ name: 'app.odd', properties: { ...properties, 'a`b': 1 } }]))
  await untilAsked('SELECT count() FROM app_odd', [[1]])
  const [row = []] = await ask('SELECT * EXCEPT (time, _source, _environment, _event_id, _received_at) FROM app_odd')
  expect([...row].sort((a, b) => Number(a) - Number(b))).toEqual(Object.values(properties))
  expect(await ask('SELECT name, source, `select`, time_2, event_2 FROM app_odd')).toEqual([[0, 1, 8, 13, 7]])
  expect(tables.status().problem).toBe(
    'Of app.odd the keys "a`b" are no columns: at most 500 are, with names that SQL can read',
  )
})

test('only rows of logs make tables, and a table has no others', async () => {
  const logId = randomUUID()
  const tables = serverOf(logId)
  const rows = [
    { name: 'app.pay', properties: { amount: 1 } },
    { name: 'app.pay', properties: { amount: 100 }, platform: 'web' },
    { name: 'invoice.paid', properties: { amount: 100 }, platform: '' },
    { name: 'page_view', properties: { amount: 100 } },
    { name: "x'; DROP TABLE y.z", properties: {} },
  ]
  tables.note(await store(logId, rows))
  await untilAsked('SELECT sum(amount) FROM app_pay', [[1]])
  expect(tables.status().count).toBe(1)
  expect(await ask("SELECT count() FROM events WHERE name LIKE '%.%'")).toEqual([[4]])
})

test('names that meet get tables of their own, and no view that is there is replaced', async () => {
  const logId = randomUUID()
  await db.clickhouse.command({ query: `CREATE VIEW ${db.readerConnection.database}.my_view AS SELECT 1` })
  const tables = serverOf(logId)
  const names = ['a_b.c', 'a.b_c', 'A.B_C', 'my.view']
  for (const [n, name] of names.entries()) {
    tables.note(await store(logId, [{ name, properties: { n } }]))
    await eventually(`${name} has a table`, async () => tables.status().count === n + 1)
  }
  for (const [n, view] of ['a_b_c', 'log_a_b_c', 'log_a_b_c_2', 'log_my_view'].entries()) {
    expect(await ask(`SELECT n FROM ${view}`)).toEqual([[n]])
  }
})

test('two servers that see the same table at once make one with the columns of both', async () => {
  const [one, other] = [randomUUID(), randomUUID()]
  const columns = Array.from({ length: 20 }, (_, n) => `k${n}`)
  const servers = [serverOf(one), serverOf(other)]
  for (const key of columns) {
    for (const [server, tables] of servers.entries()) {
      const logId = server === 0 ? one : other
      tables.note(await store(logId, [{ name: 'app.both', properties: { [`${key}_${server}`]: 1, same: server } }]))
    }
  }
  const sums = columns.map((key) => `sum(${key}_0) + sum(${key}_1)`).join(' + ')
  await untilAsked(`SELECT count(), sum(same), ${sums} FROM app_both`, [[40, 20, 40]])
  expect(await ask('DESCRIBE app_both')).toHaveLength(46)
})

test('what was stored before the server died has its table after the next start', async () => {
  const logId = randomUUID()
  const { position: end } = await store(logId, [{ name: 'app.before', properties: { n: 1 } }])
  serverOf(logId, end)
  await untilAsked('SELECT n FROM app_before', [[1]])
})

test('a view that is gone is made again at the next start', async () => {
  const logId = randomUUID()
  const first = serverOf(logId)
  const batch = await store(logId, [{ name: 'app.gone', properties: { n: 1 } }])
  first.note(batch)
  await untilAsked('SELECT n FROM app_gone', [[1]])
  await first.stop()
  await db.clickhouse.command({ query: `DROP VIEW ${db.readerConnection.database}.app_gone` })
  serverOf(logId, batch.position)
  await untilAsked('SELECT n FROM app_gone', [[1]])
})

test('over the limits nothing fails: rows stay in events, and the state says what has no table or column', async () => {
  const logId = randomUUID()
  const tables = serverOf(logId)
  const wide = Object.fromEntries(Array.from({ length: MAX_COLUMNS + 1 }, (_, n) => [`k${1000 + n}`, n]))
  tables.note(await store(logId, [{ name: 'app.wide', properties: wide }]))
  await untilAsked('SELECT k1000, k1499 FROM app_wide', [[0, 499]])
  expect(tables.status().problem).toMatch(/^Of app.wide the keys "k1500" are no columns: at most 500 are/)

  await db.pool.query(
    `INSERT INTO log_tables SELECT 'full.' || n, 'full_' || n, '[]', 1 FROM generate_series(1, ${MAX_TABLES - 1}) n`,
  )
  tables.note(await store(logId, [{ name: 'app.late', properties: { n: 1 } }]))
  await eventually('the limit is said', async () => tables.status().problem?.includes('app.late') === true)
  expect(tables.status().problem).toMatch(/^There are 1000 tables of logs, which is the most, so app.late has none/)
  expect(await ask("SELECT count() FROM events WHERE name = 'app.late'")).toEqual([[1]])
  const place = { cluster: '', database: db.clickhouseConnection.database, views: db.readerConnection.database }
  const deps = { pool: db.pool, clickhouse: db.clickhouse, place }
  expect(await growLogTable(deps, 'app.later', new Map())).toBeUndefined()
  expect((await growLogTable(deps, 'app.wide', new Map([['more', ['Int64']]])))?.columns).toHaveLength(MAX_COLUMNS)
})

test('the reader may not change a table', async () => {
  const logId = randomUUID()
  serverOf(logId).note(await store(logId, [{ name: 'app.kept', properties: { n: 1 } }]))
  await untilAsked('SELECT n FROM app_kept', [[1]])
  await expect(ask('DROP VIEW app_kept')).rejects.toMatchObject({ type: 'ACCESS_DENIED' })
})
