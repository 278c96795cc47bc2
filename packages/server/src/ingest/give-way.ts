import { cpus } from 'node:os'

/**
 * When to let requests go first. An event is safe once it is in the log; the tables may follow later. While many small requests come
 * in and the processors have nothing left to give, every row that is stored costs an acknowledgement, so ingest then keeps to a slower
 * pace and the log takes the burst. As soon as there is time again, or much is waiting, it goes as fast as it can.
 */
export interface Moment {
  readonly atMs: number
  /** The log's durable end. */
  readonly durableEnd: number
  /** Times of all processors together since they started, in milliseconds. */
  readonly processors: { readonly idle: number; readonly all: number }
}

/** What the last batch was. */
export interface StoredBatch {
  /** One for each request. */
  readonly frames: number
  readonly bytes: number
  readonly elapsedMs: number
  /** Of the log that is not yet read. */
  readonly backlogBytes: number
}

/** Even then it works this much of the time; some 15,000 plain events a second. */
const LEAST_SHARE = 1 / 4
/** Fewer do not keep the processors busy. */
const MANY_REQUESTS_PER_SECOND = 5000
const BUSY_IDLE_SHARE = 0.25
/** Also after a batch that took long, such as one that waited for an engine to come back. */
const LONGEST_PAUSE_MS = 6000
/** What may wait; half a minute of all that two processors take in. */
const MOST_WAITING_BYTES = 512 * 1024 * 1024

/** Keeps the moment before, so there is one for each log that is read. */
export function createGiveWay(look: () => Moment): (batch: StoredBatch) => number {
  let before = look()
  /** How many milliseconds to wait before the next batch. */
  return ({ frames, bytes, elapsedMs, backlogBytes }) => {
    const now = look()
    const since = before
    before = now
    const seconds = (now.atMs - since.atMs) / 1000
    const arriving = ((now.durableEnd - since.durableEnd) * frames) / Math.max(bytes, 1) / Math.max(seconds, 0.001)
    const time = now.processors.all - since.processors.all
    const isBusy = time > 0 && (now.processors.idle - since.processors.idle) / time < BUSY_IDLE_SHARE
    if (!isBusy || arriving < MANY_REQUESTS_PER_SECOND || backlogBytes > MOST_WAITING_BYTES) return 0
    return Math.min(elapsedMs * (1 / LEAST_SHARE - 1), LONGEST_PAUSE_MS)
  }
}

export function processorTimes(): Moment['processors'] {
  const times = cpus().map(({ times }) => times)
  const idle = times.reduce((sum, time) => sum + time.idle, 0)
  return { idle, all: times.reduce((sum, { user, nice, sys, idle, irq }) => sum + user + nice + sys + idle + irq, 0) }
}
