// The twelve widgets of a dashboard, and more, over a year of events that the engine made: through the HTTP API in one request,
// against the same answers from raw rows. Usage: node bench/cubes.ts DATA_DIR [EVENTS …], 10 and 100 million by default; what
// is in the directory already is used again.
import { WEB_CUBE } from '@almanac/core/cubes/ready/web.ts'
import { Query, type QueryAnswer, type QueryInput } from '@almanac/core/query/query.ts'
import { AT_ONCE } from '../packages/server/src/cubes/compute/pending-buckets.ts'
import { recomputeTouched } from '../packages/server/src/cubes/compute/recompute.ts'
import { openRegistry } from '../packages/server/src/cubes/registry.ts'
import { touchHours } from '../packages/server/src/cubes/touch-hours.ts'
import { buildTestApp } from '../packages/server/src/http/test-app.ts'
import { type RunQueryDeps, runQueries, runQuery } from '../packages/server/src/query/run-query.ts'
import { type CubeData, countOf, openCubeData } from './support/cube-data.ts'
import { DAY_MS, widgets } from './support/dashboard.ts'
import { figure, print } from './support/print.ts'

const [dataDir, ...sizes] = process.argv.slice(2)
if (dataDir === undefined) throw new Error('expected a data directory for the events: node bench/cubes.ts DATA_DIR')
const RUNS = 40
const endOf = (run: number) => Date.UTC(2025, 11, 20) - (run % 200) * DAY_MS
const parsed = (queries: readonly QueryInput[]) => queries.map((query) => Query.parse(query))

const figures = []
for (const events of sizes.length > 0 ? sizes.map(Number) : [1e7, 1e8]) figures.push(await measure(events))
const [small, large] = figures
if (small && large)
  print(
    'ratio of the dashboards',
    `${(large / small).toFixed(2)} for ${sizes.at(-1) ?? 1e8} events (asked: at most 1.5)`,
  )

async function measure(events: number): Promise<number> {
  console.log(`\n${figure(events)} events`)
  const started = performance.now()
  const data = await openCubeData(dataDir as string, events)
  print('events made', `${figure((performance.now() - started) / 1000)} s`)
  try {
    const deps = await openCubes(data)
    await storage(data)
    const dashboard = await dashboards(deps)
    await fromRaw(deps, dashboard)
    await overhead(data, deps)
    await weeklyUniques(data, deps)
    if (events <= 1e7) await touchedHour(data)
    return dashboard
  } finally {
    await data.close()
  }
}

async function openCubes({ pool, clickhouse }: CubeData): Promise<RunQueryDeps> {
  const registry = await openRegistry({ pool, clickhouse, cluster: '' })
  await registry.replace([WEB_CUBE])
  const started = performance.now()
  let buckets = 0
  for (;;) {
    const computed = await recomputeTouched({ pool, clickhouse }, AT_ONCE)
    if (computed === 0) break
    buckets += computed
  }
  await registry.refresh()
  if (buckets > 0)
    print('cube built', `${figure(buckets)} buckets in ${figure((performance.now() - started) / 1000)} s`)
  return {
    pool,
    clickhouse,
    registry,
    freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
    segmentFilters: async () => [],
    now: () => Date.UTC(2026, 0, 1),
  }
}

async function storage({ clickhouse }: CubeData): Promise<void> {
  const bytes = (like: string) =>
    countOf(
      clickhouse,
      `SELECT sum(bytes_on_disk) AS n FROM system.parts WHERE active AND database = currentDatabase() AND table LIKE '${like}'`,
    )
  const [raw, cube] = [await bytes('events'), (await bytes('cube_%')) + (await bytes('person_numbers'))]
  const rows = await countOf(
    clickhouse,
    `SELECT sum(rows) AS n FROM system.parts WHERE active AND table LIKE 'cube_%' AND database = currentDatabase()`,
  )
  print(
    'storage',
    `cube ${figure(cube / 1e6)} MB (${figure(rows)} rows), raw ${figure(raw / 1e6)} MB: ${(cube / raw).toFixed(2)} (asked: a third)`,
  )
}

async function dashboards(deps: RunQueryDeps): Promise<number> {
  const { app, as } = await buildTestApp({ runQueries: (queries, signal) => runQueries(deps, queries, signal) })
  const url = await app.listen({ host: '127.0.0.1', port: 0 })
  const times: number[] = []
  let read = 0
  for (let run = -5; run < RUNS; run++) {
    const started = performance.now()
    const response = await fetch(`${url}/api/v1/queries`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...as.local },
      body: JSON.stringify({ queries: widgets(endOf(run + 5)) }),
    })
    const { answers } = (await response.json()) as { answers: { answer: QueryAnswer }[] }
    if (answers.some(({ answer }) => !answer || answer.meta.tables.includes('events')))
      throw new Error('not from the cube')
    read = answers.reduce((sum, { answer }) => sum + answer.meta.rowsRead, 0)
    if (run >= 0) times.push(performance.now() - started)
  }
  await app.close()
  const p95 = percentile(times, 0.95)
  print(
    'twelve widgets',
    `95 % within ${p95.toFixed(0)} ms, median ${percentile(times, 0.5).toFixed(0)} ms, ${figure(read)} rows read (asked: 300 ms)`,
  )
  return percentile(times, 0.5)
}

