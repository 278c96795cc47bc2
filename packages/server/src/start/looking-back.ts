import { join } from 'node:path'
import { createSqlService } from '../analytics/sql-service.ts'
import { pingClickHouse, whileAlive } from '../clickhouse/signs-of-life.ts'
import { acknowledgeImport, findImport, finishImport, openImport } from '../collect/import-store.ts'
import { dailySalts } from '../collect/visitors/daily-salts.ts'
import { createCubesAdmin } from '../cubes/cubes-admin.ts'
import type { AppDeps } from '../http/app.ts'
import { readQuarantine } from '../ingest/batches/quarantine.ts'
import { linkedVisitors } from '../privacy/derived-data.ts'
import { startErasures } from '../privacy/erasure-loop.ts'
import { createPeople } from '../privacy/people.ts'
import { targetFiles } from '../privacy/target-file.ts'
import { type RunQueryDeps, runQueries, runQuery } from '../query/run-query.ts'
import type { Segments } from '../segments/segments.ts'
import { createVisitsAdmin } from '../visits/visits-admin.ts'
import { explaining } from './explaining.ts'
import type { Registers } from './open-registers.ts'
import type { Stores } from './open-stores.ts'
import type { Pipeline } from './start-pipeline.ts'
import type { Stops } from './stops.ts'

type Querying = Pick<AppDeps, 'cubes' | 'cubesAdmin' | 'runQuery' | 'runQueries' | 'sql'> &
  ReturnType<typeof explaining>
type Importing = Pick<
  AppDeps,
  'readQuarantine' | 'openImport' | 'findImport' | 'acknowledge' | 'finishImport' | 'identityKey' | 'saltsFor'
>
type AboutPeople = Pick<AppDeps, 'people' | 'erasures' | 'visits'>

export function querying(
  { config, engines, pool, clickhouse, reader }: Stores,
  { freshness, ingest, registry }: Pipeline,
  segments: Segments,
): Querying {
  const ping = () => pingClickHouse(engines.clickhouse)
  const deps: RunQueryDeps = {
    pool,
    clickhouse,
    registry,
    segmentFilters: segments.filters,
    now: Date.now,
    freshness: () => ({ newestEvent: freshness.newestEvent(), ingestLagBytes: ingest.status().lagBytes }),
  }
  return {
    cubes: registry.definitions,
    cubesAdmin: createCubesAdmin({ pool, clickhouse, registry }),
    runQuery: (query, signal) => whileAlive(ping, signal, (signal) => runQuery(deps, query, signal)),
    runQueries: (queries, signal) => whileAlive(ping, signal, (signal) => runQueries(deps, queries, signal)),
    ...explaining(deps, (signal, run) => whileAlive(ping, signal, run)),
    sql: createSqlService({
      reader,
      readerDatabase: engines.clickhouseReader.database,
      clickhouse,
      cluster: config.cluster,
      ping,
      definitions: registry.definitions,
    }),
  }
}

/** The server's half of `almanac import`. */
export function importing({ pool, clickhouse }: Stores, { log }: Pipeline, identityKey: Uint8Array): Importing {
  return {
    readQuarantine: (request) => readQuarantine(clickhouse, request),
    openImport: (request) => openImport(pool, request),
    findImport: (id) => findImport(pool, id),
    acknowledge: (id, progress, frame) => acknowledgeImport(pool, id, progress, log.id, frame),
    finishImport: (id) => finishImport(pool, id),
    identityKey: async () => Buffer.from(identityKey).toString('base64'),
    saltsFor: (days) => dailySalts(pool, days),
  }
}

/** One person's data, and who is who. Erasures that were under way go on. */
export function aboutPeople(
  { directory, pool, clickhouse, logger }: Stores,
  { log, ingest }: Pipeline,
  { visitors }: Registers,
  identityKey: Uint8Array,
  stops: Stops,
): AboutPeople {
  const deps = {
    pool,
    clickhouse,
    log,
    logDirectory: directory.log,
    visitors,
    linkedVisitors: (known: readonly string[]) => linkedVisitors(pool, known),
  }
  const erasures = startErasures({
    ...deps,
    logger,
    ingested: () => ingest.status().position,
    identityKey,
    files: targetFiles(join(directory.root, 'erasures')),
  })
  stops.push(() => erasures.stop())
  return { people: createPeople(deps), erasures, visits: createVisitsAdmin({ pool, clickhouse, visitors }) }
}
