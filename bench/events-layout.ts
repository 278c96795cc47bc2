// Which sort key and which codecs the table of events should have: copies the events of a data directory (the demo's, say;
// its server must not run) into tables of each kind, and measures their size and the three reads that matter.
// Usage: node bench/events-layout.ts DATA_DIR
import { createClickHouse } from '../packages/server/src/clickhouse/client.ts'
import { type Column, columnsSql, EVENT_COLUMNS } from '../packages/server/src/clickhouse/events-table.ts'
import { openDataDirectory } from '../packages/server/src/engines/files/data-directory.ts'
import { startEngines } from '../packages/server/src/engines/start-engines.ts'

const OURS = '(source, toStartOfHour(occurred_at), name, visitor_id, occurred_at)'
const SORT_KEYS = {
  'source, hour, name, visitor': OURS,
  'source, time': '(source, occurred_at)',
  'source, name, time': '(source, name, occurred_at)',
  'source, name, hour, visitor': '(source, name, toStartOfHour(occurred_at), visitor_id, occurred_at)',
}
const plain = EVENT_COLUMNS.map(({ name, type }): Column => ({ name, type }))
const allZstd = plain.map((column): Column => ({ ...column, codec: 'ZSTD' }))
const textProperties = EVENT_COLUMNS.map(
  (column): Column => (column.name === 'properties' ? { name: 'properties', type: 'String', codec: 'ZSTD' } : column),
)
const CODECS: Record<string, readonly Column[]> = {
  'ours: by column': EVENT_COLUMNS,
  'LZ4 everywhere': plain,
  'ZSTD everywhere': allZstd,
  'properties as text': textProperties,
}
const ROUNDS = 7

const directory = await openDataDirectory(process.argv[2] ?? './almanac-demo')
const engines = await startEngines({ directory })
const clickhouse = createClickHouse(engines.clickhouse)
const oneHour = `toStartOfHour(occurred_at) = (SELECT toStartOfHour(max(occurred_at) - INTERVAL 30 DAY) FROM events)`
const READS = {
  'one hour computed': `SELECT path, count(), uniqExact(visitor_id) FROM TABLE WHERE ${oneHour} AND name = 'page_view' GROUP BY path FORMAT Null`,
  'twins of a batch': `SELECT event_id FROM TABLE WHERE source = 'website' AND ${oneHour} AND event_id IN (SELECT event_id FROM events LIMIT 5000) FORMAT Null`,
  'all events by name': `SELECT name, count(), uniqExact(visitor_id) FROM TABLE GROUP BY name FORMAT Null`,
}
try {
  console.log(['', 'bytes/event', ...Object.keys(READS).map((name) => `${name}, ms`)].join(' | '))
  const kinds = [
    ...Object.entries(SORT_KEYS).map(([name, order]) => ({ name: `sorted by ${name}`, order, columns: EVENT_COLUMNS })),
    ...Object.entries(CODECS).map(([name, columns]) => ({ name, order: OURS, columns })),
  ]
  for (const kind of kinds) console.log(await measured(kind))
} finally {
  await run('DROP TABLE IF EXISTS layout')
  await clickhouse.close()
  await engines.stop()
  await directory.release()
}

async function measured({ name, order, columns }: { name: string; order: string; columns: readonly Column[] }) {
  await run('DROP TABLE IF EXISTS layout')
  await run(
    `CREATE TABLE layout (${columnsSql(columns)}) ENGINE = MergeTree PARTITION BY toYYYYMM(occurred_at) ORDER BY ${order}`,
  )
  const list = EVENT_COLUMNS.map((column) => (column.name === 'properties' ? 'toJSONString(properties)' : column.name))
  await run(`INSERT INTO layout SELECT ${list.join(', ')} FROM events`)
  await run('OPTIMIZE TABLE layout FINAL')
  const [size] = await rows<{ bytes: string }>(
    `SELECT sum(data_compressed_bytes) / (SELECT count() FROM events) AS bytes FROM system.parts WHERE active AND table = 'layout' AND database = currentDatabase()`,
  )
  const times: string[] = []
  for (const query of Object.values(READS)) times.push((await medianMs(query.replaceAll('TABLE', 'layout'))).toFixed(1))
  return [name, Number(size?.bytes).toFixed(1), ...times].join(' | ')
}

async function medianMs(query: string): Promise<number> {
  const times: number[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const started = performance.now()
    await run(query)
    times.push(performance.now() - started)
  }
  return times.sort((a, b) => a - b)[ROUNDS >> 1] ?? Number.NaN
}

async function run(query: string): Promise<void> {
  await clickhouse.command({ query })
}

async function rows<T>(query: string): Promise<T[]> {
  return (await clickhouse.query({ query, format: 'JSONEachRow' })).json<T>()
}
