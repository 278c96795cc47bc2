import { Worker } from 'node:worker_threads'
import type { Logger } from 'pino'
import type { ClickHouseConnection } from '../engines/start-engines.ts'
import type { EventLog } from '../log/event-log.ts'
import type { BatchReport } from './ingest-log.ts'

export interface IngestSettings {
  readonly logDirectory: string
  readonly logId: string
  readonly postgresUrl: string
  readonly clickhouse: ClickHouseConnection
  /** For the numbers of visitors that an event only names. */
  readonly identityKey: Uint8Array
  /** Holds the log's durable end as one 64-bit integer; notified when it moves. */
  readonly durableEnd: SharedArrayBuffer
}

export type WorkerMessage =
  | { readonly type: 'batch'; readonly report: BatchReport }
  | { readonly type: 'trouble'; readonly message: string; readonly retryInMs: number }

export interface IngestStatus {
  readonly position: number
  readonly lagBytes: number
  readonly stored: number
  readonly duplicates: number
  readonly quarantined: number
  /** Over the last ten seconds. */
  readonly eventsPerSecond: number
  readonly lastBatchAt: string | undefined
  readonly lastError: { readonly at: string; readonly message: string } | undefined
}

export interface Ingest {
  status(): IngestStatus
  stop(): Promise<void>
}

export interface StartIngestOptions extends Omit<IngestSettings, 'durableEnd' | 'logId'> {
  readonly log: EventLog
  /** Where ingest stands in the log at the start. */
  readonly position: number
  readonly logger: Logger
  readonly onBatch: (report: BatchReport) => void
}

const RESTART_MS = 1000
const RATE_WINDOW_MS = 10_000

/** A batch needs half of it. Without a limit, V8 lets garbage of batches gather to twice as much while catching up. */
const MEMORY = { maxOldGenerationSizeMb: 256, maxYoungGenerationSizeMb: 48 }

/** Runs ingest in a worker thread, and starts a new one should it ever die. */
export function startIngest(options: StartIngestOptions): Ingest {
  const { log, logger, onBatch, position: startPosition, ...rest } = options
  const shared = new SharedArrayBuffer(8)
  const durableEnd = new BigInt64Array(shared)
  const workerData: IngestSettings = { ...rest, logId: log.id, durableEnd: shared }
  const totals = { stored: 0, duplicates: 0, quarantined: 0 }
  const recent: { at: number; stored: number }[] = []
  let position = startPosition
  let lastBatchAt: string | undefined
  let lastError: IngestStatus['lastError']
  let stopping = false
  let worker = start()

  announce(log.durableEnd)
  log.setIngested(position)
  const unsubscribe = log.onDurable(announce)

  function announce(end: number) {
    Atomics.store(durableEnd, 0, BigInt(end))
    Atomics.notify(durableEnd, 0)
  }

  function start(): Worker {
    const started = new Worker(new URL('./ingest-worker.ts', import.meta.url), { workerData, resourceLimits: MEMORY })
    started.on('message', receive)
    started.on('error', (error) => {
      logger.error({ err: error }, 'ingest stopped by an error and is started again')
      noteError(error)
    })
    started.on('exit', () => {
      if (!stopping) setTimeout(restart, RESTART_MS).unref()
    })
    return started
  }

  function restart() {
    if (!stopping) worker = start()
  }

  function receive(message: WorkerMessage) {
    if (message.type === 'trouble') {
      logger.warn({ retryInMs: message.retryInMs }, `ingest waits: ${message.message}`)
      noteError(new Error(message.message))
      return
    }
    const { report } = message
    position = report.position
    log.setIngested(position)
    totals.stored += report.stored
    totals.duplicates += report.duplicates
    totals.quarantined += report.quarantined
    const now = Date.now()
    lastBatchAt = new Date(now).toISOString()
    recent.push({ at: now, stored: report.stored })
    forgetOld(now)
    onBatch(report)
  }

  function forgetOld(now: number) {
    while (recent[0] && recent[0].at < now - RATE_WINDOW_MS) recent.shift()
  }

  function noteError(error: unknown) {
    lastError = { at: new Date().toISOString(), message: error instanceof Error ? error.message : String(error) }
  }

  return {
    status: () => {
      forgetOld(Date.now())
      const inWindow = recent.reduce((sum, { stored }) => sum + stored, 0)
      const eventsPerSecond = Math.round(inWindow / (RATE_WINDOW_MS / 1000))
      return { position, lagBytes: log.durableEnd - position, ...totals, eventsPerSecond, lastBatchAt, lastError }
    },
    stop: async () => {
      stopping = true
      unsubscribe()
      const ended = new Promise((resolve) => worker.once('exit', resolve))
      worker.postMessage('stop')
      await ended
    },
  }
}
