/**
 * A position is a byte offset in the log as a whole, counted over all its segment files, their headers included. It is
 * an integer below 2^53 and never given to two acknowledged events. A segment file is named by the position of its first
 * byte, so the names sort in the order of the log and a position leads to its file by comparing names alone.
 */
const SEGMENT_NAME = /^(\d{16})\.seg$/

export function segmentFileName(base: number): string {
  return `${String(base).padStart(16, '0')}.seg`
}

/** The position of the first byte of the segment with that file name; `undefined` for other files. */
export function segmentBase(fileName: string): number | undefined {
  const digits = SEGMENT_NAME.exec(fileName)?.[1]
  const base = Number(digits)
  return Number.isSafeInteger(base) ? base : undefined
}
