import type { CubeCalendar } from '@almanac/core/cubes/cube.ts'
import { endOfBucket, startOfBucket } from '@almanac/core/time/buckets.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'

/** The range made longer, until no bucket is cut off at its ends: a cut one would be taken for a whole one. */
export function wholeBuckets({ from, to }: ZonedRange, grain: Grain, calendar: CubeCalendar): ZonedRange {
  const { firstDayOfWeek, fiscalYearStart } = calendar
  const first = startOfBucket(from, grain, firstDayOfWeek, fiscalYearStart)
  const last = startOfBucket(to, grain, firstDayOfWeek, fiscalYearStart)
  const isWhole = Temporal.ZonedDateTime.compare(last, to) === 0
  return { from: first, to: isWhole ? to : endOfBucket(last, grain, firstDayOfWeek) }
}

/** For a query: the instant, whatever the query's zone is. */
export const instantText = (moment: Temporal.ZonedDateTime) => moment.toInstant().toString()
