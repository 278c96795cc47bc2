import type { FrameHeader } from '../collect/collected-event.ts'

/** A frame of the log: the header, then one line for each event that is JSON already. */
export function encodeFrame(header: FrameHeader, lines: readonly string[]): string {
  return `${JSON.stringify(header)}\n${lines.join('\n')}`
}
