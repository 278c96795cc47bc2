import { chmod, readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'
import { type LogFile, type LogFileSystem, nodeLogFileSystem, writeAll } from '../log-file-system.ts'
import { segmentFileName } from '../position.ts'
import { DRAFT_ENDING } from '../segments/segments.ts'

/**
 * Bytes of a segment that are replaced where they stand. A frame and its checksum cannot be written in one step, so what is
 * about to be written is on disk, under a name of its own, before the first byte of the segment changes: whatever dies in
 * between, doing all of it once more leaves the segment as it should be. What is replaced is not in the journal.
 */
export interface SegmentPatch {
  /** The segment's first position. */
  readonly base: number
  /** It was complete, so nobody may write it afterwards. */
  readonly isSealed: boolean
  /** Offsets in the file. */
  readonly blanks: readonly { readonly at: number; readonly byteCount: number }[]
  readonly checksums: readonly { readonly at: number; readonly hex: string }[]
}

/** What stands in place of a line that was taken out, followed by spaces. */
const REDACTED = '{"redacted":true}'
const FILE_NAME = 'redaction.journal'

/** Whether a line of a frame was taken out: there is nothing to read in it, and nothing is wrong with it. */
export function isRedacted(line: string): boolean {
  // A range too short for the marker is spaces alone, and no other line begins with one.
  return line.startsWith(REDACTED) || line.startsWith(' ')
}

export function redactedBytes(byteCount: number): Buffer {
  const bytes = Buffer.alloc(byteCount, ' ')
  if (byteCount >= REDACTED.length) bytes.write(REDACTED, 'latin1')
  return bytes
}

/** When this resolves, the patch is on disk. One patch at a time; a failure leaves it for `recoverRedactions`. */
export async function patchSegment(directory: string, patch: SegmentPatch, fs: LogFileSystem): Promise<void> {
  await writeJournal(directory, patch, fs)
  await apply(directory, patch, fs)
  await removeJournal(directory, fs)
}

/**
 * Finishes the patch that a crash or a failure interrupted. To be called before anything reads the log; without a patch
 * under way it does nothing.
 */
export async function recoverRedactions(directory: string, fs: LogFileSystem = nodeLogFileSystem): Promise<void> {
  const text = await readFile(join(directory, FILE_NAME), 'utf8').catch(undefinedWhenMissing)
  if (text === undefined) return
  // Empty: the patch was done, and the journal's removal was not on disk yet.
  if (text !== '') await apply(directory, parseJournal(directory, text), fs)
  await removeJournal(directory, fs)
}

async function writeJournal(directory: string, patch: SegmentPatch, fs: LogFileSystem): Promise<void> {
  const path = join(directory, FILE_NAME)
  const json = JSON.stringify(patch)
  const file = await fs.open(path + DRAFT_ENDING, 'w')
  try {
    await writeAll(file, [Buffer.from(`${crc32(json).toString(16).padStart(8, '0')} ${json}`)], 0)
    await file.sync()
  } finally {
    await file.close()
  }
  await fs.rename(path + DRAFT_ENDING, path)
  await fs.syncDirectory(directory)
}

/** It got its name when it was on disk as a whole: if it is not whole now, the disk has damaged it. */
function parseJournal(directory: string, text: string): SegmentPatch {
  const json = text.slice(9)
  if (Number.parseInt(text.slice(0, 8), 16) === crc32(json)) return JSON.parse(json)
  throw new AppError('log_corrupt', `${join(directory, FILE_NAME)} is damaged`, {
    hint: 'One frame of the log may be damaged as well. Move the file away, start the server, and ask for the erasure again.',
  })
}

async function apply(directory: string, patch: SegmentPatch, fs: LogFileSystem): Promise<void> {
  const path = join(directory, segmentFileName(patch.base))
  if (patch.isSealed) await chmod(path, 0o600)
  const file = await fs.open(path, 'r+')
  try {
    await write(file, patch)
    await file.sync()
    if (patch.isSealed) await file.seal()
  } finally {
    await file.close()
  }
}

async function write(file: LogFile, { blanks, checksums }: SegmentPatch): Promise<void> {
  for (const { at, byteCount } of blanks) await writeAll(file, [redactedBytes(byteCount)], at)
  for (const { at, hex } of checksums) await writeAll(file, [Buffer.from(hex, 'hex')], at)
}

/** Emptied first: a removed file may come back after a loss of power, and must then ask for nothing. */
async function removeJournal(directory: string, fs: LogFileSystem): Promise<void> {
  const path = join(directory, FILE_NAME)
  const file = await fs.open(path, 'r+')
  try {
    await file.truncate(0)
    await file.sync()
  } finally {
    await file.close()
  }
  await rm(path)
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
