import { mkdir, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { DiskSpace } from './disk-space.ts'
import { MAX_PAYLOAD_BYTES } from './frame.ts'
import { MAX_BATCH_BYTES } from './frame-batch.ts'
import { GroupCommit } from './group-commit.ts'
import { unusable } from './log-errors.ts'
import { type LogFileSystem, nodeLogFileSystem } from './log-file-system.ts'
import { readOrMakeLogId } from './log-identity.ts'
import { type LogLogger, silentLogger } from './log-logger.ts'
import { segmentFileName } from './position.ts'
import { type RecoveredSegment, recoverLastSegment } from './segments/recover-segment.ts'
import type { LogDamage } from './segments/scan-segment.ts'
import { SEGMENT_HEADER_BYTES } from './segments/segment-header.ts'
import { SegmentWriter } from './segments/segment-writer.ts'
import { listSegments, removeDrafts } from './segments/segments.ts'
import { DEFAULT_STEPS, type WriteAheadSteps } from './write-ahead.ts'

/**
 * The durable event log, where an acknowledgement becomes a promise: append-only segment files in one directory, one
 * write and one fdatasync for all appends that wait. It has one writer, whose caller holds the data directory's lock.
 */
export interface EventLog {
  /** Made when the directory was first used. */
  readonly id: string
  /** Every byte before this position is on disk. */
  readonly durableEnd: number
  /**
   * Resolves with the payload's position after its bytes are on disk, in the order of the positions. The payload is
   * copied at once. Rejects with `overloaded`, `disk_full` or `too_large`; a payload refused while it was being written
   * may still turn up in the log after a crash, as it may with any database.
   */
  append(payload: Uint8Array | string): Promise<number>
  /** Calls back after each sync, before its appends resolve. Returns how to stop that. */
  onDurable(listener: (durableEnd: number) => void): () => void
  /** Everything before `position` is safe elsewhere. Without a first report the backlog counts from where the log was opened. */
  setIngested(position: number): void
  status(): EventLogStatus
  /** Settles all waiting appends first. */
  close(): Promise<void>
}

export interface EventLogStatus {
  /** `full` and `failed` refuse appends and end by themselves when the disk allows it. */
  readonly state: 'open' | 'full' | 'failed' | 'closed'
  /** Why the log is full or failed. */
  readonly problem: string | undefined
  readonly durableEnd: number
  readonly ingested: number
  readonly segments: number
  /** Of events and their bookkeeping. */
  readonly sizeBytes: number
  /** Zeros that the last segment is written ahead by, and that events will replace: the disk holds these as well. */
  readonly preparedBytes: number
  readonly freeDiskBytes: number
  /** Appends that are not settled. */
  readonly waiting: number
  readonly waitingBytes: number
  readonly syncs: number
  readonly lastSyncMs: number
  /** Found in the last segment at opening. */
  readonly damage: readonly LogDamage[]
  /** The torn tail that opening cut off. */
  readonly cut: RecoveredSegment['cut']
}

export interface EventLogOptions {
  readonly directory: string
  /** Appends are refused when less of the disk is free. */
  readonly minFreeDiskBytes: number
  /** Appends are refused when ingest is further behind. */
  readonly maxIngestLagBytes: number
  readonly segmentBytes?: number
  readonly maxFrameBytes?: number
  /** Appends are refused when more waits in memory. */
  readonly maxWaitingBytes?: number
  /**
   * No position before this one is given away: the checkpoint of ingest. Should the disk have lost the end of the log,
   * new events would otherwise get positions that ingest believes to have read.
   */
  readonly startAt?: number
  /** How the last segment is filled with zeros before its events come, for faster syncs. */
  readonly writeAhead?: WriteAheadSteps
  /** How soon a full or failed log is tried again; doubled each time, up to twenty times as long. */
  readonly retryDelayMs?: number
  readonly fs?: LogFileSystem
  readonly logger?: LogLogger
}

const MEBIBYTE = 1024 * 1024
const MAX_SEGMENT_BYTES = 1024 * MEBIBYTE

export async function openEventLog(options: EventLogOptions): Promise<EventLog> {
  const { directory, segmentBytes = 64 * MEBIBYTE, maxFrameBytes = 16 * MEBIBYTE, logger = silentLogger } = options
  const fs = options.fs ?? nodeLogFileSystem
  refuseOversize({ segmentBytes, maxFrameBytes })
  const disk = new DiskSpace(() => fs.freeBytes(directory))
  const start = await recover(directory, fs, disk, logger).catch((error) => {
    throw unusable(directory, disk.freeBytes, error)
  })
  const { logId, recovered } = start

  const { startAt = 0, minFreeDiskBytes, writeAhead = DEFAULT_STEPS } = options
  const writer = new SegmentWriter({
    end: recovered.end,
    file: recovered.file,
    base: start.base,
    directory,
    logId,
    segmentBytes,
    minFreeDiskBytes,
    writeAhead,
    disk,
    fs,
    logger,
  })
  if (startAt > recovered.end) logger.error({ startAt, end: recovered.end }, 'the event log has lost its end')
  writer.skipTo(startAt)
  const commit = new GroupCommit({
    directory,
    writer,
    disk,
    logger,
    maxFrameBytes,
    minFreeDiskBytes,
    maxIngestLagBytes: options.maxIngestLagBytes,
    maxWaitingBytes: options.maxWaitingBytes ?? 64 * MEBIBYTE,
    maxBatchBytes: Math.min(MAX_BATCH_BYTES, segmentBytes - SEGMENT_HEADER_BYTES),
    retryDelayMs: options.retryDelayMs ?? 250,
  })

  return {
    id: logId,
    get durableEnd() {
      return writer.durableEnd
    },
    append: (payload) => commit.append(payload),
    onDurable: (listener) => commit.onDurable(listener),
    setIngested: (position) => commit.setIngested(position),
    status: () => ({
      ...commit.status(),
      durableEnd: writer.durableEnd,
      segments: start.segments + writer.segmentsBegun,
      sizeBytes: start.sizeBytes + writer.bytesWritten,
      preparedBytes: writer.preparedBytes,
      freeDiskBytes: disk.freeBytes,
      syncs: writer.syncs,
      lastSyncMs: writer.lastSyncMs,
      damage: recovered.damage,
      cut: recovered.cut,
    }),
    close: () => commit.close(),
  }
}

/** Finds or makes what is on disk. The last segment comes last: from then on a file is open. */
async function recover(directory: string, fs: LogFileSystem, disk: DiskSpace, logger: LogLogger) {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  await fs.syncDirectory(dirname(directory))
  await disk.refresh()
  await removeDrafts(directory)
  const logId = await readOrMakeLogId(directory, fs)
  const bases = await listSegments(directory)
  const completeBytes = await sizeOfComplete(directory, bases)
  const base = bases.at(-1) ?? 0
  const recovered = bases.length === 0 ? EMPTY : await recoverLastSegment({ directory, logId, base, fs, logger })
  const sizeBytes = completeBytes + recovered.end - base
  return { logId, recovered, base, segments: bases.length, sizeBytes }
}

const EMPTY: RecoveredSegment = { end: 0, damage: [], cut: undefined, file: undefined }

function refuseOversize({ segmentBytes, maxFrameBytes }: { segmentBytes: number; maxFrameBytes: number }): void {
  if (segmentBytes > MAX_SEGMENT_BYTES) {
    throw new AppError('invalid_config', `expected segments of at most ${MAX_SEGMENT_BYTES} bytes, got ${segmentBytes}`)
  }
  if (maxFrameBytes > MAX_PAYLOAD_BYTES) {
    throw new AppError('invalid_config', `expected frames of at most ${MAX_PAYLOAD_BYTES} bytes, got ${maxFrameBytes}`)
  }
}

/** The bytes in all segments but the last. Zeros that a crash left behind one of them don't count. */
async function sizeOfComplete(directory: string, bases: readonly number[]): Promise<number> {
  const sizes = bases.slice(0, -1).map(async (base, i) => {
    const { size } = await stat(join(directory, segmentFileName(base)))
    return Math.min(size, (bases[i + 1] ?? base) - base)
  })
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
}
