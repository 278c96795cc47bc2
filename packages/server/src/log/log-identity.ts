import { randomUUID } from 'node:crypto'
import { open, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { z } from 'zod'
import { type LogFileSystem, writeAll } from './log-file-system.ts'
import { segmentFileName } from './position.ts'
import { decodeSegmentHeader, SEGMENT_HEADER_BYTES } from './segments/segment-header.ts'
import { DRAFT_ENDING, listSegments } from './segments/segments.ts'

const FILE_NAME = 'log.json'
const Identity = z.object({ id: z.uuid() })

/** The id of the log in that directory: the one in `log.json`, or in the segments should that file be lost. */
export async function readLogId(directory: string): Promise<string> {
  const id = await findLogId(directory)
  if (id !== undefined) return id
  throw new AppError(
    'log_corrupt',
    `There is no event log in ${directory}: neither log.json nor a segment names its id`,
    {
      hint: 'Check the data directory. A log that was never used is made by starting the server.',
    },
  )
}

/** The same, but gives a directory without segments a new id. What was missing in `log.json` is written. */
export async function readOrMakeLogId(directory: string, fs: LogFileSystem): Promise<string> {
  const stored = await idInFile(directory)
  if (stored !== undefined) return stored
  const isNew = (await listSegments(directory)).length === 0
  const id = isNew ? randomUUID() : await readLogId(directory)
  await writeIdentity(directory, id, fs)
  return id
}

async function findLogId(directory: string): Promise<string | undefined> {
  return (await idInFile(directory)) ?? (await idInSegments(directory))
}

async function idInFile(directory: string): Promise<string | undefined> {
  const text = await readFile(join(directory, FILE_NAME), 'utf8').catch(undefinedWhenMissing)
  if (text === undefined) return undefined
  try {
    return Identity.parse(JSON.parse(text)).id
  } catch {
    return undefined // An unreadable file is written anew from the id that all segments carry.
  }
}

async function idInSegments(directory: string): Promise<string | undefined> {
  const bases = (await listSegments(directory).catch(undefinedWhenMissing)) ?? []
  for (const base of bases.toReversed()) {
    await using file = await open(join(directory, segmentFileName(base)), 'r')
    const { buffer, bytesRead } = await file.read(Buffer.alloc(SEGMENT_HEADER_BYTES), 0, SEGMENT_HEADER_BYTES, 0)
    const header = decodeSegmentHeader(buffer.subarray(0, bytesRead))
    if (header) return header.logId
  }
  return undefined
}

async function writeIdentity(directory: string, id: string, fs: LogFileSystem): Promise<void> {
  const path = join(directory, FILE_NAME)
  const file = await fs.open(path + DRAFT_ENDING, 'w')
  try {
    await writeAll(file, [Buffer.from(`${JSON.stringify({ id })}\n`)], 0)
    await file.sync()
  } finally {
    await file.close()
  }
  await fs.rename(path + DRAFT_ENDING, path)
  await fs.syncDirectory(directory)
}

function undefinedWhenMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error
}
