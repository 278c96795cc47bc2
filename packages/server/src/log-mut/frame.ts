import { crc32 } from 'node:zlib'

/**
 * A frame is one appended payload: magic (4 bytes), checksum (4), payload length (4), payload; numbers are big endian.
 *
 * The checksum covers the length and the payload and starts from the log's id and the frame's position. So bytes of
 * another log, of another place, or a frame that someone sent inside a payload never pass for a frame, and a reader can
 * look for the next whole frame after damage without inventing one. The magic's first and last byte occur nowhere in
 * UTF-8, so text payloads never cost that search a check.
 */
export const FRAME_HEADER_BYTES = 12
/** No frame is larger, whatever a log was opened with: a length above it is damage. */
export const MAX_PAYLOAD_BYTES = 64 * 1024 * 1024

const MAGIC = 0xff4146fe
const MAGIC_BYTES = Buffer.from([0xff, 0x41, 0x46, 0xfe])

/** `frameSizeAt` found the beginning of a frame whose end lies after the bytes given. */
export const INCOMPLETE = 0
/** `frameSizeAt` found something that is no frame. */
export const DAMAGED = -1

/** What the checksums of all frames of a log start from. */
export function checksumSeed(logId: string): number {
  return crc32(logId)
}

/** Writes the length in front of a payload that starts at `offset + FRAME_HEADER_BYTES`; `sealFrames` adds the rest. */
export function writeFrameLength(bytes: Buffer, offset: number, payloadBytes: number): void {
  bytes.writeUInt32BE(payloadBytes, offset + 8)
}

/** Puts magic and checksum on all frames in `bytes`, the first of which gets `position`. */
export function sealFrames(bytes: Buffer, position: number, seed: number): void {
  for (let offset = 0; offset < bytes.length; ) {
    const end = offset + FRAME_HEADER_BYTES + bytes.readUInt32BE(offset + 8)
    bytes.writeUInt32BE(MAGIC, offset)
    bytes.writeUInt32BE(checksum(bytes, offset, end, position + offset, seed), offset + 4)
    offset = end
  }
}

/** The size of the whole and intact frame at `offset`, header included, or `INCOMPLETE` or `DAMAGED`. */
export function frameSizeAt(bytes: Buffer, offset: number, position: number, seed: number): number {
  const available = bytes.length - offset
  if (available < FRAME_HEADER_BYTES) return INCOMPLETE
  if (bytes.readUInt32BE(offset) !== MAGIC) return DAMAGED
  const payloadBytes = bytes.readUInt32BE(offset + 8)
  if (payloadBytes > MAX_PAYLOAD_BYTES) return DAMAGED
  const size = FRAME_HEADER_BYTES + payloadBytes
  if (available < size) return INCOMPLETE
  const intact = bytes.readUInt32BE(offset + 4) === checksum(bytes, offset, offset + size, position, seed)
  return intact ? size : DAMAGED
}

/** The size that an incomplete frame will have once all its bytes were read. `undefined` when even that is cut off. */
export function announcedFrameSize(bytes: Buffer, offset: number): number | undefined {
  if (bytes.length - offset < FRAME_HEADER_BYTES) return undefined
  return FRAME_HEADER_BYTES + bytes.readUInt32BE(offset + 8)
}

/** The offset of the first whole and intact frame at or after `offset`. `position` is that of the first byte given. */
export function findFrame(bytes: Buffer, offset: number, position: number, seed: number): number | undefined {
  let candidate = bytes.indexOf(MAGIC_BYTES, offset)
  while (candidate !== -1) {
    if (frameSizeAt(bytes, candidate, position + candidate, seed) > 0) return candidate
    candidate = bytes.indexOf(MAGIC_BYTES, candidate + 1)
  }
  return undefined
}

function checksum(bytes: Buffer, start: number, end: number, position: number, seed: number): number {
  const high = Math.floor(position / 2 ** 32)
  const startValue = (seed ^ (position >>> 0) ^ Math.imul(high, 0x9e3779b1)) >>> 0
  return crc32(bytes.subarray(start + 8, end), startValue)
}
