import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'

/** A file as text, whatever its encoding: a byte order mark says it, or the bytes do. */

export type Encoding = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-1252'

const HEAD_BYTES = 256 * 1024

export async function readHead(path: string, bytes = HEAD_BYTES): Promise<Buffer> {
  const file = await open(path, 'r')
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(bytes), 0, bytes, 0)
    return buffer.subarray(0, bytesRead)
  } finally {
    await file.close()
  }
}

/** Of text that begins so. A piece of a character at the end does not count. */
export function encodingOf(head: Buffer): Encoding {
  if (head[0] === 0xff && head[1] === 0xfe) return 'utf-16le'
  if (head[0] === 0xfe && head[1] === 0xff) return 'utf-16be'
  const zeros = { even: 0, odd: 0 }
  for (let i = 0; i < Math.min(head.length, 4096); i++) if (head[i] === 0) zeros[i % 2 === 0 ? 'even' : 'odd']++
  const half = Math.min(head.length, 4096) / 2
  if (zeros.odd > half * 0.4 && zeros.even < half * 0.1) return 'utf-16le'
  if (zeros.even > half * 0.4 && zeros.odd < half * 0.1) return 'utf-16be'
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true })
    return 'utf-8'
  } catch {
    return 'windows-1252'
  }
}

export const ENCODING_NAMES: Record<Encoding, string> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16',
  'utf-16be': 'UTF-16',
  'windows-1252': 'Windows-1252 (Latin-1)',
}

/** Pieces of text, without a byte order mark. */
export async function* textOf(path: string, encoding: Encoding): AsyncGenerator<string> {
  // Lenient: one broken character behind the head is shown as such, and does not make the file unreadable.
  const decoder = new TextDecoder(encoding)
  for await (const chunk of createReadStream(path, { highWaterMark: 256 * 1024 })) {
    const text = decoder.decode(chunk as Buffer, { stream: true })
    if (text !== '') yield text
  }
  const rest = decoder.decode()
  if (rest !== '') yield rest
}

export const isGzip = (head: Buffer) => head[0] === 0x1f && head[1] === 0x8b

/** What a packed file holds, up to so many bytes. */
export function unpacked(packed: NodeJS.ReadableStream, maxBytes: number): NodeJS.ReadableStream {
  let bytes = 0
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes <= maxBytes) return done(null, chunk)
      done(new AppError('too_large', `The file holds more than ${Math.round(maxBytes / 1024 ** 2)} MiB when unpacked`))
    },
  })
  const gunzip = createGunzip()
  gunzip.on('error', (error) => limit.destroy(isOurs(error) ? error : damaged(error)))
  packed.on('error', (error) => limit.destroy(error))
  return packed.pipe(gunzip).pipe(limit)
}

const isOurs = (error: Error) => error instanceof AppError
const damaged = (cause: Error) =>
  new AppError('invalid_request', `The packed file is damaged: ${cause.message}`, { cause })
