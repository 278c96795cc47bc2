import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import type { LinkFinder } from '../identity/event-links.ts'
import { type LogFrame, type LogReader, openLogReader } from '../log/log-reader.ts'
import type { LogDamage } from '../log/segments/scan-segment.ts'
import { type Batch, type PreparedEvent, prepareBatch, type QuarantinedLine } from './batches/batch.ts'
import { type SourceTally, sourceTallies } from './batches/source-tallies.ts'
import { partitionsOf, storeEvents, storeQuarantined } from './batches/store-batch.ts'
import type { StoredBatch } from './give-way.ts'
import { findDuplicates, storedIds } from './once/duplicates.ts'
import { type BatchNotes, commitBatch, type ImportTally, loadPosition, planBatch } from './once/positions.ts'
import { type RecentIds, recentIds } from './once/recent-ids.ts'

/**
 * Ingest: the log, in order, into ClickHouse. A batch is planned, inserted, committed; each step can be repeated, so
 * whatever dies at whatever instant, the next start ends with every event once.
 */
export interface IngestDeps {
  readonly logDirectory: string
  readonly logId: string
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly linkFinder: LinkFinder
  /** Resolves with the log's durable end as soon as that lies behind `position`, or with `undefined` when aborted. */
  readonly waitForLog: (position: number, signal: AbortSignal) => Promise<number | undefined>
  readonly onBatch: (report: BatchReport) => void
  /** How many milliseconds to wait after a batch for others to go first, see `give-way.ts`. */
  readonly giveWay?: (batch: StoredBatch) => number
  /** A failure that passes: the same step is tried again. */
  readonly onTrouble: (error: unknown, retryInMs: number) => void
}

export interface BatchReport {
  readonly position: number
  readonly stored: number
  readonly duplicates: number
  readonly quarantined: number
  readonly sources: readonly SourceTally[]
  /** The span of the stored events' times, in milliseconds. */
  readonly from: number
  readonly to: number
  readonly newestReceivedAt: number
  readonly elapsedMs: number
}

/** At most this much of the log becomes one batch; some 20,000 to 60,000 events. */
const BATCH_BYTES = 16 * 1024 * 1024
/**
 * A batch begins at most this often, by how many events the one before it had: small inserts make small parts, which ClickHouse
 * then has to merge. At the last rate a batch still holds all that came meanwhile; a rest would be a small batch of its own.
 */
const INTERVALS = [
  { fromEvents: 5000, intervalMs: 750 },
  { fromEvents: 1000, intervalMs: 500 },
  { fromEvents: 0, intervalMs: 150 },
] as const

export async function ingestLog(deps: IngestDeps, signal: AbortSignal): Promise<void> {
  const { pool, logId } = deps
  const retry = <T>(run: () => Promise<T>) => untilItWorks(run, deps.onTrouble, signal)

  const start = await retry(() => loadPosition(pool, logId))
  if (!start) return
  const recent = recentIds(Date.now())
  await retry(() => rememberStored(deps.clickhouse, recent))
  const ingest = (batch: Batch, again: boolean) => ingestBatch(deps, recent, batch, again, retry)

  if (start.planned > start.committed) {
    // Exactly the stretch that was under way, so that its inserts have the same tokens.
    const batch = await retry(() => readExactly(deps, start.committed, start.planned))
    if (!batch) return
    await ingest(batch, true)
  }
  let position = start.planned
  const reader = openLogReader(deps.logDirectory, position)
  const nextBatch = () => readBatch(deps, reader, position, retry, signal)
  let ahead: ReturnType<typeof nextBatch> | undefined
  try {
    while (!signal.aborted) {
      const started = performance.now()
      const next = await (ahead ?? nextBatch())
      ahead = undefined
      if (!next) return
      const { batch, frames, backlogBytes } = next
      const bytes = batch.to - position
      position = batch.to
      // Behind a backlog, the next rows are made while ClickHouse works on these.
      if (backlogBytes >= BATCH_BYTES / 2) ahead = nextBatch()
      await ingest(batch, false)
      const elapsedMs = performance.now() - started
      const events = batch.events.length
      const untilWorthIt = backlogBytes === 0 ? intervalAfter(events) - elapsedMs : 0
      const pause = Math.max(untilWorthIt, deps.giveWay?.({ frames, bytes, elapsedMs, backlogBytes }) ?? 0)
      if (pause > 0) await sleep(pause, signal)
    }
  } finally {
    await ahead?.catch(() => undefined)
    await reader.close()
  }
}

