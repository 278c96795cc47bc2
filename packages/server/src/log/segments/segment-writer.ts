import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskSpace } from '../disk-space.ts'
import { checksumSeed } from '../frame.ts'
import type { FrameBatch } from '../frame-batch.ts'
import { isNoSpace } from '../log-errors.ts'
import { type LogFile, type LogFileSystem, writeAll } from '../log-file-system.ts'
import type { LogLogger } from '../log-logger.ts'
import { segmentFileName } from '../position.ts'
import { WriteAhead, type WriteAheadSteps } from '../write-ahead.ts'
import { scanSegment } from './scan-segment.ts'
import { encodeSegmentHeader, SEGMENT_HEADER_BYTES } from './segment-header.ts'
import { DRAFT_ENDING } from './segments.ts'

interface WriterOptions {
  readonly directory: string
  readonly logId: string
  readonly segmentBytes: number
  readonly minFreeDiskBytes: number
  readonly writeAhead: WriteAheadSteps
  readonly disk: DiskSpace
  readonly fs: LogFileSystem
  readonly logger: LogLogger
  /** Where the log ends, and the file that it ends in if that can take more. */
  readonly end: number
  readonly base: number
  readonly file: LogFile | undefined
}

/** A batch that was handed to the operating system. */
export interface WrittenBatch {
  readonly position: number
  /** Resolves when the batch and all before it are on disk; rejects when it, or one before it, may not be. */
  readonly durable: Promise<void>
}

/**
 * Puts batches on disk. Writes come one at a time; two syncs may be under way at once. After a failure nothing may be
 * written until `abandon` and then `recover` resolved.
 *
 * Each of the two syncs has a file description of its own: Linux tells a failed write-back once to each of them. Through
 * one, the sync of the second batch could be told of a failure that lost the first, whose own would then succeed.
 *
 * A failed write is cut off again and, when the disk was full, the same segment goes on. After a failed fdatasync the
 * kernel may have marked the lost pages as clean, so that a second fdatasync would succeed without them: that segment
 * ends at its last durable byte and is never written again.
 */
export class SegmentWriter {
  readonly #options: WriterOptions
  readonly #seed: number
  #file: LogFile | undefined
  #secondFile: LogFile | undefined
  #base: number
  /** Of what is on disk, and of what was written. */
  #end: number
  #written: number
  #syncsUnderWay = 0
  #lastSynced: LogFile | undefined
  /** Settles with the last batch that was written. */
  #last: Promise<void> = Promise.resolve()
  #ahead: WriteAhead
  #skipTo = 0
  #isTorn = false
  #isUntrusted = false
  segmentsBegun = 0
  bytesWritten = 0
  syncs = 0
  lastSyncMs = 0

  constructor(options: WriterOptions) {
    this.#options = options
    this.#seed = checksumSeed(options.logId)
    this.#file = options.file
    this.#base = options.base
    this.#end = options.end
    this.#written = options.end
    this.#ahead = this.#aheadOf(options.end - options.base, 0)
  }

  /** Every byte before this position is on disk. */
  get durableEnd(): number {
    return this.#end
  }

  /** Zeros that wait for frames: the disk holds these bytes as well. */
  get preparedBytes(): number {
    return this.#base + this.#ahead.sizeBytes - this.#end
  }

  /** No later batch gets a position before this one. */
  skipTo(position: number): void {
    this.#skipTo = Math.max(this.#skipTo, position)
  }

