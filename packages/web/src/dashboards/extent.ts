import type { QueryAnswer, QueryInput } from '@almanac/core/query/query.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { queryOptions } from '@tanstack/react-query'
import { askCube } from '../api/queries.ts'
import type { DashboardSearch } from './dashboard-search.ts'
import { filtersOf } from './overview-queries.ts'
import { WEB_CUBE } from './web-cube.ts'

/**
 * On which days there is any data of a source; `null` where there is none. Found in two steps, first the months of all
 * times and then the days of those: an answer has only so many buckets. Not refreshed with every event, as it changes
 * once a day.
 */
export function extentQuery(source: DashboardSearch['source'], timezone: string) {
  return queryOptions({
    queryKey: ['extent', source, timezone],
    queryFn: async ({ signal }) => {
      const ask = (range: { from: string; to: string }, grain: 'month' | 'day') =>
        askCube(busyTimes(range, grain, source, timezone), signal).then(({ rows }) => extentOf(rows, timezone))
      const months = await ask({ from: '1970-01-01', to: '2200-01-01' }, 'month')
      if (!months) return null
      const from = months.from.toPlainDate()
      const to = months.to.toPlainDate().with({ day: 1 }).add({ months: 1 })
      const isTooLong = from.until(to, { largestUnit: 'day' }).days > 15_000
      return isTooLong
        ? months
        : ask({ from: from.toString(), to: to.toString() }, 'day').then((days) => days ?? months)
    },
    staleTime: 60_000,
    refetchInterval: 60_000,
  })
}

/** From the first to the last of the buckets that have data, in whole days; the rows may come in any order. */
export function extentOf(rows: QueryAnswer['rows'], timezone: string): ZonedRange | undefined {
  const days = rows
    .filter(({ hits }) => Number(hits) > 0)
    .map(({ time }) => Temporal.Instant.from(String(time)).toZonedDateTimeISO(timezone).toPlainDate())
    .sort(Temporal.PlainDate.compare)
  const [first, last] = [days.at(0), days.at(-1)]
  return first && last && { from: first.toZonedDateTime(timezone), to: last.add({ days: 1 }).toZonedDateTime(timezone) }
}

/** Ordered by hits and not by time, because a series comes with all its empty buckets. */
function busyTimes(
  range: { from: string; to: string },
  grain: 'month' | 'day',
  source: DashboardSearch['source'],
  timezone: string,
): QueryInput {
  return {
    cube: WEB_CUBE.name,
    measures: ['hits'],
    filters: filtersOf(source ? { source } : {}),
    ...range,
    grain,
    timezone,
    order: [{ by: 'hits', direction: 'desc' }],
    limit: 20_000,
  }
}
