import { createHash } from 'node:crypto'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { z } from 'zod'
import type { EventColumn } from '../../clickhouse/events-table.ts'
import type { CollectedEvent, FrameHeader, RejectedLine } from '../../collect/events/collected-event.ts'
import { type LinkingIds, linkingIds } from '../../identity/event-links.ts'
import type { LogFrame, LogPart } from '../../log/log-reader.ts'
import { isRedacted } from '../../log/redact/redaction-journal.ts'
import { EventRows } from '../rows/event-row.ts'
import { RowText } from '../rows/row-text.ts'

/** A stretch of the log, ready to be inserted. The same stretch always gives the same batch. */
export interface Batch {
  readonly logId: string
  /** Positions in the log; `to` is not included. */
  readonly from: number
  readonly to: number
  readonly events: readonly PreparedEvent[]
  /** Of the events' rows. */
  readonly columns: readonly EventColumn[]
  /** The events' rows as they go to ClickHouse, see `EventRows`. */
  readonly text: RowText
  readonly quarantined: readonly QuarantinedLine[]
}

export interface PreparedEvent {
  /** Where its row stands in the batch's text. */
  readonly rowStart: number
  readonly rowEnd: number
  /** Where its line stands. */
  readonly frame: LogFrame
  readonly id: string
  readonly idFrom: 'client' | 'content' | 'server'
  readonly source: string
  readonly environment: FrameHeader['environment']
  /** Milliseconds. */
  readonly at: number
  readonly receivedAt: number
  readonly importId: string | undefined
  /** Where the event says that one visitor is another. */
  readonly linking: LinkingIds | undefined
  readonly position: number
  readonly index: number
}

/** A line that is kept as it came because nothing can be made of it. */
export interface QuarantinedLine {
  /** The same line from the same source is kept once. */
  readonly id: string
  readonly receivedAt: number
  readonly source: string
  readonly environment: string
  readonly reason: string
  readonly raw: string
  readonly sizeBytes: number
  readonly file: string
  readonly line: number
  readonly importId: string | undefined
  readonly position: number
  readonly index: number
}

const EVENTS_WITHOUT_PAUSE = 2000

const frameHeader = z.object({
  v: z.literal(1),
  source: z.string(),
  environment: z.enum(['production', 'sandbox']),
  receivedAt: z.number(),
  keyId: z.string().optional(),
  importId: z.string().optional(),
  kind: z.literal('server').optional(),
  site: z.array(z.string()).optional(),
})

/** Gives way to other work of the thread now and then: an insert may be waiting to send its rows. */
export async function prepareBatch(logId: string, from: number, { frames, damage, next }: LogPart): Promise<Batch> {
  const events: PreparedEvent[] = []
  const quarantined: QuarantinedLine[] = []
  const rows = new EventRows(lastRows)
  const text = new RowText(frames.reduce((sum, { payload }) => sum + payload.length, 0))
  let lastPause = 0
  for (const frame of frames) {
    prepareFrame(logId, frame, { rows, text, events, quarantined })
    if (events.length - lastPause < EVENTS_WITHOUT_PAUSE) continue
    lastPause = events.length
    await nextTurn()
  }
  for (const { from: position, to, reason } of damage) {
    const { rejected } = rejection('', `the log is damaged from ${position} to ${to}: ${reason}`)
    quarantined.push(quarantinedLine({ ...NO_HEADER, receivedAt: Date.now() }, rejected, position, 0))
  }
  if (events.length > 0) lastRows = rows
  return { logId, from, to: next, events, columns: rows.columns, text, quarantined }
}

let lastRows: EventRows | undefined

interface Preparing {
  readonly rows: EventRows
  readonly text: RowText
  readonly events: PreparedEvent[]
  readonly quarantined: QuarantinedLine[]
}

