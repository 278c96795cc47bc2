import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { DiskSpace } from './disk-space.ts'
import { checksumSeed } from './frame.ts'
import type { FrameBatch } from './frame-batch.ts'
import { isNoSpace } from './log-errors.ts'
import { type LogFile, type LogFileSystem, writeAll } from './log-file-system.ts'
import type { LogLogger } from './log-logger.ts'
import { segmentFileName } from './position.ts'
import { scanSegment } from './scan-segment.ts'
import { encodeSegmentHeader, SEGMENT_HEADER_BYTES } from './segment-header.ts'
import { DRAFT_ENDING } from './segments.ts'
import { WriteAhead, type WriteAheadSteps } from './write-ahead.ts'

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

/**
 * Puts batches on disk, one at a time. After a failure nothing may be committed until `recover` resolved.
 *
 * A failed write is cut off again and, when the disk was full, the same segment goes on. After a failed fdatasync the
 * kernel may have marked the lost pages as clean, so that a second fdatasync would succeed without them: that segment
 * ends at its last durable byte and is never written again.
 */
export class SegmentWriter {
  readonly #options: WriterOptions
  readonly #seed: number
  #file: LogFile | undefined
  #base: number
  #end: number
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

  /** Resolves with the position of the batch once it is on disk. */
  async commit(batch: FrameBatch): Promise<number> {
    const file = await this.#fileWithRoomFor(batch.sizeBytes)
    const position = this.#end
    try {
      await writeAll(file, batch.seal(position, this.#seed), position - this.#base)
    } catch (error) {
      await this.#distrust(file, !isNoSpace(error))
      throw error
    }
    try {
      await this.#sync(file)
    } catch (error) {
      await this.#distrust(file, true)
      throw error
    }
    this.#end = position + batch.sizeBytes
    this.bytesWritten += batch.sizeBytes
    this.#ahead.noteFrames(this.#end - this.#base, batch.sizeBytes)
    return position
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
    await this.#trim()
    await this.#file?.close()
    this.#file = undefined
  }

  get #path(): string {
    return join(this.#options.directory, segmentFileName(this.#base))
  }

  async #fileWithRoomFor(bytes: number): Promise<LogFile> {
    const used = this.#end - this.#base
    if (this.#ahead.isInTheWayOf(used + bytes)) await this.#ahead.settle()
    const isFull = used > SEGMENT_HEADER_BYTES && used + bytes > this.#options.segmentBytes
    const isUsable = !isFull && !this.#ahead.isDoubtful && this.#skipTo <= this.#end
    if (this.#file && isUsable) return this.#file
    return this.#beginSegment(Math.max(this.#end, this.#skipTo))
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
  }

  async #sync(file: LogFile): Promise<void> {
    const startedAtMs = performance.now()
    await file.sync()
    this.lastSyncMs = performance.now() - startedAtMs
    this.syncs++
  }

  async #distrust(file: LogFile, isUntrusted: boolean): Promise<void> {
    this.#isTorn = true
    this.#isUntrusted ||= isUntrusted
    await this.#cutBack(file).catch(() => undefined) // `recover` tries again.
  }

  async #cutBack(file: LogFile): Promise<void> {
    await this.#ahead.settle()
    await file.truncate(this.#end - this.#base)
    await file.sync()
    this.#ahead.noteCut(this.#end - this.#base)
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
