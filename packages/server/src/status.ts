import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { pingClickHouse } from './clickhouse/signs-of-life.ts'
import type { Engines } from './engines/start-engines.ts'
import type { Readiness } from './http/operate/health-routes.ts'
import type { StatusAnswer } from './http/operate/status-routes.ts'
import type { Ingest } from './ingest/start-ingest.ts'
import type { EventLog } from './log/event-log.ts'
import type { LogTables } from './log-tables/keep-log-tables.ts'
import { answeredSoon, translatePostgresError } from './postgres/client.ts'

export interface StatusSources {
  readonly version: string
  readonly startedAt: Date
  readonly engines: Engines
  readonly log: EventLog
  readonly ingest: Ingest
  readonly logTables: LogTables
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
}

/** Also while an engine is away or hangs: that is when somebody wants to know. */
export async function readStatus(sources: StatusSources): Promise<StatusAnswer> {
  const { engines, log, ingest } = sources
  const [touchedHours, storage] = await Promise.all([
    readTouchedHours(sources.pool).catch(() => null),
    readStorage(sources.clickhouse).catch(() => null),
  ])
  const { lastBatchAt, lastError, ...progress } = ingest.status()
  return {
    version: sources.version,
    startedAt: sources.startedAt.toISOString(),
    engines: { clickhouse: { ...engines.status().clickhouse }, postgres: { ...engines.status().postgres } },
    log: { ...log.status() },
    ingest: {
      ...progress,
      lastBatchAt: lastBatchAt ?? null,
      ...(lastError && { lastError: `${lastError.at}: ${lastError.message}` }),
    },
    cubes: { touchedHours },
    logTables: logTablesAnswer(sources.logTables),
    storage,
  }
}

function logTablesAnswer(logTables: LogTables): StatusAnswer['logTables'] {
  const { count, problem } = logTables.status()
  return { count, problem: problem ?? null }
}

async function readTouchedHours(pool: Pool): Promise<number> {
  const { rows } = await pool.query(
    answeredSoon(`
      SELECT count(*) AS count FROM cube_buckets JOIN cube_tables ON id = cube_id
      WHERE state IN ('building', 'serving') AND level = 0 AND touched <> computed`),
  )
  return Number(rows[0].count)
}

const STORAGE_WITHIN_MS = 5_000

/** Rows and bytes on disk of each table. */
async function readStorage(clickhouse: ClickHouseClient): Promise<Record<string, { rows: number; bytes: number }>> {
  const result = await clickhouse.query({
    query: `SELECT table, sum(rows) AS rows, sum(bytes_on_disk) AS bytes FROM system.parts
      WHERE active AND database = currentDatabase() GROUP BY table ORDER BY table`,
    format: 'JSONEachRow',
    abort_signal: AbortSignal.timeout(STORAGE_WITHIN_MS),
  })
  const tables = await result.json<{ table: string; rows: string; bytes: string }>()
  return Object.fromEntries(
    tables.map(({ table, rows, bytes }) => [table, { rows: Number(rows), bytes: Number(bytes) }]),
  )
}

/** Behind this much, figures are old enough that a load balancer should rather ask another server. */
const READY_LAG_BYTES = 1024 * 1024 * 1024

export async function checkReadiness({ engines, pool, log, ingest }: StatusSources): Promise<Readiness> {
  const inWords = (run: Promise<unknown>) =>
    run.then(
      () => 'ok',
      (error) => (error instanceof Error ? error.message : String(error)),
    )
  const [clickhouse, postgres] = await Promise.all([
    inWords(pingClickHouse(engines.clickhouse)),
    inWords(pingPostgres(pool)),
  ])
  const { lagBytes } = ingest.status()
  const { state, problem } = log.status()
  return {
    clickhouse,
    postgres,
    log: state === 'open' ? 'ok' : (problem ?? state),
    ingest: lagBytes < READY_LAG_BYTES ? 'ok' : `${lagBytes} bytes of the log are not in the tables yet`,
  }
}

async function pingPostgres(pool: Pool): Promise<void> {
  await pool.query(answeredSoon('SELECT 1')).catch((error) => {
    throw translatePostgresError(error)
  })
}
