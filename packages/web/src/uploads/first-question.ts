import type { WholeUpload } from '../api/uploads.ts'
import type { ExploreSearch } from '../explore/explore-address.ts'

/** What a table is first asked on the page Explore: a figure over all of its time, as the last month may well have no rows. */
export function exploreSearchOf({
  name,
  definition,
  times,
}: Pick<WholeUpload, 'name' | 'definition' | 'times'>): ExploreSearch {
  const measures = definition?.measures ?? []
  const measure =
    measures.find(({ aggregate }) => aggregate === 'sum') ??
    measures.find(({ aggregate }) => aggregate !== 'count') ??
    measures[0]
  const data = { from: 'cube', cube: name, measures: measure ? [measure.name] : [], grain: 'board' }
  const timezone = definition?.timezone ?? 'UTC'
  return { data: JSON.stringify(data), ...(times && { range: rangeOf(times, timezone) }) }
}

/** Whole days of the table's zone; the last one is included. */
function rangeOf({ first, last }: NonNullable<WholeUpload['times']>, timezone: string): string {
  const dayOf = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO(timezone).toPlainDate()
  return `${dayOf(first)} to ${dayOf(last).add({ days: 1 })}`
}
