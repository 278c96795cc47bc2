import { join } from 'node:path'
import { createAccounts } from './accounts/accounts.ts'
import { prepareSetup } from './accounts/first-admin.ts'
import { setupTokenFile } from './accounts/sign-in/setup-token-file.ts'
import { createTeam } from './accounts/team.ts'
import type { Config } from './config/config.ts'
import { removeRunningServer, writeRunningServer } from './engines/files/running-server.ts'
import { readOrCreateSecret } from './engines/files/secrets.ts'
import { buildApp } from './http/app.ts'
import { createDebugHub } from './http/manage/sources/debug-hub.ts'
import { createMetrics } from './http/operate/metrics.ts'
import { openSegments } from './segments/segments.ts'
import { answeringWidgets } from './start/answering-widgets.ts'
import { collectAfterStart } from './start/collect-after-start.ts'
import { collecting } from './start/collecting.ts'
import { feeding } from './start/feeding.ts'
import { listen } from './start/listen.ts'
import { aboutPeople, importing, querying } from './start/looking-back.ts'
import { managing } from './start/managing.ts'
import { openRegisters } from './start/open-registers.ts'
import { openStores } from './start/open-stores.ts'
import { showingBoards } from './start/showing-boards.ts'
import { startDefinitions } from './start/start-definitions.ts'
import { startPipeline } from './start/start-pipeline.ts'
import type { Stops } from './start/stops.ts'
import { takingMetrics } from './start/taking-metrics.ts'
import { takingUploads } from './start/taking-uploads.ts'
import { checkReadiness, readStatus } from './status.ts'

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
  const stops: Stops = []
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

async function startParts(config: Config, stops: Stops): Promise<Omit<RunningServer, 'stop'>> {
  const startedAt = new Date()
  const stores = await openStores(config, stops)
  const { directory, engines, pool, db, clickhouse, logger } = stores
  const identityKey = Buffer.from(await readOrCreateSecret(directory.root, 'identity'), 'base64url')
  const localToken = await readOrCreateSecret(directory.root, 'local-token')

  const pipeline = await startPipeline(stores, identityKey, stops)
  const { log, ingest, logTables, health, liveHub } = pipeline
  const registers = await openRegisters(stores, identityKey, stops)
  const segments = await openSegments({ pool, definitions: pipeline.registry.definitions, onError: stores.onError })
  stops.push(() => segments.close())
  const queries = querying(stores, pipeline, segments)
  const metricStore = await takingMetrics(stores, pipeline, stops)
  const showing = showingBoards(stores, queries, stops)
  const { cubes, interrupt, ...taking } = await takingUploads(stores, pipeline, stops)
  const shown = { boards: showing.boards, segments }
  const definitions = await startDefinitions(stores, cubes.forWorkspace, queries.runQueries, shown, stops)
  const tokenFile = setupTokenFile(directory.root)
  const setupToken = await prepareSetup(db, tokenFile, startedAt)
  const statusSources = { version: VERSION, startedAt, engines, log, ingest, logTables, pool, clickhouse }

  const app = await buildApp({
    logger,
    version: VERSION,
    webRoot: join(import.meta.dirname, '../../web/dist'),
    trackerRoot: join(import.meta.dirname, '../../tracker/dist'),
    publicUrl: config.publicUrl,
    trustProxy: config.trustProxy,
    localToken,
    now: Date.now,
    metrics: createMetrics({
      logSizeBytes: () => log.status().sizeBytes,
      logSyncs: () => log.status().syncs,
      ingestLagBytes: () => ingest.status().lagBytes,
      liveClients: () => liveHub.clientCount,
    }),
    accounts: createAccounts({ db, now: () => new Date(), removeSetupToken: tokenFile.remove }),
    append: log.append.bind(log),
    noteHealth: health.note,
    readSourceHealth: health.read,
    debugHub: createDebugHub(),
    liveHub,
    checkReadiness: () => checkReadiness(statusSources),
    readStatus: () => readStatus(statusSources),
    ...collecting(registers),
    ...managing(stores, registers),
    ...queries,
    ...definitions,
    ...showing,
    ...answeringWidgets(stores, queries, showing),
    team: createTeam({ pool, db, now: () => new Date() }),
    ...feeding(stores, pipeline, queries.runQuery, stops),
    segments,
    metricStore,
    ...taking,
    ...importing(stores, pipeline, identityKey),
    ...aboutPeople(stores, pipeline, registers, identityKey, stops),
  })
  stops.push(() => app.close())
  stops.push(async () => interrupt())
  const url = await listen(app, config)
  const callOff = collectAfterStart(4000)
  await writeRunningServer(directory.root, { pid: process.pid, url, localToken })
  stops.push(() => removeRunningServer(directory.root))
  stops.push(async () => callOff())
  const publicUrl = config.publicUrl ?? url
  return { url: publicUrl, localToken, setupUrl: setupToken && `${publicUrl}/setup?token=${setupToken}` }
}