  /** Resolves once the batch was written behind the last one and its sync has begun. */
  async write(batch: FrameBatch): Promise<WrittenBatch> {
    const file = await this.#fileWithRoomFor(batch.sizeBytes)
    const position = this.#written
    try {
      await writeAll(file, batch.seal(position, this.#seed), position - this.#base)
    } catch (error) {
      this.#isTorn = true
      this.#isUntrusted ||= !isNoSpace(error)
      throw error
    }
    this.#written = position + batch.sizeBytes
    this.#ahead.noteFrames(this.#written - this.#base, batch.sizeBytes)
    const durable = this.#durable(await this.#descriptionFor(file), this.#last, position + batch.sizeBytes)
    this.#last = durable
    durable.catch(() => undefined) // Whoever waits for the batch hears of it.
    return { position, durable }
  }

  /** After a failure, and once every sync has ended: takes what is not known to be on disk out of the file, if it can. */
  async abandon(): Promise<void> {
    await this.#last.catch(() => undefined)
    this.#last = Promise.resolve()
    this.#isTorn ||= this.#written > this.#end
    if (this.#isTorn && this.#file) await this.#cutBack(this.#file).catch(() => undefined) // `recover` tries again.
  }

  /** Makes the log fit for the next batch after a failure, or throws because it still isn't. */
  async recover(): Promise<void> {
    if (this.#isTorn && this.#file) await this.#cutBack(this.#file)
    if (!this.#isUntrusted) return
    await this.#recheck()
    await this.#beginSegment(Math.max(this.#end, this.#skipTo))
    this.#isUntrusted = false
  }

  async close(): Promise<void> {
    await this.#last.catch(() => undefined)
    await this.#trim()
    await this.#secondFile?.close()
    await this.#file?.close()
    this.#file = undefined
    this.#secondFile = undefined
  }

  get #path(): string {
    return join(this.#options.directory, segmentFileName(this.#base))
  }

  async #fileWithRoomFor(bytes: number): Promise<LogFile> {
    const used = this.#written - this.#base
    if (this.#ahead.isInTheWayOf(used + bytes)) await this.#ahead.settle()
    const isFull = used > SEGMENT_HEADER_BYTES && used + bytes > this.#options.segmentBytes
    const isUsable = !isFull && !this.#ahead.isDoubtful && this.#skipTo <= this.#written
    if (this.#file && isUsable) return this.#file
    // A segment is complete when all of it is on disk.
    await this.#last
    return this.#beginSegment(Math.max(this.#end, this.#skipTo))
  }

  /** Another than the sync that is under way has. */
  async #descriptionFor(file: LogFile): Promise<LogFile> {
    if (this.#syncsUnderWay > 0 && this.#lastSynced === file) {
      this.#secondFile ??= await this.#options.fs.open(this.#path, 'r+')
      this.#lastSynced = this.#secondFile
    } else this.#lastSynced = file
    return this.#lastSynced
  }

  async #durable(description: LogFile, before: Promise<void>, end: number): Promise<void> {
    const own = this.#sync(description)
    const [earlier, later] = await Promise.allSettled([before, own])
    if (earlier.status === 'rejected') throw earlier.reason
    if (later.status === 'rejected') {
      this.#isUntrusted = true
      throw later.reason
    }
    this.bytesWritten += end - this.#end
    this.#end = end
  }

  /**
   * The new file gets its name, and takes its first frame, only when its header and then its name are on disk. The file
   * before it has lost its zeros by then: only in the last segment does the log end before the file.
   */
  async #beginSegment(base: number): Promise<LogFile> {
    await this.#trim()
    const { directory, logId, fs } = this.#options
    const path = join(directory, segmentFileName(base))
    const file = await fs.open(path + DRAFT_ENDING, 'w')
    try {
      await writeAll(file, [encodeSegmentHeader({ logId, base })], 0)
      await this.#sync(file)
      await fs.rename(path + DRAFT_ENDING, path)
      await fs.syncDirectory(directory)
    } catch (error) {
      await file.close().catch(() => undefined)
      throw error
    }
    await this.#sealCurrent()
    this.#file = file
    this.#base = base
    this.#end = base + SEGMENT_HEADER_BYTES
    this.#written = this.#end
    this.#ahead = this.#aheadOf(SEGMENT_HEADER_BYTES, this.#ahead.lastStepBytes)
    this.segmentsBegun++
    this.bytesWritten += SEGMENT_HEADER_BYTES
    return file
  }

  #aheadOf(sizeBytes: number, lastStepBytes: number): WriteAhead {
    return new WriteAhead(this.#options, { path: this.#path, sizeBytes, lastStepBytes })
  }

  /** Cuts the zeros off the file. Should they stay there, they take space and do no harm. */
  async #trim(): Promise<void> {
    await this.#ahead.settle()
    if (!this.#ahead.mayHaveZeros || !this.#file) return
    await this.#cutBack(this.#file).catch((error) => {
      this.#ahead.isDoubtful = true
      this.#options.logger.warn({ path: this.#path, err: error }, 'could not cut the unused end off a segment')
    })
  }

  async #sealCurrent(): Promise<void> {
    const warn = (error: unknown) => {
      this.#options.logger.warn({ path: this.#path, err: error }, 'could not make a complete segment read-only')
    }
    await this.#file?.seal().catch(warn)
    await this.#file?.close().catch(warn)
    await this.#secondFile?.close().catch(warn)
    this.#secondFile = undefined
  }

  async #sync(file: LogFile): Promise<void> {
    const startedAtMs = performance.now()
    this.#syncsUnderWay++
    try {
      await file.sync()
    } finally {
      this.#syncsUnderWay--
    }
    this.lastSyncMs = performance.now() - startedAtMs
    this.syncs++
  }

  async #cutBack(file: LogFile): Promise<void> {
    await this.#ahead.settle()
    await file.truncate(this.#end - this.#base)
    await file.sync()
    this.#ahead.noteCut(this.#end - this.#base)
    this.#written = this.#end
    this.#isTorn = false
  }

  /** Reads back what was acknowledged in a segment whose sync failed: its last page was partly old and partly new. */
  async #recheck(): Promise<void> {
    const path = this.#path
    const expected = { path, expectedEnd: this.#end }
    try {
      const { end, damage } = scanSegment(await readFile(path), this.#base, this.#seed)
      if (end === this.#end && damage.length === 0) return
      this.#options.logger.error({ ...expected, end, damage }, 'acknowledged events were damaged by a failed sync')
    } catch (error) {
      this.#options.logger.error({ ...expected, err: error }, 'could not read a segment back after a failed sync')
    }
  }
}
