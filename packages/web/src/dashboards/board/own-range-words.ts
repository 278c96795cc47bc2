import { formatRange } from '@almanac/core/charts/format/format-time.ts'
import { parseRange, rangeLabel } from '@almanac/core/time/range-expression.ts'

/**
 * For a card that shows another range than its board: `Quarter to date`, or the dates of one that has no name. Data that follows
 * the board beside it is said, too. `undefined` where all of it does.
 */
export function ownRangeWords(
  rangesOfData: readonly (string | undefined | null)[],
  now: Temporal.ZonedDateTime,
  locale?: string,
): string | undefined {
  const ranges = [...new Set(rangesOfData.map((range) => range ?? undefined))]
  const own = ranges.flatMap((range) => (range === undefined ? [] : wordsOf(range, now, locale)))
  if (own.length === 0) return undefined
  return [...own, ...(ranges.includes(undefined) ? ['the dashboard’s range'] : [])].join(' and ')
}

function wordsOf(range: string, now: Temporal.ZonedDateTime, locale: string | undefined): string {
  const name = rangeLabel(range)
  if (name !== range.trim()) return name
  const parsed = parseRange(range, now)
  return 'range' in parsed ? formatRange(parsed.range, locale) : name
}
