import { createClickHouse } from '../../packages/server/src/clickhouse/client.ts'
import { openDataDirectory } from '../../packages/server/src/engines/files/data-directory.ts'
import { startEngines } from '../../packages/server/src/engines/start-engines.ts'
import { runMigrations } from '../../packages/server/src/migrations/migrate.ts'
import { openPostgres } from '../../packages/server/src/postgres/client.ts'

type ClickHouseClient = ReturnType<typeof createClickHouse>

/** Engines with a year of page views that ClickHouse made itself. */
export interface CubeData {
  readonly clickhouse: ClickHouseClient
  readonly pool: ReturnType<typeof openPostgres>['pool']
  close(): Promise<void>
}

const YEAR = { from: '2025-01-01', to: '2026-01-01' }
const PERSONS = 600_000

/** One database for each number of events, made when it is not there yet. */
export async function openCubeData(dataDir: string, events: number): Promise<CubeData> {
  const directory = await openDataDirectory(dataDir)
  const engines = await startEngines({ directory })
  const name = `almanac_bench_${events}`
  const admin = openPostgres(engines.postgresUrl)
  const { rowCount } = await admin.pool.query('SELECT FROM pg_database WHERE datname = $1', [name])
  if (rowCount === 0) await admin.pool.query(`CREATE DATABASE ${name}`)
  await admin.close()
  const first = createClickHouse(engines.clickhouse)
  await first.command({ query: `CREATE DATABASE IF NOT EXISTS ${name}` })
  await first.close()

  const url = new URL(engines.postgresUrl)
  url.pathname = `/${name}`
  const postgres = openPostgres(url.href, { answerWithinMs: 0 })
  const connection = { ...engines.clickhouse, database: name }
  await runMigrations({ pool: postgres.pool, clickhouse: connection })
  const clickhouse = createClickHouse(connection)
  await makeEvents(clickhouse, events)
  return {
    clickhouse,
    pool: postgres.pool,
    async close() {
      await clickhouse.close()
      await postgres.close()
      await engines.stop()
      await directory.release()
    },
  }
}

const RUN = 2_000_000

async function makeEvents(clickhouse: ClickHouseClient, events: number): Promise<void> {
  const there = await countOf(clickhouse, 'SELECT count() AS n FROM events')
  for (let from = there; from < events; from += RUN) {
    await clickhouse.command({
      query: eventsSql(from, Math.min(RUN, events - from), events),
      clickhouse_settings: { async_insert: 0, max_insert_threads: '2', insert_deduplicate: 0 },
    })
  }
}

export async function countOf(clickhouse: ClickHouseClient, query: string): Promise<number> {
  const result = await clickhouse.query({ query, format: 'JSONEachRow' })
  return Number((await result.json<{ n: string }>())[0]?.n)
}

const EVENTS_PER_VISIT = 5

/**
 * Visits of five pages, a minute or so apart, spread over the year with a rhythm of the day. A few persons come often and most
 * rarely; country, language, browser and device are the person's, the way in is the visit's, pages and referrers follow Zipf's law, and three
 * visits in a hundred are a bot's.
 */
function eventsSql(from: number, count: number, events: number): string {
  const random = (salt: number, of = 'visit') => `(cityHash64(${of}, ${salt}) / 18446744073709551615.)`
  const skewed = (salt: number, size: number, power: number, of?: string) =>
    `toUInt32(pow(${random(salt, of)}, ${power}) * ${size})`
  const one = (list: readonly string[], salt: number, power: number, of?: string) =>
    `arrayElement([${list.map((text) => `'${text}'`).join(', ')}], ${skewed(salt, list.length, power, of)} + 1)`
  const day = `intDiv(visit * ${365 * EVENTS_PER_VISIT}, ${events})`
  const inDay = `least(86400 * (0.5 + 0.5 * pow(2 * ${random(1)} - 1, 3)) + (number % ${EVENTS_PER_VISIT}) * (20 + 100 * ${random(18, 'number')}), 86399)`
  return `INSERT INTO events (source, environment, name, occurred_at, received_at, event_id, visitor_id, visitor_kind, host, path,
    referrer_host, campaign_source, browser, os, device_type, is_bot, country, channel, status, bytes, language)
  WITH intDiv(number, ${EVENTS_PER_VISIT}) AS visit, ${skewed(3, PERSONS, 2.2)} AS person
  SELECT ${one(['website', 'shop'], 2, 2)}, 'production', 'page_view',
    toDateTime64('${YEAR.from} 00:00:00', 3, 'UTC') + toIntervalMillisecond(toUInt64(1000 * (${day} * 86400 + ${inDay}))) AS at, at,
    generateUUIDv4(), cityHash64('person', person), 'anonymous', 'www.example.com',
    concat('/page/', toString(${skewed(4, 500, 3, 'number')})), if(${random(5)} < 0.5, '', concat('ref', toString(${skewed(6, 100, 3)}), '.example')),
    if(${random(7)} < 0.8, '', concat('campaign', toString(${skewed(8, 20, 2)}))),
    ${one(['Chrome', 'Safari', 'Firefox', 'Edge', 'Samsung Internet', 'Opera', 'Brave', 'Vivaldi'], 9, 2, 'person')},
    ${one(['Windows', 'iOS', 'Android', 'macOS', 'Linux'], 10, 1.5, 'person')}, ${one(['mobile', 'desktop', 'tablet'], 11, 1.5, 'person')},
    ${random(12)} < 0.03, concat('C', toString(${skewed(13, 60, 2.5, 'person')})),
    ${one(['direct', 'organic_search', 'paid_search', 'social', 'email', 'referral', 'display'], 14, 1.5)},
    if(${random(15, 'number')} < 0.98, 200, 404), toUInt64(2000 + ${random(16, 'number')} * 80000), ${one(['de', 'en', 'fr', 'es'], 17, 1, 'person')}
  FROM numbers(${from}, ${count})`
}
