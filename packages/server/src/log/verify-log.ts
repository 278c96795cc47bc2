import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { checksumSeed } from './frame.ts'
import { readLogId } from './log-identity.ts'
import { segmentFileName } from './position.ts'
import { damageReason, type LogDamage, type SegmentScan, scanSegment } from './segments/scan-segment.ts'
import { listSegments } from './segments/segments.ts'

type ReadWhole = (path: string) => Promise<Buffer>

export interface LogReport {
  readonly logId: string
  readonly segments: number
  readonly frames: number
  readonly bytes: number
  /** The position after the last intact frame. */
  readonly end: number
  readonly damage: readonly LogDamage[]
  /** A torn tail: normal while a server writes, and after it was killed until it starts again. */
  readonly unfinishedBytes: number
}

/** Reads every byte of a log and changes nothing. Memory is needed for one segment at a time. */
export async function verifyLog(directory: string, read: ReadWhole = readFile): Promise<LogReport> {
  const logId = await readLogId(directory)
  const bases = await listSegments(directory)
  const damage: LogDamage[] = []
  const total = { frames: 0, bytes: 0, unfinishedBytes: 0 }
  let end = bases[0] ?? 0

  for (const [i, base] of bases.entries()) {
    const limit = bases[i + 1]
    const scan = await scanFile(() => read(join(directory, segmentFileName(base))), base, limit, checksumSeed(logId))
    damage.push(...scan.damage)
    total.frames += scan.frames
    end = scan.end
    if (limit === undefined) {
      total.bytes += scan.tornEnd - base
      total.unfinishedBytes = scan.tornEnd - end
    } else {
      total.bytes += scan.fileBytes
      damage.push(...damageAfter(end, base, scan.fileBytes, limit))
    }
  }
  return { logId, segments: bases.length, ...total, end, damage }
}

type FileScan = SegmentScan & { readonly fileBytes: number }

/** Zeros that a crash left behind `limit`, where the next segment begins, are no part of the log. */
async function scanFile(
  read: () => Promise<Buffer>,
  base: number,
  limit: number | undefined,
  seed: number,
): Promise<FileScan> {
  const scan = async () => {
    const file = await read()
    const bytes = file.subarray(0, limit === undefined ? file.length : limit - base)
    return { ...scanSegment(bytes, base, seed), fileBytes: bytes.length }
  }
  const first = await scan()
  if (limit !== undefined || first.damage.length === 0) return first
  // A batch that a server was writing can look like a hole with frames behind it. Damage is still there a moment later.
  const second = await scan()
  const isLasting = ({ from }: LogDamage) => first.damage.some((damage) => damage.from === from)
  return { ...second, damage: second.damage.filter(isLasting) }
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
