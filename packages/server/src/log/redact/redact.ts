import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { checksumSeed, FRAME_HEADER_BYTES, sealFrames, writeFrameLength } from '../frame.ts'
import { type LogFileSystem, nodeLogFileSystem, writeAll } from '../log-file-system.ts'
import { readLogId } from '../log-identity.ts'
import { type LogFrame, openLogReader } from '../log-reader.ts'
import { segmentFileName } from '../position.ts'
import type { LogDamage } from '../segments/scan-segment.ts'
import { DRAFT_ENDING, listSegments } from '../segments/segments.ts'
import { patchSegment, recoverRedactions, redactedBytes, type SegmentPatch } from './redaction-journal.ts'

/**
 * Takes lines out of the log for good, as people may demand of what is known about them. Everything keeps its place and
 * its length: a line becomes a marker and spaces, and its frame gets a new checksum, so that positions stay what they are
 * and the log reads as before, without those lines.
 */
export interface RedactOptions {
  readonly directory: string
  /** Bytes from here on are left alone. Nobody may be reading those before it, who would see half a change as damage. */
  readonly upTo: number
  /** What has to go from a frame's payload, in order; never its first line. */
  readonly findInFrame: (payload: Buffer) => readonly ByteRange[]
  /** The same for bytes that are damaged and no frames any more. */
  readonly findInDamage: (bytes: Buffer) => readonly ByteRange[]
  readonly onProgress?: ((position: number) => void) | undefined
  /** Before each change, which is then made as a whole or not at all, also by a later run. */
  readonly beforeChange?: ((change: RedactionChange) => Promise<void>) | undefined
  readonly signal?: AbortSignal | undefined
  readonly fs?: LogFileSystem
}

export interface RedactionChange {
  /** The same in a later run that finds it once more. */
  readonly id: string
  readonly ranges: number
}

/** Half-open. */
export interface ByteRange {
  readonly from: number
  readonly to: number
}

/** Small: between two blocks others have their turn. */
const BLOCK_BYTES = 1024 * 1024

/** Returns how many ranges were taken out. Can be repeated, after any failure too: what is gone is not found again. */
export async function redactLog(options: RedactOptions): Promise<number> {
  const { directory, upTo, fs = nodeLogFileSystem, onProgress, signal } = options
  await recoverRedactions(directory, fs)
  const seed = checksumSeed(await readLogId(directory))
  const bases = await listSegments(directory)
  const start = bases[0] ?? upTo
  let redacted = 0
  const reader = openLogReader(directory, start)
  try {
    for (let position = start; position < upTo; ) {
      signal?.throwIfAborted()
      const { frames, damage, next } = await reader.read({ upTo, maxBytes: BLOCK_BYTES })
      const builder = patchBuilder(directory, bases, seed)
      for (const frame of frames) builder.addFrame(frame, options.findInFrame(frame.payload))
      for (const one of damage) await builder.addDamage(one, options.findInDamage)
      for (const patch of await builder.patches()) {
        const at = patch.blanks.reduce((least, blank) => Math.min(least, blank.at), Number.POSITIVE_INFINITY)
        await options.beforeChange?.({ id: `${patch.base} ${at}`, ranges: patch.blanks.length })
        await patchSegment(directory, patch, fs)
        redacted += patch.blanks.length
      }
      position = next
      onProgress?.(position)
    }
  } finally {
    await reader.close()
  }
  return redacted + (await redactCopies(join(directory, 'damaged'), options, fs))
}

interface MutablePatch {
  readonly blanks: SegmentPatch['blanks'][number][]
  readonly checksums: SegmentPatch['checksums'][number][]
}

/** Gathers what has to change in each segment. A block of the log is nearly always in one. */
function patchBuilder(directory: string, bases: readonly number[], seed: number) {
  const byBase = new Map<number, MutablePatch>()
  const baseOf = (position: number) => bases.findLast((base) => base <= position) ?? position
  const patchOf = (base: number) => {
    const known = byBase.get(base) ?? { blanks: [], checksums: [] }
    byBase.set(base, known)
    return known
  }
  const addBlanks = (base: number, offset: number, ranges: readonly ByteRange[]) => {
    for (const { from, to } of ranges) patchOf(base).blanks.push({ at: offset + from, byteCount: to - from })
  }
  return {
    addFrame({ position, payload }: LogFrame, ranges: readonly ByteRange[]): void {
      if (ranges.length === 0) return
      const base = baseOf(position)
      const offset = position - base
      addBlanks(base, offset + FRAME_HEADER_BYTES, ranges)
      patchOf(base).checksums.push({ at: offset + 4, hex: checksumWithout(payload, ranges, position, seed) })
    },
    async addDamage({ from, to }: LogDamage, find: RedactOptions['findInDamage']): Promise<void> {
      const base = baseOf(from)
      const bytes = await readFile(join(directory, segmentFileName(base))).catch(() => Buffer.alloc(0))
      addBlanks(base, from - base, find(bytes.subarray(from - base, to - base)))
    },
    async patches(): Promise<SegmentPatch[]> {
      const patches = [...byBase].filter(([, { blanks }]) => blanks.length > 0)
      return Promise.all(
        patches.map(async ([base, patch]) => ({ base, isSealed: await isSealed(directory, base), ...patch })),
      )
    },
  }
}

async function isSealed(directory: string, base: number): Promise<boolean> {
  const { mode } = await stat(join(directory, segmentFileName(base)))
  return (mode & 0o200) === 0
}

/** The checksum in hex that the frame has once the ranges of its payload are replaced. */
function checksumWithout(payload: Buffer, ranges: readonly ByteRange[], position: number, seed: number): string {
  const frame = Buffer.concat([Buffer.alloc(FRAME_HEADER_BYTES), payload])
  for (const { from, to } of ranges) frame.set(redactedBytes(to - from), FRAME_HEADER_BYTES + from)
  writeFrameLength(frame, 0, payload.length)
  sealFrames(frame, position, seed)
  return frame.toString('hex', 4, 8)
}

/** What recovery kept of damaged bytes, for people to look at. */
async function redactCopies(
  directory: string,
  { findInDamage, beforeChange }: RedactOptions,
  fs: LogFileSystem,
): Promise<number> {
  let redacted = 0
  for (const name of await readdir(directory).catch(() => [])) {
    const path = join(directory, name)
    const bytes = await readFile(path)
    const ranges = findInDamage(bytes)
    if (ranges.length === 0) continue
    await beforeChange?.({ id: name, ranges: ranges.length })
    for (const { from, to } of ranges) bytes.set(redactedBytes(to - from), from)
    const file = await fs.open(path + DRAFT_ENDING, 'w')
    try {
      await writeAll(file, [bytes], 0)
      await file.sync()
    } finally {
      await file.close()
    }
    await fs.rename(path + DRAFT_ENDING, path)
    await fs.syncDirectory(directory)
    redacted += ranges.length
  }
  return redacted
}
