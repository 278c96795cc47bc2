import { parentPort, workerData } from 'node:worker_threads'
import { createClickHouse } from '../clickhouse/client.ts'
import { createVisitors } from '../collect/visitors/visitor.ts'
import { createLinkFinder } from '../identity/event-links.ts'
import { openPostgres } from '../postgres/client.ts'
import { createGiveWay, processorTimes } from './give-way.ts'
import { ingestLog } from './ingest-log.ts'
import type { IngestSettings, WorkerMessage } from './start-ingest.ts'

/**
 * Ingest has a thread of its own: parsing and writing rows would otherwise take its time from the requests that wait for
 * their acknowledgement.
 */
const settings: IngestSettings = workerData
const durableEnd = new BigInt64Array(settings.durableEnd)
const port = parentPort
if (!port) throw new Error('this file runs in a worker thread')
const send = (message: WorkerMessage) => port.postMessage(message)

const stop = new AbortController()
port.once('message', () => stop.abort())

const postgres = openPostgres(settings.postgresUrl)
const clickhouse = createClickHouse(settings.clickhouse)
try {
  await ingestLog(
    {
      ...settings,
      pool: postgres.pool,
      clickhouse,
      linkFinder: createLinkFinder(createVisitors(settings.identityKey, { kind: 'stable' })),
      waitForLog,
      giveWay: createGiveWay(() => ({
        atMs: performance.now(),
        durableEnd: Number(Atomics.load(durableEnd, 0)),
        processors: processorTimes(),
      })),
      onBatch: (report) => send({ type: 'batch', report }),
      onTrouble: (error, retryInMs) => {
        send({ type: 'trouble', message: error instanceof Error ? error.message : String(error), retryInMs })
      },
    },
    stop.signal,
  )
} finally {
  await clickhouse.close()
  await postgres.close()
  port.close()
}

async function waitForLog(position: number, signal: AbortSignal): Promise<number | undefined> {
  while (!signal.aborted) {
    const end = Atomics.load(durableEnd, 0)
    if (end > BigInt(position)) return Number(end)
    // Bounded, so that an order to stop is seen when the log is quiet.
    await Atomics.waitAsync(durableEnd, 0, end, 200).value
  }
  return undefined
}
