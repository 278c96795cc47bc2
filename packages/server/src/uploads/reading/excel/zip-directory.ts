import type { FileHandle } from 'node:fs/promises'
import { unreadable } from './unreadable.ts'

/** A file of a zip archive, as the directory at the end of the archive has it. */
export interface ZipEntry {
  readonly name: string
  readonly isEncrypted: boolean
  readonly method: number
  readonly crc: number
  readonly packedBytes: number
  readonly bytes: number
  /** Where its own header begins. */
  readonly at: number
}

/**
 * What an archive holds. The directory alone says it for sure: before a file its size may be missing, and files may stand in
 * any order. https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function zipDirectory(file: FileHandle): Promise<ZipEntry[]> {
  const { size } = await file.stat()
  const place = await directoryPlace(file, size)
  if (place.bytes > LARGEST_DIRECTORY || place.at + place.bytes > size) throw damaged()
  const directory = await bytesAt(file, place.at, place.bytes)
  const entries: ZipEntry[] = []
  for (let at = 0; at < directory.length; ) {
    if (at + RECORD_BYTES > directory.length || directory.readUInt32LE(at) !== RECORD) throw damaged()
    const end = at + RECORD_BYTES + [28, 30, 32].reduce((sum, offset) => sum + directory.readUInt16LE(at + offset), 0)
    if (end > directory.length) throw damaged()
    entries.push(entryOf(directory.subarray(at, end)))
    at = end
  }
  return entries
}

export async function bytesAt(file: FileHandle, at: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, at)
  if (bytesRead < length) throw unreadable('the archive breaks off')
  return buffer
}

const LARGEST_DIRECTORY = 16 * 1024 * 1024
const RECORD = 0x02014b50
const RECORD_BYTES = 46
const END = Buffer.from([0x50, 0x4b, 0x05, 0x06])
const END_BYTES = 22
const LONGEST_COMMENT = 0xffff
const LOCATOR = 0x07064b50
const LOCATOR_BYTES = 20
const LARGE_END = 0x06064b50
const LARGE_END_BYTES = 56
/** What does not fit into 32 bits is said elsewhere. */
const ELSEWHERE = 0xffffffff

async function directoryPlace(file: FileHandle, size: number): Promise<{ bytes: number; at: number }> {
  const length = Math.min(size, LOCATOR_BYTES + END_BYTES + LONGEST_COMMENT)
  const tail = await bytesAt(file, size - length, length)
  const at = tail.subarray(0, Math.max(0, length - END_BYTES + END.length)).lastIndexOf(END)
  if (at < 0) throw unreadable('it has no directory at its end, so it is not whole')
  const place = { bytes: tail.readUInt32LE(at + 12), at: tail.readUInt32LE(at + 16) }
  if (place.bytes !== ELSEWHERE && place.at !== ELSEWHERE) return place
  const locator = at - LOCATOR_BYTES
  if (locator < 0 || tail.readUInt32LE(locator) !== LOCATOR) throw damaged()
  const end = await bytesAt(file, Number(tail.readBigUInt64LE(locator + 8)), LARGE_END_BYTES)
  if (end.readUInt32LE(0) !== LARGE_END) throw damaged()
  return { bytes: Number(end.readBigUInt64LE(40)), at: Number(end.readBigUInt64LE(48)) }
}

function entryOf(record: Buffer): ZipEntry {
  const nameEnd = RECORD_BYTES + record.readUInt16LE(28)
  const large = largeSizes(record.subarray(nameEnd, nameEnd + record.readUInt16LE(30)))
  // They stand there in this order, and only those that do not fit here.
  const [bytes, packedBytes, at] = [24, 20, 42].map((offset) => {
    const value = record.readUInt32LE(offset)
    return value === ELSEWHERE ? (large.shift() ?? value) : value
  }) as [number, number, number]
  return {
    name: record.toString('utf8', RECORD_BYTES, nameEnd),
    isEncrypted: (record.readUInt16LE(8) & 1) === 1,
    method: record.readUInt16LE(10),
    crc: record.readUInt32LE(16),
    packedBytes,
    bytes,
    at,
  }
}

const LARGE_SIZES = 1

function largeSizes(extra: Buffer): number[] {
  for (let at = 0; at + 4 <= extra.length; at += 4 + extra.readUInt16LE(at + 2)) {
    if (extra.readUInt16LE(at) !== LARGE_SIZES) continue
    const field = extra.subarray(at + 4, at + 4 + extra.readUInt16LE(at + 2))
    return Array.from({ length: Math.min(3, Math.floor(field.length / 8)) }, (_, i) =>
      Number(field.readBigUInt64LE(i * 8)),
    )
  }
  return []
}

const damaged = () => unreadable('the directory of the archive is damaged')
