import type { QueryAnswer } from '@almanac/core/query/query.ts'
import type { Bucket } from './buckets.ts'
import { MEASURES, type MeasureName } from './dashboard-search.ts'

type Row = QueryAnswer['rows'][number]
export type Figures = Readonly<Record<MeasureName, number>>

/** One point of the chart. `open`: its bucket is still running. Without figures it lies ahead. */
export interface SeriesPoint extends Bucket {
  readonly state: 'closed' | 'open' | 'ahead'
  readonly figures: Figures | undefined
}

/**
 * The answer's rows on the whole axis. A bucket in which nothing happened is zero when it is past, whether it has a row
 * or not, and unknown when it is still to come.
 */
export function seriesOf(rows: readonly Row[], buckets: readonly Bucket[], now: Temporal.Instant): SeriesPoint[] {
  const byStart = new Map(rows.map((row) => [Temporal.Instant.from(String(row.time)).epochMilliseconds, row]))
  return buckets.map((bucket) => {
    const state = stateOf(bucket, now)
    const row = byStart.get(bucket.start.epochMilliseconds)
    const isKnown = state !== 'ahead' || Number(row?.hits ?? 0) > 0
    return { ...bucket, state, figures: isKnown ? figuresOf(row) : undefined }
  })
}

/** A row's measures as numbers; nothing happened where there is no row. */
export function figuresOf(row: Row | undefined): Figures {
  return Object.fromEntries(MEASURES.map((name) => [name, Number(row?.[name] ?? 0)])) as Record<MeasureName, number>
}

function stateOf({ start, end }: Bucket, now: Temporal.Instant): SeriesPoint['state'] {
  if (Temporal.Instant.compare(end.toInstant(), now) <= 0) return 'closed'
  return Temporal.Instant.compare(start.toInstant(), now) <= 0 ? 'open' : 'ahead'
}