function intervalAfter(events: number): number {
  return INTERVALS.find(({ fromEvents }) => events >= fromEvents)?.intervalMs ?? 0
}

/** What the log holds from `from` on, up to a bound; `undefined` when aborted before there was anything. */
async function readBatch(
  { logId, waitForLog }: IngestDeps,
  reader: LogReader,
  from: number,
  retry: Retry,
  signal: AbortSignal,
): Promise<{ batch: Batch; frames: number; backlogBytes: number } | undefined> {
  for (;;) {
    const durableEnd = await waitForLog(from, signal)
    if (durableEnd === undefined) return undefined
    const part = await retry(() => reader.read({ upTo: durableEnd, maxBytes: BATCH_BYTES }))
    if (!part) return undefined
    if (part.next > from) {
      const batch = await prepareBatch(logId, from, part)
      return { batch, frames: part.frames.length, backlogBytes: durableEnd - part.next }
    }
  }
}

async function readExactly({ logDirectory, logId }: IngestDeps, from: number, to: number): Promise<Batch> {
  const reader = openLogReader(logDirectory, from)
  try {
    const whole = { frames: [] as LogFrame[], damage: [] as LogDamage[], next: from }
    while (whole.next < to) {
      const { frames, damage, next } = await reader.read({ upTo: to, maxBytes: BATCH_BYTES })
      whole.frames.push(...frames)
      whole.damage.push(...damage)
      whole.next = next
    }
    return await prepareBatch(logId, from, whole)
  } finally {
    await reader.close()
  }
}

type Retry = <T>(run: () => Promise<T>) => Promise<T | undefined>

async function ingestBatch(
  deps: IngestDeps,
  recent: RecentIds,
  batch: Batch,
  again: boolean,
  retry: Retry,
): Promise<void> {
  const started = performance.now()
  const { pool, clickhouse, logId } = deps
  const stored = again ? await retry(() => storedPlaces(clickhouse, batch)) : new Set<string>()
  if (!stored) return
  const missing = stored.size === 0 ? batch.events : batch.events.filter((event) => !stored.has(placeOf(event)))
  const duplicates = await retry(() => findDuplicates(missing, recent, storedIds(clickhouse)))
  if (!duplicates) return
  const events = duplicates.size === 0 ? missing : missing.filter((event) => !duplicates.has(event))
  const hours = hoursOf(batch.events)

  const refused: QuarantinedLine[] = []
  if (!(await retry(() => planBatch(pool, logId, batch.to, hours).then(() => true)))) return
  for (const partition of partitionsOf(events)) {
    const lines = await retry(() => storeEvents(clickhouse, batch, partition))
    if (!lines) return
    refused.push(...lines)
  }
  const quarantined = [...batch.quarantined, ...refused]
  if (!(await retry(() => storeQuarantined(clickhouse, batch, quarantined).then(() => true)))) return
  const tallies = importTallies(batch, duplicates, quarantined)
  const notes = notesOf(deps.linkFinder, batch)
  if (!(await retry(() => commitBatch(pool, logId, batch.to, hours, tallies, notes).then(() => true)))) return

  const now = Date.now()
  for (const { idFrom, id } of events) if (idFrom === 'client') recent.add(id, now)
  const counts = {
    stored: events.length - refused.length,
    duplicates: duplicates.size,
    quarantined: quarantined.length,
    sources: sourceTallies(batch.events, duplicates, quarantined),
  }
  deps.onBatch({ position: batch.to, ...counts, ...spanOf(events), elapsedMs: performance.now() - started })
}

const placeOf = ({ position, index }: { position: number; index: number }) => `${position}:${index}`

