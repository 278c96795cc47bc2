import type { Column, Row, Value } from '../../query/query.ts'
import type { Grain } from '../../time/grain.ts'
import type { Frame } from '../frame.ts'
import { firstOpenBucket, grainOfTimes } from './grain-of-times.ts'

/**
 * A table for charts out of the rows of a statement. The column `time`, or the only one that is a time, is the axis; other
 * times, texts and truth values are dimensions; numbers are measures. Times get the offset of the board's zone; a date is the
 * start of that day in it. Lists, maps and tuples are shown as JSON.
 */
export interface FramePlace {
  readonly timezone: string
  readonly firstDayOfWeek: number
  /** What the statement was told to group by; without it, its times tell. */
  readonly grain: Grain | undefined
  /** Only where the statement asks for it. */
  readonly from: string | undefined
  readonly to: string | undefined
  readonly now: Temporal.Instant
}

/** What a statement answers with: types as the engine names them, times as ISO 8601 in UTC. */
interface SqlRows {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
  readonly truncated: boolean
}

export function frameOfSql({ columns, rows, truncated }: SqlRows, place: FramePlace): Frame {
  const { timezone, firstDayOfWeek, from, to, now } = place
  const parts = partsOf(columns, rows)
  const read = parts.map((part) => reader(part.type, timezone))
  const names = parts.map(({ name }) => name)
  const readRow = (cells: readonly unknown[]): Row =>
    Object.fromEntries(names.map((name, at) => [name, read[at]?.(cells[at]) ?? null]))
  const frameRows = rows.map(readRow)
  const axis = parts.find(({ kind }) => kind === 'time')
  const times = axis ? timesOf(frameRows, axis.name, timezone) : []
  const grain = axis && (place.grain ?? grainOfTimes(times, firstDayOfWeek))
  return {
    columns: parts.map(({ name, kind, type }) => ({ name, kind, type, label: labelOf(name) })),
    rows: frameRows,
    totals: [],
    timezone,
    firstDayOfWeek,
    grain,
    openFrom: grain && firstOpenBucket(times, grain, firstDayOfWeek, now)?.toString({ timeZoneName: 'never' }),
    from,
    to,
    comparisons: [],
    asOf: now.toString({ smallestUnit: 'millisecond' }),
    isTruncated: truncated,
  }
}

interface Part extends Pick<Column, 'name' | 'kind'> {
  readonly type: 'time' | 'string' | 'number' | 'boolean'
}

function partsOf(columns: SqlRows['columns'], rows: SqlRows['rows']): Part[] {
  const names = distinctNames(columns.map(({ name }) => name))
  const types = columns.map(({ type }, at) => typeOf(type, rows, at))
  const times = types.flatMap((type, at) => (type === 'time' ? [at] : []))
  const axis = times.find((at) => names[at] === 'time') ?? (times.length === 1 ? times[0] : undefined)
  return types.map((type, at) => ({
    name: names[at] ?? '',
    type,
    kind: at === axis ? 'time' : type === 'number' ? 'measure' : 'dimension',
  }))
}

/** Two columns of one name would be one in a row. */
function distinctNames(names: readonly string[]): string[] {
  const taken = new Set<string>()
  return names.map((name) => {
    let own = name
    for (let n = 2; taken.has(own); n += 1) own = `${name}_${n}`
    taken.add(own)
    return own
  })
}

/** Numbers that a floating point number cannot hold came as texts (`parseExactJson`): they are ids, and nothing to draw. */
function typeOf(engineType: string, rows: SqlRows['rows'], at: number): Part['type'] {
  const type = innerType(engineType)
  if (/^Date/.test(type)) return 'time'
  if (type === 'Bool') return 'boolean'
  if (/^(U?Int\d|B?Float|Decimal)/.test(type)) {
    return /^U?Int/.test(type) && rows.some((row) => typeof row[at] === 'string') ? 'string' : 'number'
  }
  return 'string'
}

function innerType(type: string): string {
  const inside = /^(?:Nullable|LowCardinality)\((.*)\)$/.exec(type)?.[1]
  return inside === undefined ? type : innerType(inside)
}

function reader(type: Part['type'], timezone: string): (cell: unknown) => Value {
  if (type === 'time') return timeReader(timezone)
  if (type === 'number') return (cell) => (cell === null ? null : Number(cell))
  if (type === 'boolean') return (cell) => (cell === null ? null : cell === true || cell === 1)
  return (cell) =>
    cell === null || cell === undefined ? null : typeof cell === 'object' ? JSON.stringify(cell) : String(cell)
}

/** The same few times stand in many rows. */
function timeReader(timezone: string): (cell: unknown) => Value {
  const known = new Map<string, string>()
  return (cell) => {
    if (typeof cell !== 'string') return null
    const text = known.get(cell) ?? zoned(cell, timezone).toString({ timeZoneName: 'never' })
    known.set(cell, text)
    return text
  }
}

/** As `date_time_output_format` "iso" writes it: times in UTC, dates without one. */
function zoned(text: string, timeZone: string): Temporal.ZonedDateTime {
  return text.includes('T')
    ? Temporal.Instant.from(text).toZonedDateTimeISO(timeZone)
    : Temporal.PlainDate.from(text).toZonedDateTime({ timeZone })
}

function timesOf(rows: readonly Row[], name: string, timezone: string): Temporal.ZonedDateTime[] {
  const texts = new Set(rows.map((row) => row[name]).filter((value) => typeof value === 'string'))
  return [...texts].map((text) => Temporal.Instant.from(text).toZonedDateTimeISO(timezone))
}

/** `paying_customers` is read as "Paying customers". */
function labelOf(name: string): string {
  const words = name.replaceAll('_', ' ').trim()
  return words === '' ? name : `${words.charAt(0).toUpperCase()}${words.slice(1)}`
}
