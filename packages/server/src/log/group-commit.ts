import { setImmediate as nextTurn } from 'node:timers/promises'
import { AppError } from '@almanac/core/errors.ts'
import type { DiskSpace } from './disk-space.ts'
import type { EventLogStatus } from './event-log.ts'
import { FRAME_HEADER_BYTES } from './frame.ts'
import { ChunkPool, FrameBatch } from './frame-batch.ts'
import {
  diskFull,
  frameTooLarge,
  ingestTooFarBehind,
  isNoSpace,
  logClosed,
  tooManyWaiting,
  unwritable,
} from './log-errors.ts'
import type { LogLogger } from './log-logger.ts'
import type { SegmentWriter } from './segment-writer.ts'

interface GroupCommitOptions {
  readonly directory: string
  readonly writer: SegmentWriter
  readonly disk: DiskSpace
  readonly logger: LogLogger
  readonly maxFrameBytes: number
  readonly minFreeDiskBytes: number
  readonly maxIngestLagBytes: number
  readonly maxWaitingBytes: number
  readonly maxBatchBytes: number
  readonly retryDelayMs: number
}

/**
 * Gathers appends while the disk is busy and commits them together, decides which are refused, and gets the log going
 * again after a failure. At most one batch is being written; while the log is full or failed, none is.
 */
export class GroupCommit {
  readonly #options: GroupCommitOptions
  readonly #pool = new ChunkPool()
  readonly #queue: FrameBatch[] = []
  readonly #listeners = new Set<(durableEnd: number) => void>()
  #state: EventLogStatus['state'] = 'open'
  #problem: AppError | undefined
  #ingested: number
  #waiting = 0
  #waitingBytes = 0
  #neededBytes = 0
  #failures = 0
  #retryTimer: NodeJS.Timeout | undefined
  #work: Promise<void> | undefined

