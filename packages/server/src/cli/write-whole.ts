import { open, rename, rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { AppError } from '@almanac/core/errors.ts'

type Pieces = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>

/** The file is there once all of it is: what breaks off half-way leaves the one that was there before. */
export async function writeWhole(path: string, pieces: Pieces): Promise<void> {
  const partial = `${path}.${process.pid}.part`
  try {
    // Open before anything can break off, or the file would appear after it was taken away.
    const file = await open(partial, 'w')
    await pipeline(pieces, file.createWriteStream())
    await rename(partial, path)
  } catch (cause) {
    await rm(partial, { force: true })
    throw new AppError('query_failed', `${path} could not be written: ${(cause as Error).message}`, { cause })
  }
}
