import { AppError } from '@almanac/core/errors.ts'
import { sqlDatabase } from '../clickhouse/migrations/0003-sql-views.ts'
import { startRecomputeLoop } from '../cubes/compute/recompute-loop.ts'
import { type CubeRegistry, openRegistry } from '../cubes/registry.ts'
import { noteIngested, openSourceHealth, type SourceHealth } from '../health/source-health.ts'
import { createLiveHub, type LiveHub } from '../http/ask/live-hub.ts'
import { createFreshness, type Freshness } from '../ingest/freshness.ts'
import { loadPosition } from '../ingest/once/positions.ts'
import { type Ingest, startIngest } from '../ingest/start-ingest.ts'
import { type EventLog, openEventLog } from '../log/event-log.ts'
import { readLogId } from '../log/log-identity.ts'
import { recoverRedactions } from '../log/redact/redaction-journal.ts'
import { keepLogTables, type LogTables } from '../log-tables/keep-log-tables.ts'
import { startVisitsLoop } from '../visits/visits-loop.ts'
import type { Stores } from './open-stores.ts'
import type { Stops } from './stops.ts'

/** The way of the events from the log on, and what tells of it. */
export interface Pipeline {
  readonly log: EventLog
  readonly registry: CubeRegistry
  readonly ingest: Ingest
  readonly logTables: LogTables
  readonly health: SourceHealth
  readonly freshness: Freshness
  readonly liveHub: LiveHub
}

export async function startPipeline(stores: Stores, identityKey: Uint8Array, stops: Stops): Promise<Pipeline> {
  const { config, directory, engines, pool, clickhouse, logger, onError } = stores
  const { log, position } = await openLog(stores)
  stops.push(() => log.close())
  const { cluster } = config
  const registry = await openRegistry({ pool, clickhouse, cluster })
  const liveHub = createLiveHub()
  const freshness = await createFreshness(clickhouse)
  const health = openSourceHealth({ pool, now: Date.now, onError })
  stops.push(() => health.close())
  const { database } = engines.clickhouse
  const place = { cluster, database, views: sqlDatabase(database) }
  const logTables = keepLogTables({ pool, clickhouse, place, logId: log.id, position, logger })
  stops.push(() => logTables.stop())

  const publish = (table: string, fromMs: number, toMs: number) => {
    const [from, to] = [new Date(fromMs).toISOString(), new Date(toMs).toISOString()]
    liveHub.publish({ cubes: registry.namesOf(table), from, to })
  }
  const ingest = startIngest({
    log,
    position,
    logger,
    logDirectory: directory.log,
    postgresUrl: engines.postgresUrl,
    clickhouse: engines.clickhouse,
    identityKey,
    onBatch: (report) => {
      freshness.note(report)
      logTables.note(report)
      noteIngested(health, report.sources)
      if (report.stored > 0) publish('events', report.from, report.to)
    },
  })
  stops.push(() => ingest.stop())
  const recompute = startRecomputeLoop({ pool, clickhouse, cluster, registry, logger })
  stops.push(() => recompute.stop())
  const onVisits = (fromMs: number, toMs: number) => publish('visits', fromMs, toMs)
  const visits = startVisitsLoop({ pool, clickhouse, logger, onVisits })
  stops.push(() => visits.stop())
  return { log, registry, ingest, logTables, health, freshness, liveHub }
}

/** The log, opened where ingest stands at the earliest, so that no position is ever given away twice. */
async function openLog({ config, directory: { log: directory }, pool, logger }: Stores) {
  await recoverRedactions(directory)
  const knownId = await readLogId(directory).catch((error) => {
    if (error instanceof AppError && error.code === 'log_corrupt') return undefined
    throw error
  })
  const startAt = knownId === undefined ? 0 : (await loadPosition(pool, knownId)).planned
  const { minFreeDiskBytes, maxIngestLagBytes } = config
  const log = await openEventLog({ directory, minFreeDiskBytes, maxIngestLagBytes, startAt, logger })
  return { log, position: (await loadPosition(pool, log.id)).committed }
}
