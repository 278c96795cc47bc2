import type { ClickHouseClient } from '@clickhouse/client'
import { insertRows } from '../../clickhouse/insert.ts'
import { clickhouseTime } from '../../clickhouse/time-text.ts'
import type { RowText } from '../rows/row-text.ts'
import { type Batch, type PreparedEvent, type QuarantinedLine, refusedEvent } from './batch.ts'
import { isRefusal, refusalReason } from './refusal.ts'

/** The parts of a batch that go into ClickHouse by themselves: one insert is atomic in one partition only. */
export interface Partition {
  readonly month: string
  readonly events: readonly PreparedEvent[]
}

export function partitionsOf(events: readonly PreparedEvent[]): Partition[] {
  const byMonth = Map.groupBy(events, ({ at }) => monthOf(at))
  return [...byMonth].sort(([a], [b]) => (a < b ? -1 : 1)).map(([month, inMonth]) => ({ month, events: inMonth }))
}

// Parting a time into its month is on the hot path; most events of a batch lie in the same hour.
let lastHour = Number.NaN
let lastMonth = ''
function monthOf(at: number): string {
  const hour = Math.floor(at / 3_600_000)
  if (hour !== lastHour) {
    lastHour = hour
    lastMonth = new Date(at).toISOString().slice(0, 7)
  }
  return lastMonth
}

/**
 * Inserts the events, and finds those that ClickHouse refuses by halving: one event that it can't hold does not keep the
 * others out. Returns the refused ones. A failure that is not about the data is thrown, for the caller to try again.
 */
export async function storeEvents(
  clickhouse: ClickHouseClient,
  batch: Pick<Batch, 'logId' | 'from' | 'to' | 'columns' | 'text'>,
  { month, events }: Partition,
): Promise<QuarantinedLine[]> {
  const token = `events:${batch.logId}:${batch.from}-${batch.to}:${month}`
  const { columns, text } = batch
  const insert = (half: readonly PreparedEvent[], halfToken: string) =>
    insertRows(clickhouse, { table: 'events', columns, rows: textOf(half, text), token: halfToken })
  try {
    await insert(events, token)
    return []
  } catch (error) {
    if (!isRefusal(error)) throw error
    return await insertHalves(events, token, error, insert)
  }
}

/** In few pieces: the rows of most inserts stand together. */
function textOf(events: readonly PreparedEvent[], text: RowText): Buffer[] {
  const pieces: { start: number; end: number }[] = []
  for (const { rowStart, rowEnd } of events) {
    const last = pieces.at(-1)
    if (last?.end === rowStart) last.end = rowEnd
    else pieces.push({ start: rowStart, end: rowEnd })
  }
  return pieces.map(({ start, end }) => text.between(start, end))
}

type Insert = (events: readonly PreparedEvent[], token: string) => Promise<void>

async function insertHalves(
  events: readonly PreparedEvent[],
  token: string,
  refusal: unknown,
  insert: Insert,
): Promise<QuarantinedLine[]> {
  const [only, another] = events
  if (!only) return []
  if (!another) return [refusedEvent(only, refusalReason(refusal))]
  const middle = events.length >> 1
  return [
    ...(await insertHalf(events.slice(0, middle), token, insert)),
    ...(await insertHalf(events.slice(middle), token, insert)),
  ]
}

/**
 * The token of a half names its events. After a crash between two halves the first is not among the events any more, and the
 * rest is halved elsewhere: named by its turn alone, a half would pass for another one that was stored before.
 */
async function insertHalf(events: readonly PreparedEvent[], token: string, insert: Insert): Promise<QuarantinedLine[]> {
  const [first, last] = [events[0], events.at(-1)]
  if (!first || !last) return []
  try {
    await insert(events, `${token}:${first.position}.${first.index}-${last.position}.${last.index}`)
    return []
  } catch (error) {
    if (!isRefusal(error)) throw error
    return await insertHalves(events, token, error, insert)
  }
}

const QUARANTINE_COLUMNS = [
  'id',
  'received_at',
  'source',
  'environment',
  'reason',
  'raw',
  'size_bytes',
  'file',
  'line',
  'import_id',
  'log_id',
  'log_position',
  'log_index',
] as const

const NO_UUID = '00000000-0000-0000-0000-000000000000'

/** The table takes any text, and keeps a line once, whichever way it came again. */
export async function storeQuarantined(
  clickhouse: ClickHouseClient,
  batch: Pick<Batch, 'logId' | 'from' | 'to'>,
  lines: readonly QuarantinedLine[],
): Promise<void> {
  if (lines.length === 0) return
  const rows = lines.map((line) =>
    JSON.stringify([
      line.id,
      clickhouseTime(line.receivedAt),
      line.source,
      line.environment,
      line.reason,
      line.raw,
      line.sizeBytes,
      line.file,
      line.line,
      line.importId ?? NO_UUID,
      batch.logId,
      line.position,
      line.index,
    ]),
  )
  const token = `quarantine:${batch.logId}:${batch.from}-${batch.to}`
  await insertRows(clickhouse, { table: 'quarantine', columns: QUARANTINE_COLUMNS, rows, token })
}
