import type { Comparison } from '@almanac/core/query/query.ts'

export const COMPARISON_WORDS: Readonly<Record<Comparison['with'], string>> = {
  previous_period: 'Previous period',
  previous_week: 'Previous week',
  previous_month: 'Previous month',
  previous_quarter: 'Previous quarter',
  previous_year: 'Previous year',
}

export const COMPARED = Object.keys(COMPARISON_WORDS) as Comparison['with'][]

/** What a comparison begins as: a range that is still running is compared with as much of the one before. */
export const USUAL_COMPARISON: Comparison = { with: 'previous_period', align: 'date', toDate: true }

/** What one query takes. */
export const MOST_COMPARISONS = 4

/** How all of the comparisons are meant. */
export interface ComparisonManner {
  readonly align: Comparison['align']
  readonly toDate: boolean
}

/** To date where nothing is compared yet: a day that is still running never stands beside a whole one unasked. */
export function mannerOf(comparisons: readonly Comparison[]): ComparisonManner {
  return {
    align: comparisons.some(({ align }) => align === 'weekday') ? 'weekday' : 'date',
    toDate: comparisons.length === 0 || comparisons.some(({ toDate }) => toDate),
  }
}

/** With one more or one less, in the order in which they are offered. The newest is left out where there are too many. */
export function toggled(
  comparisons: readonly Comparison[],
  base: Comparison['with'],
  manner: ComparisonManner,
): Comparison[] {
  if (comparisons.some((one) => one.with === base)) return comparisons.filter((one) => one.with !== base)
  if (comparisons.length >= MOST_COMPARISONS) return [...comparisons]
  return [...comparisons, { with: base, ...manner }].toSorted(
    (a, b) => COMPARED.indexOf(a.with) - COMPARED.indexOf(b.with),
  )
}

/** For the button: `vs previous year`, `vs 3 others`. */
export function comparedWords(comparisons: readonly Comparison[]): string {
  const [first, ...others] = comparisons
  if (!first) return 'Compare'
  return others.length === 0 ? `vs ${COMPARISON_WORDS[first.with].toLowerCase()}` : `vs ${comparisons.length} others`
}
