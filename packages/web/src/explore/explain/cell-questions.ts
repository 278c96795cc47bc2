import type { CubeData } from '@almanac/core/boards/board.ts'
import { type BoardScope, widgetQuestion } from '@almanac/core/boards/widget-query.ts'
import type { Pick } from '@almanac/core/charts/drawing.ts'
import type { Frame } from '@almanac/core/charts/frame.ts'
import type { ChangeRequestInput } from '@almanac/core/explain/change.ts'
import type { ExplainRequestInput } from '@almanac/core/explain/explain.ts'
import type { QueryInput, Row } from '@almanac/core/query/query.ts'
import { endOfBucket } from '@almanac/core/time/buckets.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { shiftedRange } from '../../dashboards/board/choice/range-moves.ts'
import type { ExplainedCell } from '../explore-search.ts'

/** The questions about one value of an answer. */

export function numberQuestion(data: CubeData, scope: BoardScope, cell: ExplainedCell): ExplainRequestInput {
  const { cube, filters, segments, from, to, timezone, firstDayOfWeek, grain } = queryOf(data, scope)
  return {
    query: {
      cube,
      measures: [cell.measure],
      dimensions: data.dimensions.filter((name) => Object.hasOwn(cell.dimensions, name)),
      filters: filters ?? [],
      segments: segments ?? [],
      from,
      to,
      ...(timezone !== undefined && { timezone }),
      ...(firstDayOfWeek !== undefined && { firstDayOfWeek }),
      ...(grain && cell.time !== undefined && { grain }),
    },
    cell: { ...(cell.time !== undefined && { time: cell.time }), dimensions: cell.dimensions },
  }
}

/**
 * What moved the value: of a bucket against the one before it, of the whole range against what it is compared with, or
 * against the range of equal length before it.
 */
export function changeQuestion(
  data: CubeData,
  scope: BoardScope,
  cell: ExplainedCell,
  comparisons: Frame['comparisons'],
  now: Temporal.Instant,
): ChangeRequestInput {
  const { cube, filters, segments, timezone } = queryOf(data, scope)
  const { current, previous } = stretches(scope, cell, comparisons, now)
  const ofCell = Object.entries(cell.dimensions).map(([dimension, value]) => ({
    dimension,
    op: 'in' as const,
    values: [value],
  }))
  return {
    cube,
    measure: cell.measure,
    filters: [...(filters ?? []), ...ofCell],
    segments: segments ?? [],
    current,
    previous,
    ...(timezone !== undefined && { timezone }),
  }
}

/** The value in a row; `undefined` where it is one of all others together, or of what has no name. */
export function cellOf(measure: string, row: Row, data: CubeData): ExplainedCell | undefined {
  if (row.isRest === true) return undefined
  const values = data.dimensions.map((name) => [name, row[name] ?? null] as const)
  if (values.some(([, value]) => value === null)) return undefined
  const time = data.grain === 'none' ? undefined : row.time
  return {
    of: 'number',
    measure,
    ...(typeof time === 'string' && { time }),
    dimensions: Object.fromEntries(values) as ExplainedCell['dimensions'],
  }
}

/** The value of a mark that was clicked, over the whole range; what it does not name is summed up over. */
export function pickedCell(measure: string, picks: readonly Pick[], data: CubeData): ExplainedCell {
  const usable = picks.filter(({ dimension, value }) => value !== null && data.dimensions.includes(dimension))
  return {
    of: 'number',
    measure,
    dimensions: Object.fromEntries(
      usable.map(({ dimension, value }) => [dimension, value]),
    ) as ExplainedCell['dimensions'],
  }
}

function queryOf(data: CubeData, scope: BoardScope): QueryInput {
  return widgetQuestion(data, scope, [], undefined).query
}

function stretches(
  { from, to, timezone, grain, firstDayOfWeek }: BoardScope,
  cell: ExplainedCell,
  comparisons: Frame['comparisons'],
  now: Temporal.Instant,
) {
  const zoned = (text: string) => Temporal.Instant.from(text).toZonedDateTimeISO(timezone)
  const start = cell.time === undefined ? undefined : zoned(cell.time)
  const range = start
    ? { from: start, to: endOfBucket(start, grain, firstDayOfWeek) }
    : { from: zoned(from), to: zoned(to) }
  const [compared] = start ? [] : comparisons
  if (compared) return { current: texts(range), previous: { from: instant(compared.from), to: instant(compared.to) } }
  return asMuchAsHasPassed(range, shiftedRange(range, -1), now)
}

/** A day that is still running has fewer of everything than the whole day before: both are cut at the last full hour. */
function asMuchAsHasPassed(range: ZonedRange, previous: ZonedRange, now: Temporal.Instant) {
  const hour = now.toZonedDateTimeISO(range.from.timeZoneId).round({ smallestUnit: 'hour', roundingMode: 'floor' })
  const { compare } = Temporal.ZonedDateTime
  if (compare(hour, range.from) <= 0 || compare(hour, range.to) >= 0) {
    return { current: texts(range), previous: texts(previous) }
  }
  const passed = range.from.until(hour, { largestUnit: 'day' })
  const cut = previous.from.add(passed)
  const end = compare(cut, previous.to) < 0 ? cut : previous.to
  return { current: texts({ from: range.from, to: hour }), previous: texts({ from: previous.from, to: end }) }
}

const texts = ({ from, to }: ZonedRange) => ({ from: from.toInstant().toString(), to: to.toInstant().toString() })
const instant = (text: string) => Temporal.Instant.from(text).toString()
