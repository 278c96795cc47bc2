import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'

/** Files as they came, each under the hash of its bytes, so that the same file is kept once. */
export interface RawFiles {
  /** On disk when this resolves. Throws `too_large` as soon as there are more bytes than that. */
  save(body: AsyncIterable<Uint8Array>): Promise<RawFile>
  path(hash: string): string
  remove(hash: string): Promise<void>
  readonly maxBytes: number
}

export interface RawFile {
  readonly hash: string
  readonly sizeBytes: number
}

export async function openRawFiles(folder: string, maxBytes: number): Promise<RawFiles> {
  const incoming = join(folder, 'incoming')
  // What a server that died was receiving.
  await rm(incoming, { recursive: true, force: true })
  await mkdir(incoming, { recursive: true, mode: 0o700 })
  const path = (hash: string) => join(folder, hash.slice(0, 2), hash)
  return {
    maxBytes,
    path,
    remove: (hash) => rm(path(hash), { force: true }),
    async save(body) {
      const temporary = join(incoming, randomUUID())
      try {
        const file = await write(temporary, body, maxBytes)
        await mkdir(dirname(path(file.hash)), { recursive: true, mode: 0o700 })
        await rename(temporary, path(file.hash))
        await syncFolder(dirname(path(file.hash)))
        return file
      } catch (error) {
        await rm(temporary, { force: true })
        throw error
      }
    },
  }
}

async function write(path: string, body: AsyncIterable<Uint8Array>, maxBytes: number): Promise<RawFile> {
  const hash = createHash('sha256')
  let sizeBytes = 0
  const file = await open(path, 'wx', 0o600)
  try {
    for await (const chunk of body) {
      sizeBytes += chunk.length
      if (sizeBytes > maxBytes) throw tooLarge(maxBytes)
      hash.update(chunk)
      await file.writeFile(chunk)
    }
    await file.sync()
  } finally {
    await file.close()
  }
  return { hash: hash.digest('hex'), sizeBytes }
}

async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}

export function tooLarge(maxBytes: number): AppError {
  return new AppError('too_large', `The file is larger than ${Math.round(maxBytes / 1024 ** 2)} MiB`, {
    hint: 'Split it, save it as Parquet, pack it with gzip, or raise ALMANAC_MAX_UPLOAD_BYTES.',
  })
}

/** Whether the raw file is still where it was put. */
export async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
