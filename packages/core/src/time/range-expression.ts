import { endOfBucket, startOfBucket } from './buckets.ts'
import {
  isRounded,
  type MomentContext,
  type MomentExpression,
  momentOf,
  parseMomentExpression,
  UNITS,
  type Unit,
} from './moment-expression.ts'
import { isRangePresetId, RANGE_PRESETS, type ZonedRange } from './range-preset.ts'

/**
 * A range as text: what a board holds, what stands in an address and what people type.
 *
 * - a preset's id: `28d`, `last-month`;
 * - `EXPR to EXPR` (see `moment-expression.ts`), half-open: `2026-01-01 to 2026-02-01` is January. An absolute beginning may
 *   go with `now`: `2026-01-01 to now`;
 * - a single year, month or day, as a whole: `2026`, `2026-03`, `2026-03-12`; a single time lasts until now;
 * - `14d`, short for `now-14d to now`.
 *
 * A `now` that nothing rounds ends with the running minute in ranges of up to six hours, with the running hour up to three
 * days, and with the running day beyond that. So `now-7d to now` is the preset `7d`: seven dates, today among them, and its
 * bounds (and with them the cache keys and the axis of a chart) stay the same all day. What begins at `now` begins with the
 * running minute, hour or day.
 */
export type ParsedRange = { readonly range: ZonedRange } | RangeProblem

export interface RangeProblem {
  readonly problem: string
  /** That it is no range at all, rather than one that cannot be. */
  readonly isUnclear?: true
}

export function parseRange(
  text: string,
  now: Temporal.ZonedDateTime,
  firstDayOfWeek = 1,
  fiscalYearStart = 1,
): ParsedRange {
  const trimmed = text.trim()
  if (trimmed === ALL_TIME) return { problem: 'all time can only be shown on a board, which knows where its data is' }
  if (isRangePresetId(trimmed)) return { range: RANGE_PRESETS[trimmed].range(now, firstDayOfWeek) }
  const ends = endsOf(trimmed)
  if ('problem' in ends) return ends
  try {
    const range = rangeOf(ends, { now, firstDayOfWeek, fiscalYearStart })
    if (Temporal.ZonedDateTime.compare(range.from, range.to) < 0) return { range }
    return { problem: `the range ends before it begins: ${day(range.from)} to ${day(range.to)}` }
  } catch (error) {
    // What no calendar reaches, such as now-999999y.
    if (!(error instanceof RangeError)) throw error
    return { problem: `"${shortened(trimmed)}" lies beyond the calendar` }
  }
}

/** For people: `Last 28 days`, `Last 14 days`; what has no name stays as it is. */
export function rangeLabel(text: string): string {
  const trimmed = text.trim()
  if (trimmed === ALL_TIME) return 'All time'
  if (isRangePresetId(trimmed)) return RANGE_PRESETS[trimmed].label
  const named = NAMED_RANGES.find((one) => one.text === trimmed)
  if (named) return named.label
  const last = LAST.exec(trimmed)
  if (!last) return trimmed
  const count = Number(last[1])
  const { words } = UNITS[last[2] as Unit]
  return count === 1 ? `Last ${words}` : `Last ${count} ${words}s`
}

/** Where data is: only who has looked can say, so it is resolved by the page and not here. */
export const ALL_TIME = 'all'

/** Instead of all time for those who may not look where data is: readers of a shared board. */
export const LONG_AGO_TO_NOW = 'now-10y to now'

/** Further ranges that have a name, as expressions. */
export const NAMED_RANGES = [
  { text: 'now-15m to now', label: 'Last 15 minutes' },
  { text: 'now-1h to now', label: 'Last hour' },
  { text: 'now-6h to now', label: 'Last 6 hours' },
  { text: 'now-14d to now', label: 'Last 14 days' },
  { text: 'now-3M to now', label: 'Last 3 months' },
  { text: 'now-6M to now', label: 'Last 6 months' },
  { text: 'now-2y to now', label: 'Last 2 years' },
  { text: 'now/w to now', label: 'Week to date' },
  { text: 'now/M to now', label: 'Month to date' },
  { text: 'now/q to now', label: 'Quarter to date' },
  { text: 'now/y to now', label: 'Year to date' },
] as const

/** The text of a range that was marked or moved: dates where it is whole days, else instants, which no other zone changes. */
export function rangeText({ from, to }: ZonedRange): string {
  const isWholeDays = from.equals(from.startOfDay()) && to.equals(to.startOfDay())
  if (isWholeDays) return `${from.toPlainDate()} to ${to.toPlainDate()}`
  return `${from.toInstant()} to ${to.toInstant()}`
}

/** Whether the range moves with the clock. */
export function isRelative(text: string): boolean {
  return text.trim() === ALL_TIME || isRangePresetId(text.trim()) || /\bnow\b/i.test(text) || SHORT.test(text.trim())
}

interface Ends {
  readonly from: MomentExpression
  readonly to: MomentExpression
}

const SHORT = /^(\d{1,6})(fq|fy|[smhdwMqy])$/
const LAST = /^(?:now-)?(\d{1,6})(fq|fy|[smhdwMqy])(?: to now)?$/
const NOW: MomentExpression = { kind: 'now', steps: [] }

function endsOf(text: string): Ends | RangeProblem {
  const [, count, unit] = SHORT.exec(text) ?? []
  if (unit)
    return { from: { kind: 'now', steps: [{ kind: 'shift', count: -Number(count), unit: unit as Unit }] }, to: NOW }
  const parts = text.split(/\s+to\s+/i)
  if (parts.length > 2)
    return { problem: `expected two moments with "to" between them, got "${shortened(text)}"`, isUnclear: true }
  const moments = parts.map((part) => parseMomentExpression(part))
  const unclear = moments.indexOf(undefined)
  if (unclear >= 0) return { problem: unclearMoment(parts[unclear] ?? ''), isUnclear: true }
  const [from, to] = moments as [MomentExpression, MomentExpression?]
  return { from, to: to ?? endOfSingle(from) }
}

function unclearMoment(text: string): string {
  if (text.trim() === '') return 'expected a range such as 28d, now-7d/d to now, or 2026-01-01 to 2026-02-01'
  return `expected a moment such as now-7d/d, 2026-03-12 or 2026-03-12T10:00, got "${shortened(text)}"`
}

/** A year, a month or a day as a whole. What has `now` in it, or a time, goes on until now. */
function endOfSingle(from: MomentExpression): MomentExpression {
  if (from.kind !== 'local' || from.unit === 'time') return NOW
  const at = from.at.add({ [`${from.unit}s`]: 1 })
  return { kind: 'local', at, unit: from.unit }
}

function rangeOf({ from, to }: Ends, context: MomentContext): ZonedRange {
  const rough = { from: momentOf(from, 'from', context), to: momentOf(to, 'to', context) }
  if (isRounded(from) && isRounded(to)) return rough
  const hours = rough.from.until(rough.to, { largestUnit: 'hour' }).total('hours')
  const grain = hours <= 6 ? 'minute' : hours <= 72 ? 'hour' : 'day'
  const start = startOfBucket(context.now, grain, context.firstDayOfWeek, 1)
  const end = endOfBucket(start, grain)
  return {
    from: momentOf(from, 'from', context, goesBack(from) ? end : start),
    to: momentOf(to, 'to', context, end),
  }
}

function goesBack(expression: MomentExpression): boolean {
  return expression.kind === 'now' && expression.steps.some((step) => step.kind === 'shift' && step.count < 0)
}

const day = (moment: Temporal.ZonedDateTime) => moment.toPlainDateTime().toString({ smallestUnit: 'minute' })
const shortened = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text)
