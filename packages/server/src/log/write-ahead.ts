import type { DiskSpace } from './disk-space.ts'
import { isNoSpace } from './log-errors.ts'
import { type LogFile, type LogFileSystem, writeAll } from './log-file-system.ts'
import type { LogLogger } from './log-logger.ts'

/** How many zeros are written at a time: each time twice as many as before. */
export interface WriteAheadSteps {
  readonly firstBytes: number
  /** 0 turns writing ahead off. */
  readonly maxBytes: number
}

export const DEFAULT_STEPS: WriteAheadSteps = { firstBytes: 256 * 1024, maxBytes: 8 * 1024 * 1024 }

interface WriteAheadOptions {
  readonly fs: LogFileSystem
  readonly disk: DiskSpace
  readonly minFreeDiskBytes: number
  readonly segmentBytes: number
  readonly logger: LogLogger
  readonly writeAhead: WriteAheadSteps
}

interface AheadOf {
  readonly path: string
  /** How much of the file is frames. Nothing is behind them. */
  readonly sizeBytes: number
  /** What the segment before this one came to. */
  readonly lastStepBytes: number
}

/** A piece is copied into the page cache under the file's lock, for which an append would have to wait. */
const PIECE = Buffer.alloc(256 * 1024)
/** The sync of a larger batch takes its time for the bytes. Zeros in front of it would only be twice the work. */
const LARGE_BATCH_BYTES = 256 * 1024
/** The zeros wait for frames on a disk that has room: they take no more than this part of it. */
const MAX_SHARE_OF_FREE_DISK = 1 / 8

/**
 * Zeros on disk in front of the frames of one segment, written in the background long before the frames get there.
 *
 * An fdatasync that makes a file longer has to commit the file system's journal, and waits there for every other
 * process's fsync; one that only replaces bytes does not. Beside busy engines that is the difference between
 * milliseconds and a tenth of one.
 *
 * Speed alone rests on the zeros: where there are none, because of a nearly full disk, a failure, or a writer that is
 * faster than the disk, frames make the file longer themselves.
 */
export class WriteAhead {
  readonly #options: WriteAheadOptions
  readonly #path: string
  #sizeBytes: number
  #lastStepBytes: number
  #extension: Promise<void> | undefined
  #isOff = false
  /** Whether the file may be longer than its frames. */
  mayHaveZeros = false
  /** A sync failed that covered frames too: no more of them should go into this file. */
  isDoubtful = false

  constructor(options: WriteAheadOptions, { path, sizeBytes, lastStepBytes }: AheadOf) {
    this.#options = options
    this.#path = path
    this.#sizeBytes = sizeBytes
    this.#lastStepBytes = lastStepBytes
  }

  /** The end of the zeros, or of the frames where there are none. */
  get sizeBytes(): number {
    return this.#sizeBytes
  }

  get lastStepBytes(): number {
    return this.#lastStepBytes
  }

  /** Whether frames up to that offset would meet zeros that are just being written, which might come out on top. */
  isInTheWayOf(end: number): boolean {
    return this.#extension !== undefined && end > this.#sizeBytes
  }

  /** Resolves when nothing is being written. Never rejects. */
  async settle(): Promise<void> {
    await this.#extension
  }

  /** Frames reach to `end` now. Begins to write more zeros when few are left. */
  noteFrames(end: number, batchBytes: number): void {
    if (end > this.#sizeBytes) {
      this.#options.disk.noteWritten(end - this.#sizeBytes)
      this.#sizeBytes = end
    }
    const isEnough = this.#sizeBytes - end > this.#lastStepBytes / 2
    if (this.#isOff || this.#extension || isEnough || batchBytes > LARGE_BATCH_BYTES) return
    const stepBytes = this.#nextStepBytes()
    if (stepBytes > 0) this.#extension = this.#extend(this.#sizeBytes, stepBytes)
  }

  /** The file was cut to `sizeBytes` while nothing was being written. */
  noteCut(sizeBytes: number): void {
    this.#sizeBytes = sizeBytes
    this.mayHaveZeros = false
  }

  #nextStepBytes(): number {
    const { disk, minFreeDiskBytes, segmentBytes, writeAhead } = this.#options
    const doubled = Math.max(this.#lastStepBytes * 2, writeAhead.firstBytes)
    const stepBytes = Math.min(doubled, writeAhead.maxBytes, segmentBytes - this.#sizeBytes)
    const isAffordable = stepBytes <= (disk.freeBytes - minFreeDiskBytes) * MAX_SHARE_OF_FREE_DISK
    return isAffordable ? stepBytes : 0
  }

  /**
   * Through a file description of its own: Linux tells a failed write-back once to each of them. Through that of the
   * appends, the sync here could be told of frames that got lost, and the sync of those frames would then succeed.
   */
  async #extend(from: number, stepBytes: number): Promise<void> {
    const { fs, disk } = this.#options
    disk.noteWritten(stepBytes)
    this.mayHaveZeros = true
    try {
      const file = await fs.open(this.#path, 'r+')
      try {
        await this.#writeZeros(file, from, from + stepBytes)
        await file.sync().catch((error) => {
          this.isDoubtful = true
          throw error
        })
      } finally {
        await file.close()
      }
      this.#sizeBytes = from + stepBytes
      this.#lastStepBytes = Math.max(this.#lastStepBytes, stepBytes)
    } catch (error) {
      this.#isOff = true
      this.#options.logger.warn({ path: this.#path, err: error }, 'the event log is not written ahead in this segment')
    } finally {
      this.#extension = undefined
    }
  }
  async #writeZeros(file: LogFile, from: number, to: number): Promise<void> {
    try {
      for (let at = from; at < to; at += PIECE.length) await writeAll(file, [PIECE.subarray(0, to - at)], at)
    } catch (error) {
      if (isNoSpace(error)) await file.truncate(from) // Frames may need what the zeros took.
      throw error
    }
  }
}
