import type { QueryAnswer } from '@almanac/core/query/query.ts'
import type { FilterDimension } from './dashboard-search.ts'
import { valueLabel } from './value-label.ts'

/** One line of a ranked list, as it is drawn. */
export interface TopRow {
  readonly value: string
  readonly label: string
  /** A short mark before the label, such as a country's code. */
  readonly mark: string | undefined
  readonly hits: number
  readonly visitors: number
  /** Of the longest bar, 0 to 1. */
  readonly bar: number
  /** Of all hits in the range, 0 to 1. There is no such share of visitors: one may be in several rows. */
  readonly share: number | undefined
}

export function topRows(
  answer: QueryAnswer['rows'],
  dimension: FilterDimension,
  totalHits: number | undefined,
  locale?: string,
): TopRow[] {
  const most = Math.max(1, ...answer.map((row) => Number(row.hits ?? 0)))
  return answer.map((row) => {
    const value = String(row[dimension] ?? '')
    const hits = Number(row.hits ?? 0)
    const share = totalHits ? Math.min(1, hits / totalHits) : undefined
    return {
      value,
      ...valueLabel(dimension, value, locale),
      hits,
      visitors: Number(row.visitors ?? 0),
      bar: hits / most,
      share,
    }
  })
}
