import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import type { FastifyInstance } from 'fastify'
import { type Logger, pino } from 'pino'
import { createAccounts } from './accounts/accounts.ts'
import type { ApiKey } from './accounts/api-key.ts'
import { prepareSetup } from './accounts/first-admin.ts'
import { openKeyRing } from './accounts/key-ring.ts'
import { createKey, listKeys, loadActiveKeys, revokeKey, touchKeys } from './accounts/key-store.ts'
import { setupTokenFile } from './accounts/setup-token-file.ts'
import { addSourceName, listSourceNames, openSourceNames } from './accounts/source-names.ts'
import { openSourceRing } from './accounts/source-ring.ts'
import { changeSource, createSource, findSource, listSources } from './accounts/sources.ts'
import { runSql } from './analytics/run-sql.ts'
import { openTrackingLinks } from './attribution/tracking-links.ts'
import { createClickHouse } from './clickhouse/client.ts'
import { sqlDatabase } from './clickhouse/migrations/0003-sql-views.ts'
import { pingClickHouse, whileAlive } from './clickhouse/signs-of-life.ts'
import { dailySalts } from './collect/daily-salts.ts'
import { acknowledgeImport, findImport, finishImport, openImport } from './collect/import-store.ts'
import { collectNativeEvent } from './collect/native-events.ts'
import { openPlaces } from './collect/place/places.ts'
import { plainEventLine } from './collect/plain-event-line.ts'
import { foreignByPolicy } from './collect/policy/foreign-by-policy.ts'
import { OPEN_POLICY } from './collect/policy/source-policy.ts'
import { PROTOCOLS } from './collect/protocols/protocols.ts'
import { createVisitors } from './collect/visitor.ts'
import { keepVisitorSalts } from './collect/visitor-salts.ts'
import type { Config } from './config/config.ts'
import { CUBES, cubesOf } from './cubes/cubes.ts'
import { startRecomputeLoop } from './cubes/recompute-loop.ts'
import { type RunQueryDeps, runQuery } from './cubes/run-query.ts'
import { openDataDirectory } from './engines/data-directory.ts'
import { removeRunningServer, writeRunningServer } from './engines/running-server.ts'
import { readOrCreateSecret } from './engines/secrets.ts'
import { type Engines, startEngines } from './engines/start-engines.ts'
import { noteIngested, openSourceHealth } from './health/source-health.ts'
import { buildApp } from './http/app.ts'
import { createDebugHub } from './http/debug-hub.ts'
import { createLiveHub } from './http/live-hub.ts'
import { createMetrics } from './http/metrics.ts'
import type { ResolvedCredential } from './http/protocol-delivery.ts'
import { createFreshness } from './ingest/freshness.ts'
import { loadPosition } from './ingest/positions.ts'
import { readQuarantine } from './ingest/quarantine.ts'
import { startIngest } from './ingest/start-ingest.ts'
import { openEventLog } from './log/event-log.ts'
import { readLogId } from './log/log-identity.ts'
import { recoverRedactions } from './log/redaction-journal.ts'
import { keepLogTables } from './log-tables/keep-log-tables.ts'
import type { ViewPlace } from './log-tables/view-sql.ts'
import { runMigrations } from './migrations/migrate.ts'
import { openPostgres } from './postgres/client.ts'
import { linkedVisitors } from './privacy/derived-data.ts'
import { startErasures } from './privacy/erasure-loop.ts'
import { createPeople } from './privacy/people.ts'
import { targetFiles } from './privacy/target-file.ts'
import { checkReadiness, readStatus } from './status.ts'
import { createVisitsAdmin } from './visits/visits-admin.ts'
import { startVisitsLoop } from './visits/visits-loop.ts'

export interface RunningServer {
  readonly url: string
  /** The address that makes the first admin; absent when there is one. */
  readonly setupUrl: string | undefined
  readonly localToken: string
  /** Stops taking requests, then everything else, in the opposite order of the start. */
  stop(): Promise<void>
}

export const VERSION = '0.1.0'

/** Starts everything. What fails half-way is stopped again before this throws. */
export async function startServer(config: Config): Promise<RunningServer> {
  const stops: (() => Promise<unknown> | unknown)[] = []
  const stop = async () => {
    for (const stopPart of stops.splice(0).reverse()) await stopPart()
  }
  try {
    return { ...(await startParts(config, stops)), stop }
  } catch (error) {
    await stop().catch(() => undefined)
    throw error
  }
}

type Stops = (() => Promise<unknown> | unknown)[]

