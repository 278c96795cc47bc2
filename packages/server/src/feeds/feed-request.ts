import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import type { Query } from '@almanac/core/query/query.ts'
import { refusalOf, withInputs } from '@almanac/core/query/resolve/resolve-measures.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import { parseMoment } from '@almanac/core/time/moment.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { instantText, wholeBuckets } from './whole-buckets.ts'

export const FEED_FORMATS = ['csv', 'json', 'parquet', 'xlsx'] as const
export type FeedFormat = (typeof FEED_FORMATS)[number]

/** A feed is a table of finished figures by one grain, whose columns never change their names. */
export interface FeedRequest {
  readonly grain: Grain
  /** Dates or instants; absent: the last 30 days, today included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
  readonly timezone?: string | undefined
  readonly dimensions: readonly string[]
  /** Absent: all that have a right value at this grain by these dimensions. */
  readonly measures?: readonly string[] | undefined
  /** Such as `country=DE,FR`, `status!=404` or `path~blog`. */
  readonly filters: readonly string[]
  readonly segments: readonly string[]
}

/** The rows of one page of a feed, which are held in memory. */
export const PAGE_ROWS = 100_000

/**
 * The query of a feed. Its range is made of whole buckets. Throws AppError `invalid_query`; unknown names are found when
 * the query is run.
 */
export function feedQuery(request: FeedRequest, cube: CubeDefinition, now: Temporal.Instant): Query {
  const timezone = request.timezone ?? cube.calendar.timezone
  const { from, to } = wholeBuckets(rangeOf(request, timezone, now), request.grain, cube.calendar)
  const dimensions = [...new Set(request.dimensions)]
  return {
    cube: cube.name,
    measures: [...(request.measures ?? measuresOf(cube, request.grain, dimensions, timezone))],
    dimensions,
    filters: request.filters.map(parseFilter),
    segments: [...request.segments],
    from: instantText(from),
    to: instantText(to),
    grain: request.grain,
    timezone,
    compare: [],
    having: [],
    totals: [],
    order: [],
    limit: PAGE_ROWS,
  }
}

/** Up to the bucket of this moment: what has not begun has no figures. */
function rangeOf({ from, to }: FeedRequest, timezone: string, now: Temporal.Instant): ZonedRange {
  const present = parseMoment(now.toString(), timezone).add({ milliseconds: 1 })
  const asked = to === undefined ? present : parseMoment(to, timezone)
  const end = Temporal.ZonedDateTime.compare(asked, present) < 0 ? asked : present
  const start =
    from === undefined
      ? end
          .subtract({ milliseconds: 1 })
          .startOfDay()
          .subtract({ days: LAST_DAYS - 1 })
      : parseMoment(from, timezone)
  if (Temporal.ZonedDateTime.compare(start, end) < 0) return { from: start, to: end }
  const message = `the range from ${from} to ${to ?? 'now'} is empty: expected a "from" in the past and before "to"`
  throw new AppError('invalid_query', message)
}

const LAST_DAYS = 30

function measuresOf(cube: CubeDefinition, grain: Grain, dimensions: readonly string[], timezone: string): string[] {
  const calendar = { ...cube.calendar, timezone }
  const isRight = (name: string) => {
    const measure = cube.measures[name]
    if (!measure) return false
    const needed = withInputs({ name, measure }, cube)
    return needed.every((one) => refusalOf(one, grain, dimensions, cube, calendar) === undefined)
  }
  const names = Object.keys(cube.measures).filter(isRight)
  if (names.length > 0) return names
  throw new AppError(
    'invalid_query',
    `the cube ${cube.name} has no measure with a value by ${grain} and these dimensions`,
  )
}

const OPERATORS = { '=': 'in', '!=': 'not_in', '~': 'contains', '!~': 'not_contains' } as const

function parseFilter(text: string): QueryFilter {
  const groups = /^(?<dimension>[^=!~]+)(?<operator>!?[=~])(?<values>[\s\S]*)$/.exec(text)?.groups
  if (groups === undefined) {
    throw new AppError('invalid_query', `expected a filter such as country=DE,FR or path~blog, got "${text}"`)
  }
  const op = OPERATORS[groups.operator as keyof typeof OPERATORS]
  return { dimension: groups.dimension ?? '', op, values: (groups.values ?? '').split(',') }
}