function prepareFrame(logId: string, frame: LogFrame, { rows, text, events, quarantined }: Preparing): void {
  const lines = frame.payload.toString('utf8').split('\n')
  const header = parseHeader(lines[0] ?? '')
  const quarantine = (index: number, { rejected }: RejectedLine) =>
    quarantined.push(quarantinedLine(header, rejected, frame.position, index))

  for (let index = 1; index < lines.length; index++) {
    const line = lines[index] as string
    if (line === '' || isRedacted(line)) continue
    try {
      const parsed: CollectedEvent | RejectedLine = JSON.parse(line)
      if ('rejected' in parsed) {
        quarantine(index, parsed)
        continue
      }
      assertCollected(parsed)
      const rowStart = text.add(rows.row(header, parsed, { logId, position: frame.position, index }))
      events.push({
        rowStart,
        rowEnd: text.sizeBytes,
        frame,
        id: parsed.id,
        idFrom: parsed.idFrom ?? 'server',
        source: header.source,
        environment: header.environment,
        at: parsed.at,
        receivedAt: header.receivedAt,
        importId: header.importId,
        linking: linkingIds(parsed),
        position: frame.position,
        index,
      })
    } catch (error) {
      quarantine(index, rejection(line, `could not be understood: ${error instanceof Error ? error.message : error}`))
    }
  }
}

// Frames are written by this program alone. Should one be unreadable all the same, its lines are kept in quarantine.
// Checking each of them anew costs as much as an event: all but the time of receipt is usually as in the frame before.
function parseHeader(text: string): FrameHeader {
  const at = text.indexOf(RECEIVED_AT)
  const end = text.indexOf(',', at + RECEIVED_AT.length)
  const shape = at < 0 ? '' : end < 0 ? `${text.slice(0, at)}}` : text.slice(0, at) + text.slice(end)
  const receivedAt = Number(text.slice(at + RECEIVED_AT.length, end < 0 ? -1 : end))
  if (shape !== '' && shape === lastShape && receivedAt > 0) return { ...lastHeader, receivedAt }
  const header = checkedHeader(text)
  if (header !== NO_HEADER) {
    lastShape = shape
    lastHeader = header
  }
  return header
}

const RECEIVED_AT = '"receivedAt":'
let lastShape = ''

function checkedHeader(text: string): FrameHeader {
  const parsed = frameHeader.safeParse(tryJson(text))
  return (parsed.data as FrameHeader | undefined) ?? NO_HEADER
}

const NO_HEADER: FrameHeader = { v: 1, source: '', environment: 'production', receivedAt: 0 }
let lastHeader: FrameHeader = NO_HEADER

function tryJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const MAX_TIME_MS = Date.UTC(2106, 0)

// The import route appends lines without looking into them; what only a look can tell is checked here.
function assertCollected(event: CollectedEvent): void {
  if (typeof event.id !== 'string' || !UUID.test(event.id)) throw new Error(`expected a UUID as id, got ${event.id}`)
  if (typeof event.name !== 'string') throw new Error('expected a name')
  if (!(event.at >= 0 && event.at < MAX_TIME_MS)) throw new Error(`expected a time from 1970 on, got ${event.at}`)
}

/** Text of the log is not held in memory for the few that are refused. */
function lineOf({ frame, index }: PreparedEvent): string {
  return frame.payload.toString('utf8').split('\n')[index] ?? ''
}

/** An event that ClickHouse refused, as a line for quarantine. */
export function refusedEvent(event: PreparedEvent, reason: string): QuarantinedLine {
  const { source, environment, receivedAt } = event
  const header: FrameHeader = { v: 1, source, environment, receivedAt }
  const line = quarantinedLine(header, rejection(lineOf(event), reason).rejected, event.position, event.index)
  return { ...line, importId: event.importId }
}

function rejection(raw: string, reason: string): RejectedLine {
  return { rejected: { reason, raw: raw.slice(0, 65_536), sizeBytes: Buffer.byteLength(raw) } }
}

function quarantinedLine(
  header: FrameHeader,
  rejected: RejectedLine['rejected'],
  position: number,
  index: number,
): QuarantinedLine {
  return {
    id: quarantineId(header.source, rejected),
    receivedAt: header.receivedAt,
    source: header.source,
    environment: header.environment,
    reason: String(rejected.reason),
    raw: String(rejected.raw),
    sizeBytes: Number(rejected.sizeBytes) || 0,
    file: rejected.file ?? '',
    line: rejected.line ?? 0,
    importId: header.importId,
    position,
    index,
  }
}

// Of the line and its place, so that the same broken file read twice is not in quarantine twice.
function quarantineId(source: string, { raw, line, reason }: RejectedLine['rejected']): string {
  // Damage of the log has no text; its reason says where it is.
  const hex = createHash('sha256')
    .update(`${source}\0${line ?? ''}\0${raw || reason}`)
    .digest('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}
