import type { DateStyle } from '@almanac/core/uploads/upload-definition.ts'
import type { Cell } from '../reading/file-rows.ts'

/** A day or an instant, as it was written. */
export interface ReadDate {
  /** `2026-05-17`. */
  readonly day: string
  /** `10:20:00`, with up to three digits behind; absent where only a day was said. */
  readonly clock?: string | undefined
  /** `Z` or `+02:00`; absent: of the zone of the file. */
  readonly offset?: string | undefined
  /** Whether day and month could be the other way round. */
  readonly isAmbiguous?: boolean
}

/** Undefined when it is no date in this order. */
export function readDate(cell: Cell, style: DateStyle): ReadDate | undefined {
  if (style === 'seconds' || style === 'milliseconds') return sinceEpoch(cell, style === 'seconds' ? 1000 : 1)
  if (style === 'year') return yearOnly(cell)
  const text = typeof cell === 'number' ? String(cell) : cell
  if (typeof text !== 'string' || text.length > 80 || !/\d/.test(text)) return undefined
  const trimmed = text.trim()
  return yearFirst(trimmed) ?? compact(trimmed) ?? numbered(trimmed, style) ?? named(trimmed) ?? period(trimmed)
}

const CLOCK = String.raw`(?:[T,\s]+(?<hour>\d{1,2})(?:[:.h](?<minute>\d{2})(?:[:.](?<second>\d{2})(?:[.,](?<fraction>\d{1,9}))?)?)?\s*(?<half>[ap]\.?m\.?)?\s*(?<offset>Z|UTC|GMT(?:[+-]\d{4})?|[+-]\d{2}(?::?\d{2})?)?(?:\s*\(.*\)|\s*\[.*\])?)?`
const YEAR_FIRST = new RegExp(
  String.raw`^(?<year>\d{4})(?<sign>[-/.])(?<month>\d{1,2})\k<sign>(?<day>\d{1,2})${CLOCK}$`,
  'i',
)
const NUMBERED = new RegExp(
  String.raw`^(?:[a-z]{2,9}\.?,?\s+)?(?<a>\d{1,2})(?<sign>[-/. ])\s?(?<b>\d{1,2})\k<sign>\s?(?<year>\d{4}|\d{2})${CLOCK}$`,
  'i',
)
const COMPACT =
  /^(?<year>(?:19|20|21)\d{2})(?<month>\d{2})(?<day>\d{2})(?:T?(?<hour>\d{2})(?<minute>\d{2})(?<second>\d{2})(?<offset>Z)?)?$/
const DAY_NAMED = new RegExp(
  String.raw`^(?:\p{L}{2,10}\.?,?\s+)?(?<day>\d{1,2})(?:st|nd|rd|th|\.)?[-\s/]*(?<name>\p{L}{3,10})\.?[-\s,/]*(?<year>\d{4}|\d{2})${CLOCK}$`,
  'iu',
)
const MONTH_NAMED = new RegExp(
  String.raw`^(?:\p{L}{2,10}\.?,?\s+)?(?<name>\p{L}{3,10})\.?[-\s]+(?<day>\d{1,2})(?:st|nd|rd|th)?,?[-\s]+(?<year>\d{4})${CLOCK}$`,
  'iu',
)

type Groups = Readonly<Record<string, string | undefined>>

function yearFirst(text: string): ReadDate | undefined {
  const groups = YEAR_FIRST.exec(text)?.groups
  return groups && dateOf(groups, Number(groups.year), Number(groups.month), Number(groups.day))
}

function compact(text: string): ReadDate | undefined {
  const groups = COMPACT.exec(text)?.groups
  return groups && dateOf(groups, Number(groups.year), Number(groups.month), Number(groups.day))
}

function numbered(text: string, style: DateStyle): ReadDate | undefined {
  const groups = NUMBERED.exec(text)?.groups
  if (!groups || style === 'year_first') return undefined
  const [a, b] = [Number(groups.a), Number(groups.b)]
  const date =
    style === 'day_first' ? dateOf(groups, fullYear(groups.year), b, a) : dateOf(groups, fullYear(groups.year), a, b)
  return date && { ...date, isAmbiguous: a <= 12 && b <= 12 && a !== b }
}

function named(text: string): ReadDate | undefined {
  const groups = DAY_NAMED.exec(text)?.groups ?? MONTH_NAMED.exec(text)?.groups
  const month = groups && monthNamed(groups.name)
  return groups && month ? dateOf(groups, fullYear(groups.year), month, Number(groups.day)) : undefined
}

