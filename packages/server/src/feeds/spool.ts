import { createHash } from 'node:crypto'
import { mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'

/**
 * A feed is written to a file before the first byte of it is sent: then a failure half-way is an error and no torn file at
 * the reader's, the answer has a length and a hash, and a slow reader holds up no query.
 */
export interface Spooled {
  readonly path: string
  readonly sizeBytes: number
  /** Of the content. */
  readonly hash: string
  /** The content; the file goes away with the stream. */
  read(): Promise<Readable>
  remove(): Promise<void>
}

/** Writes the parts to a temporary file, which is gone again when this throws. */
export async function spool(parts: AsyncIterable<string | Uint8Array>): Promise<Spooled> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-feed-'))
  const path = join(folder, 'feed')
  const remove = () => rm(folder, { recursive: true, force: true })
  try {
    return { path, ...(await writeTo(path, parts)), read: () => readAndRemove(path, remove), remove }
  } catch (error) {
    await remove()
    throw error
  }
}

async function writeTo(path: string, parts: AsyncIterable<string | Uint8Array>) {
  const hash = createHash('sha256')
  let sizeBytes = 0
  await using file = await open(path, 'wx', 0o600)
  for await (const part of parts) {
    const bytes = typeof part === 'string' ? Buffer.from(part) : part
    hash.update(bytes)
    sizeBytes += bytes.length
    await file.writeFile(bytes)
  }
  return { sizeBytes, hash: hash.digest('base64url') }
}

/** Once it is open the file needs no name, so that nothing stays behind however the sending ends. */
async function readAndRemove(path: string, remove: () => Promise<void>): Promise<Readable> {
  const file = await open(path)
  await remove()
  return file.createReadStream()
}
