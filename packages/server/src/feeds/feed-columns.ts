import type { CubeCalendar, CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { Measure } from '@almanac/core/cubes/measure.ts'
import { typeOf } from '@almanac/core/cubes/sql/dimension-sql.ts'
import type { Query, Row, Value } from '@almanac/core/query/query.ts'
import type { Grain } from '@almanac/core/time/grain.ts'

/** A column of a feed. The name stays for good; the label is for people. */
export interface FeedColumn {
  readonly name: string
  readonly label: string
  readonly type: 'time' | 'string' | 'number' | 'boolean'
  /** Whether its values may be added up over the rows. */
  readonly addsUp: boolean
  readonly read: (row: Row) => Value
}

export interface FeedShape {
  readonly cube: CubeDefinition
  readonly query: Query
  readonly grain: Grain
  /** Milliseconds: the first bucket that has not ended; absent when all have. */
  readonly openFrom?: number | undefined
}

/**
 * Time, its parts by the calendar, dimensions, measures. What does not add up says so in its name: a pivot table that is
 * fed by days can then never show the sum of daily visitors under the name of visitors.
 */
export function feedColumns({ cube, query, grain, openFrom }: FeedShape): FeedColumn[] {
  const dimensions = query.dimensions.map((name): FeedColumn => {
    const dimension = cube.dimensions[name]
    const type = dimension ? typeOf(dimension) : 'string'
    return { name, label: dimension?.label ?? name, type, addsUp: false, read: (row) => row[name] ?? null }
  })
  const measures = query.measures.map((name): FeedColumn => {
    const measure = cube.measures[name]
    const label = measure?.label ?? name
    const columnName = measure ? measureColumn(name, measure, grain) : name
    const addsUp = measure?.class === 'additive'
    return { name: columnName, label, type: 'number', addsUp, read: (row) => row[name] ?? null }
  })
  return [...timeColumns(grain, cube.calendar, openFrom), ...dimensions, ...measures]
}

const ADVERBS: Record<Grain, string> = {
  minute: 'minutely',
  quarter_hour: 'quarter_hourly',
  hour: 'hourly',
  day: 'daily',
  week: 'weekly',
  month: 'monthly',
  quarter: 'quarterly',
  year: 'yearly',
}

/** `hits` adds up over days; `visitors_daily_uniques` and `bounce_rate_daily` say that they do not. */
export function measureColumn(name: string, measure: Measure, grain: Grain): string {
  if (measure.class === 'additive') return name
  const isUniques = measure.class === 'mergeable' && measure.state.kind !== 'quantile'
  return `${name}_${ADVERBS[grain]}${isUniques ? '_uniques' : ''}`
}

/** The parts of the calendar in which a bucket lies as a whole. Names in capitals are none of a dimension. */
const PARTS: Record<Grain, readonly CalendarColumn[]> = {
  minute: ['Year', 'Quarter', 'Month', 'Week', 'Day', 'Hour'],
  quarter_hour: ['Year', 'Quarter', 'Month', 'Week', 'Day', 'Hour'],
  hour: ['Year', 'Quarter', 'Month', 'Week', 'Day', 'Hour'],
  day: ['Year', 'Quarter', 'Month', 'Week', 'Day'],
  week: ['Week'],
  month: ['Year', 'Quarter', 'Month'],
  quarter: ['Year', 'Quarter'],
  year: ['Year'],
}
type CalendarColumn = 'Year' | 'Quarter' | 'Month' | 'Week' | 'Day' | 'Hour'

function timeColumns(grain: Grain, calendar: CubeCalendar, openFrom: number | undefined): FeedColumn[] {
  const partsOf = remembersLast((time) => calendarParts(time, calendar))
  const parts = PARTS[grain].map((name): FeedColumn => {
    const type = name === 'Year' || name === 'Hour' ? 'number' : 'string'
    return { name, label: name, type, addsUp: false, read: (row) => partsOf(String(row.time))[name] }
  })
  const isOpen = remembersLast((time) => openFrom !== undefined && Date.parse(time) >= openFrom)
  return [
    { name: 'time', label: 'Time', type: 'time', addsUp: false, read: (row) => row.time ?? null },
    ...parts,
    {
      name: 'Complete',
      label: 'Complete',
      type: 'boolean',
      addsUp: false,
      read: (row) => !isOpen(String(row.time)),
    },
  ]
}

/** Rows come in the order of time: most have the time of the one before. */
function remembersLast<T>(read: (time: string) => T): (time: string) => T {
  let last: { readonly time: string; readonly value: T } | undefined
  return (time) => {
    if (last?.time !== time) last = { time, value: read(time) }
    return last.value
  }
}

/** Of the local date and hour. Years and quarters are fiscal ones, named by the year in which the year starts. */
export function calendarParts(time: string, calendar: CubeCalendar): Record<CalendarColumn, string | number> {
  const day = time.slice(0, 10)
  const date = Temporal.PlainDate.from(day)
  const monthOfYear = (date.month - calendar.fiscalYearStart + 12) % 12
  const year = date.month < calendar.fiscalYearStart ? date.year - 1 : date.year
  const week = date.subtract({ days: (date.dayOfWeek - calendar.firstDayOfWeek + 7) % 7 })
  return {
    Year: year,
    Quarter: `${year}-Q${Math.floor(monthOfYear / 3) + 1}`,
    Month: day.slice(0, 7),
    // By its first day: numbers of weeks mean different things in different countries.
    Week: week.toString(),
    Day: day,
    Hour: Number(time.slice(11, 13)),
  }
}