/** A month, a quarter or a week is its first day. */
function period(text: string): ReadDate | undefined {
  const month = /^(\d{4})[-/](\d{2})$/.exec(text)
  if (month) return dateOf({}, Number(month[1]), Number(month[2]), 1)
  const quarter = /^(?:(\d{4})[-\s]?Q([1-4])|Q([1-4])[-\s/]?(\d{4}))$/i.exec(text)
  if (quarter) return dateOf({}, Number(quarter[1] ?? quarter[4]), Number(quarter[2] ?? quarter[3]) * 3 - 2, 1)
  const week = /^(\d{4})-?W(\d{2})$/i.exec(text)
  if (week) return weekOf(Number(week[1]), Number(week[2]))
  const named = /^(\p{L}{3,10})\.?[\s-]+(\d{4})$/u.exec(text)
  const number = named && monthNamed(named[1])
  return number ? dateOf({}, Number(named?.[2]), number, 1) : undefined
}

function weekOf(year: number, week: number): ReadDate | undefined {
  if (week < 1 || week > 53) return undefined
  const fourth = Temporal.PlainDate.from({ year, month: 1, day: 4 })
  const monday = fourth.subtract({ days: fourth.dayOfWeek - 1 }).add({ weeks: week - 1 })
  return monday.yearOfWeek === year ? { day: monday.toString() } : undefined
}

/** Of two digits: up to 69 they are of this century. */
const fullYear = (text = '') => (text.length === 4 ? Number(text) : Number(text) + (Number(text) < 70 ? 2000 : 1900))

function dateOf(groups: Groups, year: number, month: number, day: number): ReadDate | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysIn(year, month) || year < 1 || year > 9999) return undefined
  const text = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`
  if (groups.hour === undefined) return { day: text }
  const clock = clockOf(groups)
  if (clock === undefined) return undefined
  return { day: text, clock, ...(groups.offset !== undefined && { offset: offsetOf(groups.offset) }) }
}

function clockOf({ hour = '', minute = '0', second = '0', fraction, half }: Groups): string | undefined {
  let hours = Number(hour)
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return undefined
    hours = (hours % 12) + (/^p/i.test(half) ? 12 : 0)
  } else if (minute === '0' && fraction === undefined && second === '0' && hour.length < 2) return undefined
  if (hours > 23 || Number(minute) > 59 || Number(second) > 60) return undefined
  const digits = fraction === undefined ? '' : `.${fraction.slice(0, 3).padEnd(3, '0')}`
  return `${pad(hours, 2)}:${pad(Number(minute), 2)}:${pad(Math.min(Number(second), 59), 2)}${digits}`
}

function offsetOf(text: string): string {
  const found = /([+-])(\d{2}):?(\d{2})?$/.exec(text)
  return found ? `${found[1]}${found[2]}:${found[3] ?? '00'}` : 'Z'
}

const pad = (value: number, length: number) => String(value).padStart(length, '0')
const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate()

function sinceEpoch(cell: Cell, factor: number): ReadDate | undefined {
  const number = typeof cell === 'string' && /^-?\d{1,16}(\.\d+)?$/.test(cell.trim()) ? Number(cell) : cell
  if (typeof number !== 'number') return undefined
  const date = new Date(Math.round(number * factor))
  if (Number.isNaN(date.getTime()) || date.getUTCFullYear() < 1 || date.getUTCFullYear() > 9999) return undefined
  const text = date.toISOString()
  return { day: text.slice(0, 10), clock: text.slice(11, 23), offset: 'Z' }
}

function yearOnly(cell: Cell): ReadDate | undefined {
  const text = String(cell ?? '').trim()
  return /^\d{4}$/.test(text) && text >= '1000' ? { day: `${text}-01-01` } : undefined
}

/** By the first letters of its name in English, German, French, Spanish, Italian, Portuguese or Dutch. */
function monthNamed(name = ''): number | undefined {
  const plain = name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase()
  const found = MONTHS.findIndex((starts) => starts.some((start) => plain.startsWith(start)))
  return found < 0 ? undefined : found + 1
}

const MONTHS = [
  ['jan', 'ene', 'gen'],
  ['feb', 'fev'],
  ['mar', 'maa', 'mrt', 'mrz'],
  ['apr', 'avr', 'abr'],
  ['may', 'mai', 'mag', 'mei'],
  ['jun', 'juin', 'giu'],
  ['jul', 'juil', 'lug'],
  ['aug', 'aou', 'ago'],
  ['sep', 'set'],
  ['oct', 'okt', 'ott', 'out'],
  ['nov'],
  ['dec', 'dez', 'dic'],
]
