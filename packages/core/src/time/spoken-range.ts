import { NAMED_RANGES, parseRange } from './range-expression.ts'
import { RANGE_PRESETS, type ZonedRange } from './range-preset.ts'

/**
 * Ranges in the words that people use: `last 3 weeks`, `past two weeks`, `march`, `mar 2026`, `q3`, `since monday`. They are
 * translated where they are typed, into texts that `parseRange` knows: what a board or an address holds is never in words.
 * What has no year is the latest of its kind that has begun.
 */
export function spokenRange(text: string, now: Temporal.ZonedDateTime): string | undefined {
  const words = text.trim().toLowerCase().replace(/\s+/g, ' ')
  const today = now.toPlainDate()
  return NAMED.get(words) ?? lastMany(words) ?? month(words, today) ?? quarter(words, today) ?? dayOrSince(words, today)
}

/** What somebody typed, in words or not, with the text to keep of it. */
export type TypedRange = { readonly text: string; readonly range: ZonedRange } | { readonly problem: string }

export function parseTypedRange(typed: string, now: Temporal.ZonedDateTime, firstDayOfWeek = 1): TypedRange {
  const text = spokenRange(typed, now) ?? typed.trim()
  const parsed = parseRange(text, now, firstDayOfWeek)
  if ('range' in parsed) return { text, range: parsed.range }
  return parsed.isUnclear ? { problem: `expected a range such as ${SOME_FORMS}` } : parsed
}

const SOME_FORMS = 'last 3 weeks, this month, march 2026, q3, since monday or 2026-01-01 to 2026-02-01'

const NAMED = new Map<string, string>([
  ...Object.entries(RANGE_PRESETS).map(([id, { label }]) => [label.toLowerCase(), id] as const),
  ...NAMED_RANGES.map(({ text, label }) => [label.toLowerCase(), text] as const),
])

const COUNTS = 'one two three four five six seven eight nine ten eleven twelve'.split(' ')
const UNIT_LETTERS = { minute: 'm', hour: 'h', day: 'd', week: 'w', month: 'M', quarter: 'q', year: 'y' } as const
const LAST_MANY = new RegExp(
  `^(?:last|past) (?:(\\d{1,4}|${COUNTS.join('|')}) )?(${Object.keys(UNIT_LETTERS).join('|')})s?$`,
)

/** `last week` is the calendar's and has a name; `past week` is the one up to now. */
function lastMany(words: string): string | undefined {
  const [, spelled = '1', unit] = LAST_MANY.exec(words) ?? []
  if (unit === undefined) return undefined
  const count = COUNTS.includes(spelled) ? COUNTS.indexOf(spelled) + 1 : Number(spelled)
  if (count === 0) return undefined
  const named = NAMED.get(`last ${count} ${unit}s`)
  return named ?? `now-${count}${UNIT_LETTERS[unit as keyof typeof UNIT_LETTERS]} to now`
}

const MONTHS = 'january february march april may june july august september october november december'.split(' ')
const WEEKDAYS = 'monday tuesday wednesday thursday friday saturday sunday'.split(' ')

/** From 1 on; three letters are enough. */
function numberOf(word: string, names: readonly string[]): number | undefined {
  const part = word.replace(/\.$/, '')
  const at = part.length < 3 ? -1 : names.findIndex((name) => name.startsWith(part))
  return at < 0 ? undefined : at + 1
}

function month(words: string, today: Temporal.PlainDate): string | undefined {
  const [, name, year] = /^([a-z]+\.?)(?: (\d{4}))?$/.exec(words) ?? []
  const first = name && firstOfMonth(numberOf(name, MONTHS), year, today)
  return first ? first.toPlainYearMonth().toString() : undefined
}

function quarter(words: string, today: Temporal.PlainDate): string | undefined {
  const [, before, number, after] = /^(?:(\d{4}) )?q([1-4])(?: (\d{4}))?$/.exec(words) ?? []
  if (number === undefined || (before && after)) return undefined
  const first = firstOfMonth(3 * Number(number) - 2, before ?? after, today)
  return first && `${first} to ${first.add({ months: 3 })}`
}

function firstOfMonth(number: number | undefined, year: string | undefined, today: Temporal.PlainDate) {
  return number === undefined ? undefined : dateOf({ day: 1, month: number, year }, today)
}

function dayOrSince(words: string, today: Temporal.PlainDate): string | undefined {
  if (!words.startsWith('since ')) return day(words, today)?.toString()
  const rest = words.slice('since '.length)
  const weekday = numberOf(rest, WEEKDAYS)
  const from =
    weekday !== undefined
      ? today.subtract({ days: (today.dayOfWeek - weekday + 7) % 7 }).toString()
      : (recentDay(rest, today)?.toString() ?? day(rest, today)?.toString() ?? month(rest, today) ?? numeric(rest))
  return from && `${from} to now`
}

function recentDay(words: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  if (words === 'yesterday') return today.subtract({ days: 1 })
  return words === 'today' ? today : undefined
}

/** `3 march`, `march 3rd`, `3 mar 2026`. */
function day(words: string, today: Temporal.PlainDate): Temporal.PlainDate | undefined {
  const match =
    /^(?<day>\d{1,2})(?:st|nd|rd|th|\.)? (?<name>[a-z]+\.?)(?:,? (?<year>\d{4}))?$/.exec(words) ??
    /^(?<name>[a-z]+\.?) (?<day>\d{1,2})(?:st|nd|rd|th)?(?:,? (?<year>\d{4}))?$/.exec(words)
  const { day: number, name = '', year } = match?.groups ?? {}
  const inYear = numberOf(name, MONTHS)
  return inYear === undefined ? undefined : dateOf({ day: Number(number), month: inYear, year }, today)
}

interface DateParts {
  readonly day: number
  readonly month: number
  readonly year: string | undefined
}

/** Without a year, the latest that has begun; a leap day may lie eight years back. `undefined` when there is no such day. */
function dateOf({ day: number, month: inYear, year }: DateParts, today: Temporal.PlainDate) {
  const years = year === undefined ? Array.from({ length: 9 }, (_, ago) => today.year - ago) : [Number(year)]
  const dates = years.flatMap((one) => plainDate(one, inYear, number) ?? [])
  return dates.find((date) => year !== undefined || Temporal.PlainDate.compare(date, today) <= 0)
}

function plainDate(year: number, inYear: number, number: number): Temporal.PlainDate | undefined {
  try {
    return Temporal.PlainDate.from({ year, month: inYear, day: number }, { overflow: 'reject' })
  } catch {
    return undefined
  }
}

const numeric = (text: string) => (/^\d{4}(-\d\d){0,2}$/.test(text) ? text : undefined)
