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
import type { SegmentWriter } from './segments/segment-writer.ts'

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

/** A disk does two syncs in little more than the time of one, and appends wait half as long for the next to begin. */
const MAX_UNDER_WAY = 2
/** The second one begins when as much has gathered as is under way: small batches cost more than they gain. */
const WORTH_A_SYNC = 1

/**
 * Gathers appends while the disk is busy and commits them together, decides which are refused, and gets the log going
 * again after a failure. While the log is full or failed, nothing is written.
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
  /** In the order of their positions. */
  readonly #underWay: FrameBatch[] = []
  /** Taken off the queue, and failed before they were under way. */
  readonly #unwritten: FrameBatch[] = []
  /** A batch is about to be written, or being written. */
  #launch: Promise<void> | undefined
  #writing: Promise<void> | undefined
  #recovery: Promise<void> | undefined

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
    this.#proceed()
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
    await this.#idle()
    await this.#options.writer.close()
  }

  /** Resolves when nothing waits and nothing is under way. */
  async #idle(): Promise<void> {
    while (this.#launch || this.#recovery || this.#underWay.length > 0) {
      await Promise.all([this.#launch, this.#recovery])
      await nextTurn()
    }
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

  /** Sends the next batch on its way, if now is the time for it. */
  #proceed(): void {
    const [next] = this.#queue
    if (!next || this.#launch || this.#problem || this.#underWay.length >= MAX_UNDER_WAY) return
    const before = this.#underWay.at(-1)
    if (before && next.frames < before.frames * WORTH_A_SYNC) return
    this.#launch = this.#launchNext(before === undefined)
  }

  /** With nothing under way it waits for the next turn of the event loop: all requests that came in this one share a sync. */
  async #launchNext(gathers: boolean): Promise<void> {
    if (gathers) await nextTurn()
    // While a failure is dealt with, what waits is left to that.
    const batch = this.#problem ? undefined : this.#queue.shift()
    if (batch) {
      try {
        this.#writing = this.#write(batch)
        await this.#writing
      } catch (error) {
        await this.#fail(error, [batch])
      }
    }
    this.#launch = undefined
    this.#proceed()
  }

  async #write(batch: FrameBatch): Promise<void> {
    const { writer, disk } = this.#options
    if (disk.isStale || this.#lacksSpace()) await disk.refresh()
    if (this.#lacksSpace()) throw this.#tooLittleSpace()
    const { position, durable } = await writer.write(batch)
    this.#underWay.push(batch)
    durable.then(
      () => this.#finish(batch, position),
      (error) => this.#fail(error, []),
    )
  }

  /**
   * The batch that gathered meanwhile is on its way before the appends of this one hear of their success: what they do next,
   * answering and reading new requests, then runs beside the disk's work instead of before it.
   */
  #finish(batch: FrameBatch, position: number): void {
    this.#failures = 0
    this.#underWay.shift()
    this.#settle(batch)
    this.#notify()
    this.#proceed()
    setImmediate(() => batch.acknowledge(position))
  }

  /** The first failure speaks for all that is under way and all that waits. */
  async #fail(cause: unknown, refused: readonly FrameBatch[]): Promise<void> {
    this.#unwritten.push(...refused)
    this.#recovery ??= this.#recoverFrom(cause)
    if (refused.length > 0) await this.#recovery
  }

  async #recoverFrom(cause: unknown): Promise<void> {
    const { writer, disk } = this.#options
    // Set before anything else can happen: nothing is launched and nothing taken from here on.
    this.#problem = this.#translate(cause)
    await this.#writing?.catch(() => undefined)
    await writer.abandon()
    await disk.refresh().catch(() => undefined)
    const batches = [...this.#underWay.splice(0), ...this.#unwritten.splice(0), ...this.#queue.splice(0)]
    this.#neededBytes = batches[0]?.sizeBytes ?? 0
    const problem = this.#translate(cause)
    this.#recovery = undefined
    this.#suspend(problem)
    for (const batch of batches) {
      this.#settle(batch)
      batch.refuse(problem)
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
      this.#recovery = this.#resume()
    }, retryInMs).unref()
  }

  async #resume(): Promise<void> {
    const { directory, logger, writer, disk } = this.#options
    try {
      await disk.refresh()
      if (this.#lacksSpace(this.#neededBytes)) throw this.#tooLittleSpace()
      await writer.recover()
    } catch (error) {
      this.#recovery = undefined
      this.#suspend(this.#translate(error))
      return
    }
    // No await from here on: an append sees either a log that refuses, or one that is ready to commit.
    this.#recovery = undefined
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
