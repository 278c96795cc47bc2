import { crc32, deflateRawSync } from 'node:zlib'

export interface ZipOptions {
  readonly isStored?: boolean
  /** Whether sizes stand behind a file rather than before it, as programs write that do not know them beforehand. */
  readonly hasDescriptors?: boolean
  /** Whether sizes and places are written in 64 bits. */
  readonly isLarge?: boolean
  /** What the directory says that each file unpacks to. */
  readonly saidBytes?: number
}

/** An archive for tests, with its files in the order in which they come. */
export function zipOf(files: Readonly<Record<string, string | Buffer>>, options: ZipOptions = {}): Buffer {
  const { isStored, hasDescriptors, isLarge, saidBytes } = options
  const parts: Buffer[] = []
  const directory: Buffer[] = []
  let at = 0
  for (const [text, fileContent] of Object.entries(files)) {
    const name = Buffer.from(text)
    const content = Buffer.from(fileContent)
    const packed = isStored ? content : deflateRawSync(content)
    const sums = numbers(32, crc32(content), packed.length, saidBytes ?? content.length)
    const none = numbers(32, 0, 0, 0)
    const common = numbers(16, 45, hasDescriptors ? 8 : 0, isStored ? 0 : 8, 0, 0x21)
    const header = [numbers(32, 0x04034b50), common, hasDescriptors ? none : sums]
    // An extra field that the directory does not have.
    const extra = numbers(16, 0x9999, 2, 7)
    const local = [...header, numbers(16, name.length, extra.length), name, extra, packed]
    if (hasDescriptors) local.push(numbers(32, 0x08074b50), sums)
    const more = isLarge
      ? Buffer.concat([numbers(16, 1, 24), numbers(64, content.length, packed.length, at)])
      : Buffer.alloc(0)
    const said = isLarge ? numbers(32, crc32(content), ELSEWHERE, ELSEWHERE) : sums
    const lengths = numbers(16, name.length, more.length, 0, 0, 0, 0, 0)
    const place = numbers(32, isLarge ? ELSEWHERE : at)
    directory.push(Buffer.concat([numbers(32, 0x02014b50), numbers(16, 45), common, said, lengths, place, name, more]))
    parts.push(...local)
    at += Buffer.concat(local).length
  }
  const list = Buffer.concat(directory)
  const count = directory.length
  const largeEnd = [
    numbers(32, 0x06064b50),
    numbers(64, 44),
    numbers(16, 45, 45),
    numbers(32, 0, 0),
    numbers(64, count, count, list.length, at),
    numbers(32, 0x07064b50, 0),
    numbers(64, at + list.length),
    numbers(32, 1),
  ]
  const place = isLarge ? numbers(32, ELSEWHERE, ELSEWHERE) : numbers(32, list.length, at)
  const end = [numbers(32, 0x06054b50), numbers(16, 0, 0, count, count), place, numbers(16, 0)]
  return Buffer.concat([...parts, list, ...(isLarge ? largeEnd : []), ...end])
}

const ELSEWHERE = 0xffffffff

function numbers(bits: 16 | 32 | 64, ...values: number[]): Buffer {
  const bytes = Buffer.alloc((values.length * bits) / 8)
  for (const [i, value] of values.entries()) {
    if (bits === 16) bytes.writeUInt16LE(value, i * 2)
    else if (bits === 32) bytes.writeUInt32LE(value, i * 4)
    else bytes.writeBigUInt64LE(BigInt(value), i * 8)
  }
  return bytes
}
