import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checksumSeed } from './frame.ts'
import { readLogId } from './log-identity.ts'
import { segmentFileName } from './position.ts'
import { damageReason, type LogDamage, scanSegment } from './scan-segment.ts'
import { listSegments } from './segments.ts'

export interface LogReport {
  readonly logId: string
  readonly segments: number
  readonly frames: number
  readonly bytes: number
  /** The position after the last intact frame. */
  readonly end: number
  readonly damage: readonly LogDamage[]
  /** Bytes after the last intact frame: normal while a server writes, and after it was killed until it starts again. */
  readonly unfinishedBytes: number
}

/** Reads every byte of a log and changes nothing. Memory is needed for one segment at a time. */
export async function verifyLog(directory: string): Promise<LogReport> {
  const logId = await readLogId(directory)
  const bases = await listSegments(directory)
  const damage: LogDamage[] = []
  const total = { frames: 0, bytes: 0, unfinishedBytes: 0 }
  let end = bases[0] ?? 0

  for (const [i, base] of bases.entries()) {
    const limit = bases[i + 1]
    const file = await readFile(join(directory, segmentFileName(base)))
    const bytes = file.subarray(0, limit === undefined ? file.length : limit - base)
    const scan = scanSegment(bytes, base, checksumSeed(logId))
    damage.push(...scan.damage)
    total.frames += scan.frames
    total.bytes += file.length
    end = scan.end
    if (limit === undefined) total.unfinishedBytes = base + bytes.length - end
    else damage.push(...damageAfter(end, base, bytes.length, limit))
  }
  return { logId, segments: bases.length, ...total, end, damage }
}

/** What a segment that another one follows lacks between its last intact frame and that next segment. */
function damageAfter(end: number, base: number, fileBytes: number, limit: number): LogDamage[] {
  const fileEnd = base + fileBytes
  const ranges: LogDamage[] = [
    { from: end, to: fileEnd, reason: damageReason(end - base) },
    { from: fileEnd, to: limit, reason: 'bytes_missing' },
  ]
  return ranges.filter(({ from, to }) => from < to)
}