async function startParts(config: Config, stops: Stops): Promise<Omit<RunningServer, 'stop'>> {
  const startedAt = new Date()
  const directory = await openDataDirectory(config.dataDir)
  stops.push(() => directory.release())
  const logger = openLogger(config, directory.logs)
  const onError = (error: unknown) => logger.warn({ err: error }, 'a task in the background failed; it is tried again')
  const { placeOf, close: closePlaces } = await openPlaces({ mmdbPath: config.placesMmdb, onError })
  stops.push(closePlaces)

  const engines = await startEngines({
    directory,
    clickhouseUrl: config.clickhouseUrl,
    clickhouseReaderUrl: config.clickhouseReaderUrl,
    postgresUrl: config.postgresUrl,
    onChange: (engine, status) => logger.info({ engine, ...status }, `${engine} is ${status.state}`),
  })
  stops.push(() => engines.stop())
  const { pool, db, close } = openPostgres(engines.postgresUrl)
  stops.push(close)
  const clickhouse = createClickHouse(engines.clickhouse)
  stops.push(() => clickhouse.close())
  const reader = createClickHouse(engines.clickhouseReader)
  stops.push(() => reader.close())
  await migrate(config, engines)

  const { log, position } = await openLog(config, directory.log, pool, logger)
  stops.push(() => log.close())
  const liveHub = createLiveHub()
  const freshness = await createFreshness(clickhouse)
  const health = openSourceHealth({ pool, now: Date.now, onError })
  stops.push(() => health.close())
  const logTables = keepLogTables({
    pool,
    clickhouse,
    place: viewPlace(config, engines),
    logId: log.id,
    position,
    logger,
  })
  stops.push(() => logTables.stop())
  const cubes = cubesOf('events')
  const identityKey = await readOrCreateSecret(directory.root, 'identity')
  const ingest = startIngest({
    log,
    position,
    logger,
    logDirectory: directory.log,
    postgresUrl: engines.postgresUrl,
    clickhouse: engines.clickhouse,
    cubes,
    identityKey: Buffer.from(identityKey, 'base64url'),
    onBatch: (report) => {
      freshness.note(report)
      logTables.note(report)
      noteIngested(health, report.sources)
      if (report.stored === 0) return
      const [from, to] = [report.from, report.to].map((ms) => new Date(ms).toISOString())
      liveHub.publish({ cubes, from: from ?? '', to: to ?? '' })
    },
  })
  stops.push(() => ingest.stop())
  const recompute = startRecomputeLoop({ pool, clickhouse, logger })
  stops.push(() => recompute.stop())
  const visitCubes = cubesOf('visits')
  const visits = startVisitsLoop({
    pool,
    clickhouse,
    eventCubes: cubes,
    visitCubes,
    logger,
    onVisits: (fromMs, toMs) => {
      const [from, to] = [fromMs, toMs].map((ms) => new Date(ms).toISOString())
      liveHub.publish({ cubes: visitCubes, from: from ?? '', to: to ?? '' })
    },
  })
  stops.push(() => visits.stop())

  const localToken = await readOrCreateSecret(directory.root, 'local-token')
  const salts = await keepVisitorSalts(pool, onError)
  stops.push(() => salts.close())
  const visitors = createVisitors(Buffer.from(identityKey, 'base64url'), { kind: 'daily', saltOf: salts.saltOf })
  const keyRing = await openKeyRing({
    load: () => loadActiveKeys(db, new Date()),
    touch: (ids, at) => touchKeys(db, ids, at),
    now: Date.now,
    onError,
  })
  stops.push(() => keyRing.close())
  const sourceNames = await openSourceNames(pool, onError)
  stops.push(() => sourceNames.close())
  const sourceRing = await openSourceRing({ load: () => listSources(db), onError })
  stops.push(() => sourceRing.close())
  const links = await openTrackingLinks({ pool, clickhouse, onError })
  stops.push(() => links.close())
  const tokenFile = setupTokenFile(directory.root)
  const setupToken = await prepareSetup(db, tokenFile, startedAt)
  const statusSources = { version: VERSION, startedAt, engines, log, ingest, logTables, pool, clickhouse }
  const pingEngine = () => pingClickHouse(engines.clickhouse)
  const queryDeps: RunQueryDeps = {
    pool,
    clickhouse,
    freshness: () => ({ newestEvent: freshness.newestEvent(), ingestLagBytes: ingest.status().lagBytes }),
  }

  const personDeps = {
    pool,
    clickhouse,
    log,
    logDirectory: directory.log,
    visitors,
    linkedVisitors: (known: readonly string[]) => linkedVisitors(pool, known),
  }
  const erasures = startErasures({
    ...personDeps,
    cubes,
    logger,
    ingested: () => ingest.status().position,
    identityKey: Buffer.from(identityKey, 'base64url'),
    files: targetFiles(join(directory.root, 'erasures')),
  })
  stops.push(() => erasures.stop())

  const app = await buildApp({
    logger,
    version: VERSION,
    webRoot: join(import.meta.dirname, '../../web/dist'),
    trackerRoot: join(import.meta.dirname, '../../tracker/dist'),
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    localToken,
    now: Date.now,
    verifyKey: keyRing.verify,
    metrics: createMetrics({
      logSizeBytes: () => log.status().sizeBytes,
      logSyncs: () => log.status().syncs,
      ingestLagBytes: () => ingest.status().lagBytes,
      liveClients: () => liveHub.clientCount,
    }),
    accounts: createAccounts({ db, now: () => new Date(), removeSetupToken: tokenFile.remove }),
    append: log.append.bind(log),
    collectEvent: (input, context) => collectNativeEvent(input, { ...context, visitors, placeOf }),
    plainEventLine: (text, input, context) => plainEventLine(text, input, { ...context, visitors, placeOf }),
    protocols: PROTOCOLS,
    resolveCredential: (protocol, credential) =>
      credentialTarget(keyRing.verify(credential)) ?? sourceNames.find(protocol, credential),
    collectForeign: (event, context) => {
      const { policy } = sourceRing.get(context.source) ?? { policy: OPEN_POLICY }
      return foreignByPolicy(policy, event, { ...context, visitors, placeOf })
    },
    sourceOf: sourceRing.get,
    refreshSources: sourceRing.refresh,
    noteHealth: health.note,
    checkReadiness: () => checkReadiness(statusSources),
    readStatus: () => readStatus(statusSources),
    readQuarantine: (request) => readQuarantine(clickhouse, request),
    openImport: (request) => openImport(pool, request),
    findImport: (id) => findImport(pool, id),
    acknowledge: (id, progress, frame) => acknowledgeImport(pool, id, progress, log.id, frame),
    finishImport: (id) => finishImport(pool, id),
    identityKey: async () => Buffer.from(identityKey, 'base64url').toString('base64'),
    saltsFor: (days) => dailySalts(pool, days),
    listKeys: () => listKeys(db),
    createKey: async (key, createdBy) => {
      const created = await createKey(db, key, createdBy)
      await keyRing.refresh()
      return created
    },
    revokeKey: async (id) => {
      await revokeKey(db, id, new Date())
      await keyRing.refresh()
    },
    liveHub,
    people: createPeople(personDeps),
    erasures,
    cubes: Object.values(CUBES),
    runQuery: (query, signal) => whileAlive(pingEngine, signal, (signal) => runQuery(queryDeps, query, signal)),
    runSql: (sql, { limit, signal }) =>
      whileAlive(pingEngine, signal, (signal) => runSql(reader, sql, { limit, signal })),
    listSources: () => listSources(db),
    findSource: (name) => findSource(db, name),
    createSource: async (source) => {
      const created = await createSource(db, source)
      await sourceRing.refresh()
      return created
    },
    changeSource: async (name, change) => {
      const changed = await changeSource(db, name, change)
      await sourceRing.refresh()
      return changed
    },
    readSourceHealth: (subject) => health.read(subject),
    debugHub: createDebugHub(),
    links,
    visits: createVisitsAdmin({ pool, clickhouse, visitors }),
    listSourceNames: () => listSourceNames(pool),
    addSourceName: async (name) => {
      const added = await addSourceName(pool, name)
      await sourceNames.refresh()
      return added
    },
  })
  stops.push(() => app.close())
  const url = await listen(app, config)
  await writeRunningServer(directory.root, { pid: process.pid, url, localToken })
  stops.push(() => removeRunningServer(directory.root))
  const publicUrl = config.publicUrl ?? url
  return { url: publicUrl, localToken, setupUrl: setupToken && `${publicUrl}/setup?token=${setupToken}` }
}