async function fromRaw(deps: RunQueryDeps, dashboard: number): Promise<void> {
  const registry = { ...deps.registry, tables: () => [] }
  const times: number[] = []
  for (let run = 0; run < 3; run++) {
    const started = performance.now()
    await runQueries({ ...deps, registry }, parsed(widgets(endOf(run))))
    times.push(performance.now() - started)
  }
  const raw = percentile(times, 0.5)
  print(
    'the same from raw',
    `${figure(raw)} ms: ${(raw / dashboard).toFixed(0)} times as long (asked: at least 30 times)`,
  )
}

/** Our way to an answer, against the statement that it ends in. */
async function overhead({ clickhouse }: CubeData, deps: RunQueryDeps): Promise<void> {
  const ours: number[] = []
  const bare: number[] = []
  for (let run = 0; run < 100; run++) {
    const { compare: _, ...query } = widgets(endOf(run))[4] as QueryInput
    const started = performance.now()
    const { meta } = await runQuery(deps, Query.parse(query))
    const between = performance.now()
    const result = await clickhouse.query({ query: meta.sql, query_params: meta.parameters, format: 'JSON' })
    await result.json()
    ours.push(between - started)
    bare.push(performance.now() - between)
  }
  const [a, b] = [percentile(ours, 0.5), percentile(bare, 0.5)]
  print(
    'query path',
    `${a.toFixed(1)} ms, the bare statement ${b.toFixed(1)} ms: ${(a - b).toFixed(1)} ms more (asked: at most 5)`,
  )
}

async function weeklyUniques({ clickhouse }: CubeData, deps: RunQueryDeps): Promise<void> {
  const query: QueryInput = {
    cube: 'web',
    measures: ['visitors'],
    grain: 'week',
    from: '2025-01-06',
    to: '2025-12-29',
    timezone: 'UTC',
  }
  const times: number[] = []
  let rows: QueryAnswer['rows'] = []
  for (let run = 0; run < 10; run++) {
    const started = performance.now()
    rows = (await runQuery(deps, Query.parse(query))).rows
    times.push(performance.now() - started)
  }
  const result = await clickhouse.query({
    query: `SELECT uniqExact(visitor_id) AS n FROM events WHERE occurred_at >= '2025-01-06' AND occurred_at < '2025-12-29'
      GROUP BY toMonday(occurred_at) ORDER BY toMonday(occurred_at)`,
    format: 'JSONEachRow',
  })
  const exact = (await result.json<{ n: string }>()).map(({ n }) => Number(n))
  const errors = exact.map((n, i) => Math.abs(Number(rows[i]?.visitors) - n) / n)
  const mean = errors.reduce((sum, error) => sum + error, 0) / errors.length
  print(
    'weekly uniques, a year',
    `${percentile(times, 0.5).toFixed(0)} ms, mean error ${(mean * 100).toFixed(3)} % (asked: 300 ms, 0.1 %)`,
  )
}

/** An hour with a million events, computed again. */
async function touchedHour({ clickhouse, pool }: CubeData): Promise<void> {
  const hour = Date.UTC(2025, 5, 15, 12) / 1000
  const there = await countOf(
    clickhouse,
    `SELECT count() AS n FROM events WHERE toUnixTimestamp(toStartOfHour(occurred_at)) = ${hour}`,
  )
  await clickhouse.command({
    query: `INSERT INTO events SELECT * REPLACE(toDateTime64(${hour} + rand() % 3600, 3, 'UTC') AS occurred_at) FROM events LIMIT ${Math.max(1_000_000 - there, 0)}`,
  })
  const times: number[] = []
  for (let run = 0; run < 5; run++) {
    const client = await pool.connect()
    await touchHours(client, { table: 'events', hours: [hour] })
    client.release()
    const started = performance.now()
    await recomputeTouched({ pool, clickhouse }, { ...AT_ONCE, longQuietSeconds: 3600 })
    times.push(performance.now() - started)
  }
  print('an hour of 1,000,000', `computed in ${figure(percentile(times, 0.5))} ms (asked: 2,000 ms)`)
}

function percentile(values: readonly number[], part: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] as number
}