/** Which events of a batch that may have been inserted before are there. */
async function storedPlaces(clickhouse: ClickHouseClient, { logId, from, to }: Batch): Promise<Set<string>> {
  const result = await clickhouse.query({
    query: `SELECT log_position, log_index FROM events
      WHERE log_position >= {from:UInt64} AND log_position < {to:UInt64} AND log_id = {logId:UUID}`,
    query_params: { from, to, logId },
    format: 'JSONCompactEachRow',
  })
  const rows = await result.json<[string, number]>()
  return new Set(rows.map(([position, index]) => `${position}:${index}`))
}

/** The client ids of the last week, for the filter to know them after a restart. */
async function rememberStored(clickhouse: ClickHouseClient, recent: RecentIds): Promise<true> {
  const result = await clickhouse.query({
    query: `SELECT event_id FROM events WHERE event_id_from = 'client' AND received_at > now() - INTERVAL 7 DAY`,
    format: 'JSONCompactEachRow',
  })
  const now = Date.now()
  for await (const rows of result.stream<[string]>()) {
    for (const row of rows) recent.add(row.json()[0], now)
  }
  return true
}

const HOUR_SECONDS = 3600
/** Their starts, in seconds. */
function hoursOf(events: readonly PreparedEvent[]): number[] {
  const hours = new Set(events.map(({ at }) => Math.floor(at / (HOUR_SECONDS * 1000)) * HOUR_SECONDS))
  return [...hours].sort((a, b) => a - b)
}

function notesOf(linkFinder: LinkFinder, { logId, from, to, events }: Batch): BatchNotes {
  const links = linkFinder.linksOf(events)
  if (events.length === 0) return { links, stretch: undefined }
  const span = spanOf(events)
  return { links, stretch: { logId, from, to, firstAtMs: span.from, lastAtMs: span.to, events: events.length } }
}

function importTallies(
  batch: Batch,
  duplicates: ReadonlySet<PreparedEvent>,
  quarantined: readonly QuarantinedLine[],
): ImportTally[] {
  const tallies = new Map<string, { stored: number; duplicates: number; quarantined: number }>()
  const tally = (importId: string) => {
    const known = tallies.get(importId) ?? { stored: 0, duplicates: 0, quarantined: 0 }
    tallies.set(importId, known)
    return known
  }
  for (const event of batch.events) {
    if (event.importId) tally(event.importId)[duplicates.has(event) ? 'duplicates' : 'stored']++
  }
  for (const { importId } of quarantined) if (importId) tally(importId).quarantined++
  // A refused event was counted as stored above.
  const read = new Set(batch.quarantined)
  for (const line of quarantined) if (line.importId && !read.has(line)) tally(line.importId).stored--
  return [...tallies].map(([importId, counts]) => ({ importId, ...counts }))
}

function spanOf(events: readonly PreparedEvent[]): Pick<BatchReport, 'from' | 'to' | 'newestReceivedAt'> {
  const span = { from: Number.POSITIVE_INFINITY, to: 0, newestReceivedAt: 0 }
  for (const { at, receivedAt } of events) {
    span.from = Math.min(span.from, at)
    span.to = Math.max(span.to, at)
    span.newestReceivedAt = Math.max(span.newestReceivedAt, receivedAt)
  }
  return span
}

const FIRST_RETRY_MS = 100
const LAST_RETRY_MS = 2000

/** Tries again for ever, ever slower; `undefined` only when aborted. */
async function untilItWorks<T>(
  run: () => Promise<T>,
  onTrouble: IngestDeps['onTrouble'],
  signal: AbortSignal,
): Promise<T | undefined> {
  for (let pause = FIRST_RETRY_MS; !signal.aborted; pause = Math.min(pause * 2, LAST_RETRY_MS)) {
    try {
      return await run()
    } catch (error) {
      onTrouble(error, pause)
      await sleep(pause, signal)
    }
  }
  return undefined
}

function sleep(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(done, ms)
    signal.addEventListener('abort', done, { once: true })
    function done() {
      clearTimeout(timer)
      signal.removeEventListener('abort', done)
      resolve()
    }
  })
}
