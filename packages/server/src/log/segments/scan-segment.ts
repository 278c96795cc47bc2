import { findFrame, frameSizeAt } from '../frame.ts'
import { decodeSegmentHeader, SEGMENT_HEADER_BYTES } from './segment-header.ts'

const SECTOR_BYTES = 512

/** A range of positions whose events can't be read. Half-open: `to` is the position of the next byte that can. */
export interface LogDamage {
  readonly from: number
  readonly to: number
  readonly reason: 'header_damaged' | 'frames_damaged' | 'bytes_missing'
}

export interface SegmentScan {
  readonly frames: number
  /** Damage that has an intact frame after it. */
  readonly damage: readonly LogDamage[]
  /** The position after the last intact frame, or after the header when there is none. */
  readonly end: number
  /** The position after a torn tail, or `end` when there is none: from here on there are zeros only, if anything. */
  readonly tornEnd: number
  /** The position of the last intact frame, or `end` when there is none. */
  readonly lastFrame: number
}

/**
 * Walks the bytes of a whole segment. What follows `end` is a torn tail, in which nothing is an intact frame, and then
 * zeros that the segment was written ahead by.
 */
export function scanSegment(bytes: Buffer, base: number, seed: number): SegmentScan {
  const damage: LogDamage[] = []
  const headerIntact = decodeSegmentHeader(bytes)?.base === base
  let offset = headerIntact ? SEGMENT_HEADER_BYTES : 0
  let lastFrame = offset
  let frames = 0

  while (offset < bytes.length) {
    const size = offset < SEGMENT_HEADER_BYTES ? -1 : frameSizeAt(bytes, offset, base + offset, seed)
    if (size > 0) {
      lastFrame = offset
      offset += size
      frames++
      continue
    }
    const next = findFrame(bytes, Math.max(offset + 1, SEGMENT_HEADER_BYTES), base, seed)
    if (next === undefined) break
    damage.push({ from: base + offset, to: base + next, reason: damageReason(offset) })
    offset = next
  }
  return {
    frames,
    damage,
    end: base + offset,
    tornEnd: base + tornEndAfter(bytes, offset),
    lastFrame: base + lastFrame,
  }
}

/**
 * Where a torn tail after `from` ends: a disk writes whole sectors, so that the zeros that share one with the last
 * other byte may be part of what was torn.
 */
function tornEndAfter(bytes: Buffer, from: number): number {
  let end = bytes.length
  while (end > from && bytes[end - 1] === 0) end--
  return end === from ? from : Math.min(bytes.length, Math.ceil(end / SECTOR_BYTES) * SECTOR_BYTES)
}

/** What is broken at that offset of a segment. */
export function damageReason(offset: number): LogDamage['reason'] {
  return offset < SEGMENT_HEADER_BYTES ? 'header_damaged' : 'frames_damaged'
}
