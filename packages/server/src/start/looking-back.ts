import { join } from 'node:path'
import { runSql } from '../analytics/run-sql.ts'
import { pingClickHouse, whileAlive } from '../clickhouse/signs-of-life.ts'
import { dailySalts } from '../collect/daily-salts.ts'
import { acknowledgeImport, findImport, finishImport, openImport } from '../collect/import-store.ts'
import { CUBES, cubesOf } from '../cubes/cubes.ts'
import { type RunQueryDeps, runQuery } from '../cubes/run-query.ts'
import type { AppDeps } from '../http/app.ts'
import { readQuarantine } from '../ingest/quarantine.ts'
import { linkedVisitors } from '../privacy/derived-data.ts'
import { startErasures } from '../privacy/erasure-loop.ts'
import { createPeople } from '../privacy/people.ts'
import { targetFiles } from '../privacy/target-file.ts'
import { createVisitsAdmin } from '../visits/visits-admin.ts'
import type { Registers } from './open-registers.ts'
import type { Stores } from './open-stores.ts'
import type { Pipeline } from './start-pipeline.ts'
import type { Stops } from './stops.ts'

type Querying = Pick<AppDeps, 'cubes' | 'runQuery' | 'runSql'>
type Importing = Pick<
  AppDeps,
  'readQuarantine' | 'openImport' | 'findImport' | 'acknowledge' | 'finishImport' | 'identityKey' | 'saltsFor'
>
type AboutPeople = Pick<AppDeps, 'people' | 'erasures' | 'visits'>

export function querying({ engines, pool, clickhouse, reader }: Stores, { freshness, ingest }: Pipeline): Querying {
  const ping = () => pingClickHouse(engines.clickhouse)
  const deps: RunQueryDeps = {
    pool,
    clickhouse,
    freshness: () => ({ newestEvent: freshness.newestEvent(), ingestLagBytes: ingest.status().lagBytes }),
  }
  return {
    cubes: Object.values(CUBES),
    runQuery: (query, signal) => whileAlive(ping, signal, (signal) => runQuery(deps, query, signal)),
    runSql: (sql, { limit, signal }) => whileAlive(ping, signal, (signal) => runSql(reader, sql, { limit, signal })),
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
    cubes: cubesOf('events'),
    logger,
    ingested: () => ingest.status().position,
    identityKey,
    files: targetFiles(join(directory.root, 'erasures')),
  })
  stops.push(() => erasures.stop())
  return { people: createPeople(deps), erasures, visits: createVisitsAdmin({ pool, clickhouse, visitors }) }
}