  constructor(options: GroupCommitOptions) {
    this.#options = options
    this.#ingested = options.writer.durableEnd
    if (this.#lacksSpace()) this.#suspend(this.#tooLittleSpace())
  }

  append(payload: Uint8Array | string): Promise<number> {
    const payloadBytes = typeof payload === 'string' ? Buffer.byteLength(payload) : payload.byteLength
    const refusal = this.#refusal(payloadBytes)
    if (refusal) return Promise.reject(refusal)

    const frameBytes = FRAME_HEADER_BYTES + payloadBytes
    this.#waiting++
    this.#waitingBytes += frameBytes
    const acknowledged = this.#batchFor(frameBytes).add(payload, payloadBytes)
    this.#work ??= this.#commitAll()
    return acknowledged
  }

  onDurable(listener: (durableEnd: number) => void): () => void {
    this.#listeners.add(listener)
    return () => this.#listeners.delete(listener)
  }

  setIngested(position: number): void {
    this.#ingested = position
    this.#options.writer.skipTo(position)
  }

  status(): Pick<EventLogStatus, 'state' | 'problem' | 'ingested' | 'waiting' | 'waitingBytes'> {
    return {
      state: this.#state,
      problem: this.#problem?.message,
      ingested: this.#ingested,
      waiting: this.#waiting,
      waitingBytes: this.#waitingBytes,
    }
  }

  async close(): Promise<void> {
    this.#state = 'closed'
    clearTimeout(this.#retryTimer)
    await this.#work
    await this.#options.writer.close()
  }

  #refusal(payloadBytes: number): AppError | undefined {
    const { directory, writer, maxFrameBytes, maxWaitingBytes, maxIngestLagBytes } = this.#options
    if (this.#state === 'closed') return logClosed(directory)
    if (payloadBytes > maxFrameBytes) return frameTooLarge(payloadBytes, maxFrameBytes)
    if (this.#problem) return this.#problem
    if (this.#waitingBytes > maxWaitingBytes) return tooManyWaiting(this.#waitingBytes)
    const lagBytes = writer.durableEnd - this.#ingested
    if (lagBytes > maxIngestLagBytes) return ingestTooFarBehind(lagBytes, maxIngestLagBytes)
    return undefined
  }

  #batchFor(frameBytes: number): FrameBatch {
    const last = this.#queue.at(-1)
    if (last && last.sizeBytes + frameBytes <= this.#options.maxBatchBytes) return last
    const batch = new FrameBatch(this.#pool)
    this.#queue.push(batch)
    return batch
  }

  /**
   * The first batch begins in the next turn of the event loop, so that all requests that came in this turn share its sync. A
   * batch that has gathered meanwhile is on its way to the disk before those of the one before hear of their success: what
   * they do next, answering and reading new requests, then runs beside the disk's work instead of before it.
   */
  async #commitAll(): Promise<void> {
    let acknowledge: (() => void) | undefined
    while (this.#queue.length > 0) {
      if (!acknowledge) await nextTurn()
      const batch = this.#queue.shift()
      if (!batch) break
      const committed = this.#commit(batch)
      acknowledge?.()
      acknowledge = await committed
    }
    acknowledge?.()
    this.#work = undefined
  }

  /** Resolves with how to tell the appends that they are on disk, or with nothing when they were refused. */
  async #commit(batch: FrameBatch): Promise<(() => void) | undefined> {
    const { writer, disk } = this.#options
    try {
      if (disk.isStale || this.#lacksSpace()) await disk.refresh()
      if (this.#lacksSpace()) throw this.#tooLittleSpace()
      const position = await writer.commit(batch)
      this.#failures = 0
      this.#notify()
      this.#settle(batch)
      return () => batch.acknowledge(position)
    } catch (error) {
      await this.#fail(error, batch)
      return undefined
    }
  }

  async #fail(cause: unknown, batch: FrameBatch): Promise<void> {
    this.#neededBytes = batch.sizeBytes
    await this.#options.disk.refresh().catch(() => undefined)
    const problem = this.#translate(cause)
    this.#suspend(problem)
    for (const refused of [batch, ...this.#queue.splice(0)]) {
      this.#settle(refused)
      refused.refuse(problem)
    }
  }

  #suspend(problem: AppError): void {
    const { directory, logger, retryDelayMs } = this.#options
    const retryInMs = retryDelayMs * Math.min(2 ** this.#failures++, 20)
    logger.error({ directory, err: problem, retryInMs }, 'the event log refuses appends until the disk allows them')
    if (this.#state === 'closed') return
    this.#problem = problem
    this.#state = problem.code === 'disk_full' ? 'full' : 'failed'
    this.#retryTimer = setTimeout(() => {
      this.#work = this.#resume()
    }, retryInMs).unref()
  }

  async #resume(): Promise<void> {
    const { directory, logger, writer, disk } = this.#options
    try {
      await disk.refresh()
      if (this.#lacksSpace(this.#neededBytes)) throw this.#tooLittleSpace()
      await writer.recover()
    } catch (error) {
      this.#suspend(this.#translate(error))
      return
    }
    // No await from here on: an append sees either a log that refuses, or one that is ready to commit.
    this.#work = undefined
    if (this.#state === 'closed') return
    this.#problem = undefined
    this.#state = 'open'
    logger.info({ directory }, 'the event log takes appends again')
  }

  #translate(cause: unknown): AppError {
    if (cause instanceof AppError) return cause
    return isNoSpace(cause) ? this.#tooLittleSpace(cause) : unwritable(this.#options.directory, cause)
  }

  #lacksSpace(neededBytes = 0): boolean {
    return this.#options.disk.freeBytes < Math.max(this.#options.minFreeDiskBytes, neededBytes)
  }

  #tooLittleSpace(cause?: unknown): AppError {
    const { directory, minFreeDiskBytes, disk } = this.#options
    return diskFull(directory, Math.max(minFreeDiskBytes, this.#neededBytes), disk.freeBytes, cause)
  }

  #notify(): void {
    for (const listener of this.#listeners) {
      try {
        listener(this.#options.writer.durableEnd)
      } catch (error) {
        this.#options.logger.error({ err: error }, 'a listener of the event log failed')
      }
    }
  }

  #settle(batch: FrameBatch): void {
    this.#waiting -= batch.frames
    this.#waitingBytes -= batch.sizeBytes
  }
}