/** Over connections without a limit of time: a migration may rewrite a large table. */
async function migrate({ cluster }: Config, { postgresUrl, clickhouse }: Engines): Promise<void> {
  const { pool, close } = openPostgres(postgresUrl, { answerWithinMs: 0 })
  try {
    await runMigrations({ pool, clickhouse, cluster })
  } finally {
    await close()
  }
}

function viewPlace({ cluster }: Config, { clickhouse: { database } }: Engines): ViewPlace {
  return { cluster, database, views: sqlDatabase(database) }
}

/** A key that may only read is no way in, and neither is one without a source. */
function credentialTarget(key: ApiKey | undefined): ResolvedCredential | undefined {
  if (!key?.source || !key.scopes.includes('ingest')) return undefined
  return { source: key.source, environment: key.environment ?? 'production', keyId: key.id }
}

function openLogger(config: Config, logsDirectory: string): Logger {
  return pino({ level: config.logLevel }, pino.destination({ dest: join(logsDirectory, 'server.log'), mode: 0o600 }))
}

/** The log, opened where ingest stands at the earliest, so that no position is ever given away twice. */
async function openLog(config: Config, directory: string, pool: Parameters<typeof loadPosition>[0], logger: Logger) {
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

async function listen(app: FastifyInstance, { host, port }: Config): Promise<string> {
  await app.listen({ host, port }).catch((cause: NodeJS.ErrnoException) => {
    throw cannotListen(host, port, cause)
  })
  const address = app.server.address()
  const actualPort = typeof address === 'object' && address ? address.port : port
  return `http://${host === '127.0.0.1' ? 'localhost' : host}:${actualPort}`
}

function cannotListen(host: string, port: number, cause: NodeJS.ErrnoException): AppError {
  if (cause.code === 'EADDRINUSE') {
    return new AppError('port_in_use', `Port ${port} on ${host} is in use by another program`, {
      hint: 'Stop that program, or choose another port with --port.',
      cause,
    })
  }
  return new AppError('invalid_config', `The server can't listen on ${host}, port ${port}: ${cause.message}`, {
    hint: 'Choose an address of this machine with --host and, without special rights, a port from 1024 on with --port.',
    cause,
  })
}
