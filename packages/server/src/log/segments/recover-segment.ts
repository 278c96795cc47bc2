import { chmod, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { checksumSeed } from '../frame.ts'
import { MAX_BATCH_BYTES } from '../frame-batch.ts'
import { type LogFile, type LogFileSystem, writeAll } from '../log-file-system.ts'
import type { LogLogger } from '../log-logger.ts'
import { segmentFileName } from '../position.ts'
import { type LogDamage, type SegmentScan, scanSegment } from './scan-segment.ts'
import { decodeSegmentHeader } from './segment-header.ts'

export interface RecoveredSegment {
  /** Where the log ends: after the last intact frame. */
  readonly end: number
  /** Damage in the middle, which stays in the file. */
  readonly damage: readonly LogDamage[]
  /** The torn tail that was cut off. The zeros behind it, or without it, are not worth a word. */
  readonly cut: { readonly from: number; readonly to: number } | undefined
  /** The segment, open for more appends; `undefined` when it is damaged and a new one has to be begun at `end`. */
  readonly file: LogFile | undefined
}

interface LastSegment {
  readonly directory: string
  readonly logId: string
  readonly base: number
  readonly fs: LogFileSystem
  readonly logger: LogLogger
}

/**
 * Makes the last segment fit for appending after any death of its writer. A tail without an intact frame is cut off,
 * and so are the zeros that were written ahead; damage in front of intact frames stays where it is and a copy of it is kept. What is left is on disk before anything
 * reads it: after a SIGKILL it may be in the page cache alone, and a reader must not get ahead of the disk.
 *
 * After a power failure the batch that was under way may be on disk with a hole, since it replaced zeros in any order.
 * Nothing in it was acknowledged, but nothing on disk tells that from damage, so it is reported as damage.
 */
export async function recoverLastSegment({
  directory,
  logId,
  base,
  fs,
  logger,
}: LastSegment): Promise<RecoveredSegment> {
  const path = join(directory, segmentFileName(base))
  await chmod(path, 0o600)
  const bytes = await readFile(path)
  refuseForeignSegment(path, bytes, logId)
  const scan = withoutUselessFile(bytes, base, scanSegment(bytes, base, checksumSeed(logId)))
  for (const { from, to, reason } of scan.damage) {
    logger.error({ path, from, to, reason }, 'the event log is damaged; what follows the damage is kept')
    await keepCopy(directory, from, bytes.subarray(from - base, to - base), logger)
  }

  const fileEnd = base + bytes.length
  const cut = scan.end < scan.tornEnd ? { from: scan.end, to: scan.tornEnd } : undefined
  if (cut) {
    logger.warn({ path, ...cut }, 'cut a torn tail off the event log')
    await keepCopy(directory, cut.from, bytes.subarray(cut.from - base, cut.to - base), logger)
  }
  const file = await fs.open(path, 'r+')
  const isReusable = scan.damage.length === 0
  try {
    if (scan.end < fileEnd) await file.truncate(scan.end - base)
    await rewriteLastBatch(file, bytes, base, scan)
    await file.sync()
    await fs.syncDirectory(directory)
  } catch (error) {
    await file.close()
    throw error
  }
  if (!isReusable) await file.close()
  return { end: scan.end, damage: scan.damage, cut, file: isReusable ? file : undefined }
}

/**
 * A writer whose sync failed and that was then killed leaves pages that the kernel calls clean although the disk lacks
 * them: a sync alone would do nothing. That can be true of its last batch only, so those bytes are written once more.
 */
async function rewriteLastBatch(file: LogFile, bytes: Buffer, base: number, scan: SegmentScan): Promise<void> {
  const end = scan.end - base
  const from = Math.max(0, Math.min(end - MAX_BATCH_BYTES, scan.lastFrame - base))
  if (from < end) await writeAll(file, [bytes.subarray(from, end)], from)
}

/** A file in which nothing is intact, not even the header, is damage as a whole: it is not cut down to nothing. */
function withoutUselessFile(bytes: Buffer, base: number, scan: SegmentScan): SegmentScan {
  if (scan.end > base) return scan
  const to = base + bytes.length
  return { frames: 0, damage: [{ from: base, to, reason: 'header_damaged' }], end: to, tornEnd: to, lastFrame: to }
}

function refuseForeignSegment(path: string, bytes: Buffer, logId: string): void {
  const header = decodeSegmentHeader(bytes)
  if (header === undefined || header.logId === logId) return
  throw new AppError('log_corrupt', `${path} belongs to the log ${header.logId}, expected ${logId} as in log.json`, {
    hint: 'Files of two data directories were mixed: put back those that belong together.',
  })
}

/** Best effort: a full disk must not keep the log from opening. */
async function keepCopy(directory: string, from: number, bytes: Buffer, logger: LogLogger): Promise<void> {
  if (bytes.every((byte) => byte === 0)) return
  const path = join(directory, 'damaged', `${from}-${from + bytes.length}.bin`)
  try {
    await mkdir(join(directory, 'damaged'), { recursive: true, mode: 0o700 })
    await writeFile(path, bytes, { mode: 0o600 })
  } catch (error) {
    logger.warn({ path, err: error }, 'could not keep a copy of damaged bytes')
  }
}
