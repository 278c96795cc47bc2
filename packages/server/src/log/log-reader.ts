import { type FileHandle, open } from 'node:fs/promises'
import { join } from 'node:path'
import { announcedFrameSize, checksumSeed, FRAME_HEADER_BYTES, findFrame, frameSizeAt, INCOMPLETE } from './frame.ts'
import { readLogId } from './log-identity.ts'
import { segmentFileName } from './position.ts'
import { damageReason, type LogDamage } from './segments/scan-segment.ts'
import { decodeSegmentHeader, SEGMENT_HEADER_BYTES } from './segments/segment-header.ts'
import { listSegments } from './segments/segments.ts'

export interface LogFrame {
  readonly position: number
  /** Where the next frame may begin: the checkpoint of a reader that is done with this one. */
  readonly next: number
  readonly payload: Buffer
}

/** A stretch of the log, in order: every position before `next` is in a frame, in damage, or bookkeeping of the log. */
export interface LogPart {
  readonly frames: readonly LogFrame[]
  readonly damage: readonly LogDamage[]
  /** Where the next read goes on. */
  readonly next: number
}

/**
 * Reads a log from another thread or process than its writer's. `upTo` is a `durableEnd` that the writer told: nothing
 * behind it is looked at. Damage is reported once, and reading goes on with the first intact frame after it. The reader
 * changes no file. One `read` at a time.
 */
export interface LogReader {
  /** About `maxBytes` of the log, at least one frame if there is one. Payloads share a buffer that is never reused. */
  read(options: { upTo: number; maxBytes?: number }): Promise<LogPart>
  close(): Promise<void>
}

const MEBIBYTE = 1024 * 1024

export function openLogReader(directory: string, from: number): LogReader {
  return new SegmentedLogReader(directory, from)
}

interface SegmentRange {
  readonly base: number
  /** Where the next segment begins; `undefined` for the last one known. */
  readonly end: number | undefined
}

interface Progress {
  readonly frames: LogFrame[]
  readonly damage: LogDamage[]
  next: number
}

class SegmentedLogReader implements LogReader {
  readonly #directory: string
  #position: number
  #seed: number | undefined
  #bases: readonly number[] = []
  #current: { readonly base: number; readonly file: FileHandle } | undefined

  constructor(directory: string, from: number) {
    this.#directory = directory
    this.#position = from
  }

  async read({ upTo, maxBytes = 4 * MEBIBYTE }: { upTo: number; maxBytes?: number }): Promise<LogPart> {
    this.#seed ??= checksumSeed(await readLogId(this.#directory))
    const progress: Progress = { frames: [], damage: [], next: this.#position }
    while (progress.next < upTo && progress.frames.length === 0) {
      await this.#advance(progress, upTo, maxBytes, this.#seed)
    }
    this.#position = progress.next
    return progress
  }

  async close(): Promise<void> {
    await this.#current?.file.close()
    this.#current = undefined
  }

  /** One block of one segment, or one step around something that is missing. */
  async #advance(progress: Progress, upTo: number, blockBytes: number, seed: number): Promise<void> {
    const from = progress.next
    const segment = await this.#segmentAt(from)
    if (segment === undefined) return noteMissing(progress, Math.min(this.#bases[0] ?? upTo, upTo))

    const limit = Math.min(segment.end ?? upTo, upTo)
    const wantedBytes = Math.min(limit - from, Math.max(blockBytes, SEGMENT_HEADER_BYTES))
    const bytes = await this.#bytesAt(segment.base, from, wantedBytes)
    const intactBytes = takeFrames(progress, bytes, segment.base, seed)
    if (intactBytes === bytes.length && intactBytes > 0) return
    const isWhole = bytes.length < wantedBytes || from + bytes.length === limit
    const isCutByBlock = !isWhole && isIncomplete(bytes, intactBytes, from, segment.base, seed)
    if (!isCutByBlock) {
      // The segment may have ended here meanwhile, its file at this byte or with zeros that stayed behind it.
      if (segment.end === undefined && (await this.#lookForSegments())) return
      if (bytes.length === 0) return noteMissing(progress, limit)
      return this.#skipDamage(progress, segment.base, limit, seed)
    }
    if (intactBytes > 0) return
    const frameBytes = announcedFrameSize(bytes, 0) ?? FRAME_HEADER_BYTES
    return this.#advance(progress, upTo, Math.max(frameBytes, blockBytes + 1), seed)
  }

  /** Looks for the next intact frame in all the rest of the segment: damage is rare, and losing what follows is worse. */
  async #skipDamage(progress: Progress, base: number, limit: number, seed: number): Promise<void> {
    const from = progress.next
    const bytes = await this.#bytesAt(base, from, limit - from)
    const to = from + (findFrame(bytes, 1, from, seed) ?? bytes.length)
    progress.damage.push({ from, to, reason: damageReason(from - base) })
    progress.next = to
  }

  async #segmentAt(position: number): Promise<SegmentRange | undefined> {
    if (this.#bases.length === 0) await this.#lookForSegments()
    const index = this.#bases.findLastIndex((base) => base <= position)
    const base = this.#bases[index]
    return base === undefined ? undefined : { base, end: this.#bases[index + 1] }
  }

  /** Whether there are segments that were not known yet. */
  async #lookForSegments(): Promise<boolean> {
    const known = this.#bases.at(-1)
    this.#bases = await listSegments(this.#directory)
    return this.#bases.at(-1) !== known
  }

  /** What the segment's file holds there: less than `byteCount` only at its end. */
  async #bytesAt(base: number, position: number, byteCount: number): Promise<Buffer> {
    const file = await this.#fileOf(base)
    const bytes = Buffer.allocUnsafeSlow(byteCount)
    let filled = 0
    while (filled < byteCount) {
      const { bytesRead } = await file.read(bytes, filled, byteCount - filled, position - base + filled)
      if (bytesRead === 0) break
      filled += bytesRead
    }
    return bytes.subarray(0, filled)
  }

  async #fileOf(base: number): Promise<FileHandle> {
    if (this.#current?.base === base) return this.#current.file
    await this.close()
    const file = await open(join(this.#directory, segmentFileName(base)), 'r')
    this.#current = { base, file }
    return file
  }
}

/** Takes the header and the intact frames that `bytes` begin with. Returns how many bytes those are. */
function takeFrames(progress: Progress, bytes: Buffer, base: number, seed: number): number {
  const from = progress.next
  let offset = from === base && decodeSegmentHeader(bytes)?.base === base ? SEGMENT_HEADER_BYTES : 0
  for (;;) {
    const position = from + offset
    progress.next = position
    if (position < base + SEGMENT_HEADER_BYTES) return offset
    const size = frameSizeAt(bytes, offset, position, seed)
    if (size <= 0) return offset
    const payload = bytes.subarray(offset + FRAME_HEADER_BYTES, offset + size)
    progress.frames.push({ position, next: position + size, payload })
    offset += size
  }
}

function isIncomplete(bytes: Buffer, offset: number, from: number, base: number, seed: number): boolean {
  if (from + offset < base + SEGMENT_HEADER_BYTES) return false
  return frameSizeAt(bytes, offset, from + offset, seed) === INCOMPLETE
}

function noteMissing(progress: Progress, to: number): void {
  progress.damage.push({ from: progress.next, to, reason: 'bytes_missing' })
  progress.next = to
}
