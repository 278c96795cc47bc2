import { crc32 } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'

/**
 * The first bytes of each segment: magic (8), format version (4), checksum of the rest (4), log id (16), position of the
 * first byte (8), zeros. A segment gets its name only after its header is on disk, so a broken header is damage and
 * never the trace of a crash.
 */
export const SEGMENT_HEADER_BYTES = 64

const MAGIC = Buffer.from('\x89ALMLOG\n', 'latin1')
const FORMAT_VERSION = 1
const CHECKED_FROM = 16

export interface SegmentHeader {
  readonly logId: string
  readonly base: number
}

export function encodeSegmentHeader({ logId, base }: SegmentHeader): Buffer {
  const bytes = Buffer.alloc(SEGMENT_HEADER_BYTES)
  MAGIC.copy(bytes)
  bytes.writeUInt32BE(FORMAT_VERSION, 8)
  bytes.write(logId.replaceAll('-', ''), 16, 'hex')
  bytes.writeBigUInt64BE(BigInt(base), 32)
  bytes.writeUInt32BE(crc32(bytes.subarray(CHECKED_FROM)), 12)
  return bytes
}

/** `undefined` when the header is damaged. A segment of a newer format is refused: its frames would look damaged. */
export function decodeSegmentHeader(bytes: Buffer): SegmentHeader | undefined {
  if (bytes.length < SEGMENT_HEADER_BYTES || !bytes.subarray(0, 8).equals(MAGIC)) return undefined
  const header = bytes.subarray(0, SEGMENT_HEADER_BYTES)
  if (header.readUInt32BE(12) !== crc32(header.subarray(CHECKED_FROM))) return undefined
  const version = header.readUInt32BE(8)
  if (version !== FORMAT_VERSION) {
    throw new AppError('unsupported', `expected a log of format ${FORMAT_VERSION}, got format ${version}`, {
      hint: 'Start the Almanac version that wrote this data directory, or a newer one.',
    })
  }
  return { logId: uuidText(header.toString('hex', 16, 32)), base: Number(header.readBigUInt64BE(32)) }
}

function uuidText(hex: string): string {
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
