import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { crc32, createInflateRaw } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'
import { unreadable } from './unreadable.ts'
import { bytesAt, type ZipEntry, zipDirectory } from './zip-directory.ts'

/** The files of a zip archive, each to be read when it is needed, whatever their order. */
export interface ZipArchive {
  readonly names: readonly string[]
  /** Undefined when there is no such file. Names are compared as Excel does, without regard to case. */
  readonly read: (name: string) => AsyncGenerator<Buffer> | undefined
}

/** Refuses what says that it unpacks to more bytes than that; what does so without saying it breaks off while it is read. */
export async function openZip(path: string, mostBytes: number): Promise<ZipArchive> {
  await using file = await open(path, 'r')
  const entries = await zipDirectory(file)
  const said = entries.reduce((sum, { bytes }) => sum + bytes, 0)
  if (said > mostBytes) throw tooLarge(`unpacks to ${Math.round(said / 1024 ** 2)} MiB`)
  const byName = new Map(entries.map((entry) => [keyOf(entry.name), entry]))
  let unpackedBytes = 0
  const count = (bytes: number) => {
    unpackedBytes += bytes
    if (unpackedBytes > mostBytes) throw tooLarge(`unpacks to more than ${Math.round(mostBytes / 1024 ** 2)} MiB`)
  }
  return {
    names: entries.map(({ name }) => name),
    read: (name) => {
      const entry = byName.get(keyOf(name))
      return entry && contentOf(path, entry, count)
    },
  }
}

const keyOf = (name: string) => name.replaceAll('\\', '/').replace(/^\//, '').toLowerCase()

const STORED = 0
const DEFLATED = 8
const PIECE_BYTES = 128 * 1024

async function* contentOf(
  path: string,
  entry: ZipEntry,
  count: (bytes: number) => void,
): AsyncGenerator<Buffer, void, undefined> {
  const { name, method, packedBytes } = entry
  if (entry.isEncrypted) throw unreadable('it is protected by a password')
  if (method !== STORED && method !== DEFLATED) throw unreadable(`${name} is packed in a way that is not known here`)
  let crc = 0
  if (packedBytes > 0) {
    const start = await contentStart(path, entry)
    const packed = createReadStream(path, { start, end: start + packedBytes - 1, highWaterMark: PIECE_BYTES })
    // What fails breaks off the reading of what comes out, which is where it is heard.
    const content =
      method === STORED ? packed : pipeline(packed, createInflateRaw({ chunkSize: PIECE_BYTES }), () => {})
    for await (const piece of content as AsyncIterable<Buffer>) {
      count(piece.length)
      crc = crc32(piece, crc)
      yield piece
    }
  }
  if (crc !== entry.crc) throw unreadable(`${name} in it is damaged`)
}

const HEADER = 0x04034b50
const HEADER_BYTES = 30

/** The header of a file repeats its name, and may have more behind it than the directory says. */
async function contentStart(path: string, { at, name }: ZipEntry): Promise<number> {
  await using file = await open(path, 'r')
  const header = await bytesAt(file, at, HEADER_BYTES)
  if (header.readUInt32LE(0) !== HEADER) throw unreadable(`${name} is not where the directory says`)
  return at + HEADER_BYTES + header.readUInt16LE(26) + header.readUInt16LE(28)
}

function tooLarge(what: string): AppError {
  return new AppError('too_large', `The Excel file ${what}, which is too much`, {
    hint: 'Save the sheet as CSV, which is read piece by piece.',
  })
}
