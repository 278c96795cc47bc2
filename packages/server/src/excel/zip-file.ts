import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

export interface ZipEntry {
  readonly name: string
  /** In pieces, so that nobody has to hold all of it. */
  readonly content: AsyncIterable<string> | Iterable<string>
}

/**
 * A zip archive, written while its files come. The size of a file is not known before its end, so it stands behind it, which
 * the format allows. Up to 4 GB: what is larger would need another form of it.
 * https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT
 */
export async function* zipFile(entries: Iterable<ZipEntry>): AsyncGenerator<Uint8Array> {
  const directory: Uint8Array[] = []
  let at = 0
  for (const { name, content } of entries) {
    const written: Written = { name: Buffer.from(name), at, crc: 0, packed: 0, size: 0 }
    const head = localHeader(written)
    yield head
    for await (const bytes of packed(content, written)) {
      written.packed += bytes.length
      yield bytes
    }
    const sums = Buffer.concat([uint32(DESCRIPTOR), sumsOf(written)])
    yield sums
    directory.push(directoryRecord(written))
    at += head.length + written.packed + sums.length
  }
  const list = Buffer.concat(directory)
  yield list
  yield endRecord(directory.length, list.length, at)
}

interface Written {
  readonly name: Buffer
  readonly at: number
  crc: number
  packed: number
  size: number
}

/** Counts what goes in on its way. */
function packed(content: ZipEntry['content'], written: Written): AsyncIterable<Buffer> {
  const counted = async function* () {
    for await (const text of content) {
      const bytes = Buffer.from(text)
      written.crc = crc32(bytes, written.crc)
      written.size += bytes.length
      yield bytes
    }
  }
  // What fails breaks off the reading of what comes out, which is where it is heard.
  return pipeline(Readable.from(counted()), createDeflateRaw(), () => {})
}

const LOCAL = 0x04034b50
const DESCRIPTOR = 0x08074b50
const DIRECTORY = 0x02014b50
const END = 0x06054b50
/** Packed by deflate, its sums behind it, its name in UTF-8; dated 1 January 1980, so that the same rows are the same file. */
const COMMON = [...uint16(20), ...uint16(0x0808), ...uint16(8), ...uint16(0), ...uint16(0x21)]

function localHeader({ name }: Written): Buffer {
  const noSums = Buffer.alloc(12)
  return Buffer.concat([uint32(LOCAL), Buffer.from(COMMON), noSums, uint16(name.length), uint16(0), name])
}

function directoryRecord(written: Written): Buffer {
  const { name, at } = written
  const nothing = Buffer.alloc(12) // no extra field, comment, other disk or attributes
  const rest = [uint16(name.length), nothing, uint32(at), name]
  return Buffer.concat([uint32(DIRECTORY), uint16(20), Buffer.from(COMMON), sumsOf(written), ...rest])
}

function endRecord(count: number, size: number, at: number): Buffer {
  return Buffer.concat([uint32(END), uint32(0), uint16(count), uint16(count), uint32(size), uint32(at), uint16(0)])
}

function sumsOf({ crc, packed, size }: Written): Buffer {
  return Buffer.concat([uint32(crc), uint32(packed), uint32(size)])
}

function uint16(value: number): Buffer {
  const bytes = Buffer.alloc(2)
  bytes.writeUInt16LE(value)
  return bytes
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}
