import type { CalendarPart } from '@almanac/core/cubes/cube.ts'
import type { Query } from '@almanac/core/query/query.ts'
import { type Bucket, bucketsOf, type Calendar } from './buckets.ts'
import { compared } from './compared.ts'
import type { ReferenceCube, ReferenceDimension, ReferenceValue } from './cube.ts'
import { compare, dimensionsIn, isMet, type Scalar } from './filters.ts'
import { localTime, momentMs, timeText } from './local-time.ts'
import { type Cell, figureOf, hasRows, measureOf, type Setting } from './values.ts'

/**
 * The answer to a query, from all rows there are, without a table, a cube or SQL: what the product has to say. `rows` are
 * plain objects; nothing in here is fast.
 */
export interface ReferenceAnswer {
  readonly rows: readonly ReferenceRow[]
  readonly totals: readonly (readonly ReferenceRow[])[]
  readonly truncated: boolean
  readonly comparisons: readonly { readonly name: string; readonly from: string; readonly to: string }[]
}

export interface ReferenceRow {
  /** `time`, dimensions and `isRest`, as far as the query has them: what tells a row from the others. */
  readonly key: Readonly<Record<string, Scalar | null>>
  /** Measures; of comparisons `<measure>:<comparison>` and `time:<comparison>`. */
  readonly values: Readonly<Record<string, ReferenceValue | string>>
}

export function referenceAnswer<R>(
  query: Query,
  cube: ReferenceCube<R>,
  rows: readonly R[],
  now: number,
): ReferenceAnswer {
  const calendar: Calendar = {
    timezone: query.timezone ?? cube.calendar.timezone,
    firstDayOfWeek: query.firstDayOfWeek ?? cube.calendar.firstDayOfWeek,
    fiscalYearStart: query.fiscalYearStart ?? cube.calendar.fiscalYearStart,
  }
  const range = { from: momentMs(query.from, calendar.timezone), to: momentMs(query.to, calendar.timezone) }
  const setting = { cube, calendar, now }
  const context: Context<R> = { query, range, setting, rows: matching(query, setting, rows) }
  const top = query.top && topKeys(context, query.top)
  const main = rowsOf(context, {
    dimensions: query.dimensions,
    hasTime: query.grain !== undefined,
    isSifted: query.having.length > 0,
    limit: query.limit,
    ...(top && { top }),
  })
  const totals = query.totals.map((set) => {
    const dimensions = set.filter((name) => name !== 'time')
    return rowsOf(context, { dimensions, hasTime: set.includes('time'), isSifted: false, limit: 1e6, order: set }).rows
  })
  return { ...main, totals, comparisons: comparedRanges(context) }
}

interface Context<R> {
  readonly query: Query
  readonly range: { readonly from: number; readonly to: number }
  readonly setting: Setting<R>
  /** That the filters let through, by time. */
  readonly rows: readonly R[]
}

interface Found extends ReferenceRow {
  readonly isThere: boolean
  /** Without what stands in gaps. */
  readonly bare: ReferenceRow['values']
}

interface Shape {
  readonly dimensions: readonly string[]
  readonly hasTime: boolean
  readonly isSifted: boolean
  readonly limit: number
  readonly order?: readonly string[]
  readonly top?: { readonly keys: ReadonlySet<string>; readonly rest: boolean }
}

function matching<R>({ filters }: Query, { cube, calendar }: Setting<R>, rows: readonly R[]): readonly R[] {
  const named = new Set(filters.flatMap(dimensionsIn))
  const usual = Object.entries(cube.defaultFilters).filter(([name]) => !named.has(name))
  return rows
    .filter((row) => {
      if (!cube.isPart(row)) return false
      const value = (name: string) => dimensionValue(name, row, cube, calendar)
      return (
        filters.every((filter) => isMet(filter, value)) && usual.every(([name, values]) => values.includes(value(name)))
      )
    })
    .toSorted((a, b) => cube.timeMs(a) - cube.timeMs(b))
}

function dimensionValue<R>(name: string, row: R, cube: ReferenceCube<R>, { timezone }: Calendar): Scalar {
  const dimension = cube.dimensions[name] as ReferenceDimension<R>
  return 'of' in dimension ? dimension.of(row) : calendarPart(cube.timeMs(row), dimension.calendar, timezone)
}

function calendarPart(ms: number, part: CalendarPart, timezone: string): number {
  const { date: text, hour } = localTime(ms, timezone)
  const date = Temporal.PlainDate.from(text)
  switch (part) {
    case 'hour_of_day':
      return hour
    case 'day_of_week':
      return date.dayOfWeek
    case 'day_of_month':
      return date.day
    case 'week_of_year':
      return date.weekOfYear as number
    case 'month_of_year':
      return date.month
  }
}

/** The rows by their combination of dimensions, and with a top list those of the rest in one group. */
interface Group<R> {
  readonly key: Readonly<Record<string, Scalar | null>>
  readonly rows: readonly R[]
}

function groupsOf<R>({ rows, setting }: Context<R>, { dimensions, top }: Shape): Group<R>[] {
  const { cube, calendar } = setting
  const keyOf = (row: R) =>
    Object.fromEntries(dimensions.map((name) => [name, dimensionValue(name, row, cube, calendar)]))
  const nothing = Object.fromEntries(dimensions.map((name) => [name, null]))
  const groups = Map.groupBy(rows, (row) => {
    const key = JSON.stringify(keyOf(row))
    return !top || top.keys.has(key) ? key : 'rest'
  })
  if (top && !top.rest) groups.delete('rest')
  if (dimensions.length === 0 && groups.size === 0) groups.set('{}', [])
  return [...groups].map(([text, inside]) => {
    const key = text === 'rest' ? nothing : keyOf(inside[0] as R)
    return { rows: inside, key: top?.rest ? { ...key, isRest: text === 'rest' } : key }
  })
}

function topKeys<R>(context: Context<R>, top: NonNullable<Query['top']>): NonNullable<Shape['top']> {
  const { range, query, setting, rows } = context
  const window = { start: range.from, end: range.to }
  const shape = { dimensions: query.dimensions, hasTime: false, isSifted: false, limit: 1e6 }
  const ranked = groupsOf(context, shape)
    .map(({ key, rows: inside }) => ({ key, cell: { rows: inside, all: rows, window } }))
    .filter(({ cell }) => hasRows(top.by, cell, setting))
    .map(({ key, cell }) => ({ key, value: figureOf(top.by, cell, setting) as number | null }))
    .sort((a, b) => {
      const byValue = compareNullable(a.value, b.value, top.direction)
      if (byValue !== 0) return byValue
      return firstDifference(
        query.dimensions.map((name) => compare(rank(a.key, name, setting.cube), rank(b.key, name, setting.cube))),
      )
    })
  return { keys: new Set(ranked.slice(0, top.count).map(({ key }) => JSON.stringify(key))), rest: top.rest }
}

function rowsOf<R>(context: Context<R>, shape: Shape): { rows: ReferenceRow[]; truncated: boolean } {
  const { query, range, setting, rows } = context
  const { calendar } = setting
  const grain = shape.hasTime ? query.grain : undefined
  const buckets = grain ? bucketsOf(range.from, range.to, grain, calendar) : [{ start: range.from, end: range.to }]
  const windows = buckets.map(({ start, end }) => ({
    start: Math.max(start, range.from),
    end: Math.min(end, range.to),
  }))
  const others = query.compare.map((comparison) => {
    const { from, to, uncutTo, windows } = compared({ ...range, grain: query.grain }, comparison, calendar, setting.now)
    const whole = from < to ? { start: from, end: to, ...(uncutTo !== undefined && { uncutEnd: uncutTo }) } : undefined
    return { name: comparison.as ?? comparison.with, windows: grain ? windows : [whole] }
  })

  const found: Found[] = []
  for (const group of groupsOf(context, shape)) {
    const cellOf = (window: Bucket): Cell<R> => ({ rows: group.rows, all: rows, window })
    const isAnywhere = windows.some((window) => isThere(query.measures, cellOf(window), setting))
    if (!isAnywhere && shape.dimensions.length > 0) continue
    let before: Readonly<Record<string, ReferenceValue>> = {}
    for (const [i, window] of windows.entries()) {
      const cell = cellOf(window)
      const there = isThere(query.measures, cell, setting)
      const bare = Object.fromEntries(
        query.measures.map((name) => [name, there ? figureOf(name, cell, setting) : null]),
      )
      const filled = Object.fromEntries(
        query.measures.map((name) => [name, bare[name] ?? gapValue(name, before[name] ?? null, setting)]),
      )
      before = filled
      const beside = others.flatMap((other) =>
        comparedValues(other.name, other.windows[i], cellOf, context, shape.hasTime),
      )
      found.push({
        key: { ...(grain && { time: timeText((buckets[i] as Bucket).start, calendar.timezone) }), ...group.key },
        values: { ...filled, ...Object.fromEntries(beside) },
        bare: { ...bare, ...Object.fromEntries(beside) },
        isThere: there,
      })
    }
  }
  return cutAndSorted(found, query, shape, setting.cube)
}

const isThere = <R>(measures: readonly string[], cell: Cell<R>, setting: Setting<R>) =>
  measures.some((name) => hasRows(name, cell, setting))

function gapValue<R>(name: string, before: ReferenceValue, { cube }: Setting<R>): ReferenceValue {
  return { zero: 0, null: null, previous: before }[measureOf(name, cube).gaps]
}

function comparedValues<R>(
  name: string,
  window: Bucket | undefined,
  cellOf: (window: Bucket) => Cell<R>,
  { query, setting }: Context<R>,
  hasTime: boolean,
): [string, ReferenceValue | string][] {
  const time = window ? timeText(window.start, setting.calendar.timezone) : null
  const cell = window && cellOf(window)
  const there = cell !== undefined && isThere(query.measures, cell, setting)
  return [
    ...(hasTime ? [[`time:${name}`, time] as [string, string | null]] : []),
    ...query.measures.map((measure): [string, ReferenceValue] => {
      if (!cell) return [`${measure}:${name}`, null]
      const isZero = measureOf(measure, setting.cube).gaps === 'zero'
      return [`${measure}:${name}`, there ? figureOf(measure, cell, setting) : isZero ? 0 : null]
    }),
  ]
}

/**
 * A series has a point for every bucket. A list that is sifted, cut off or in another order than time's has only what there
 * is something to say of.
 */
function cutAndSorted(
  found: readonly Found[],
  query: Query,
  shape: Shape,
  cube: AnyCube,
): { rows: ReferenceRow[]; truncated: boolean } {
  const order = orderOf(query, shape)
  const there = found.filter((row) => row.isThere && (!shape.isSifted || isKept(row, query)))
  const isSeries = order[0]?.by === 'time' || (!shape.hasTime && shape.dimensions.length === 0)
  const isWhole = isSeries && !shape.isSifted && there.length <= shape.limit && found.length <= shape.limit
  const rows = isWhole ? found : there.map(({ key, bare }) => ({ key, values: bare }))
  return { rows: sorted(rows, order, cube).slice(0, shape.limit), truncated: there.length > shape.limit }
}

function isKept({ bare }: Found, { having }: Query): boolean {
  return having.every(({ measure, op, value: limit }) => {
    const value = bare[measure]
    if (typeof value !== 'number') return false
    return {
      gt: value > limit,
      gte: value >= limit,
      lt: value < limit,
      lte: value <= limit,
      eq: value === limit,
      neq: value !== limit,
    }[op]
  })
}

type Term = { readonly by: string; readonly direction: 'asc' | 'desc' }

/** What was asked for; else time, or what is greatest first. Names settle ties, and the rest comes after the others. */
function orderOf(query: Query, { dimensions, hasTime, order }: Shape): Term[] {
  const first = query.measures[0] as string
  const usual: Term[] = hasTime
    ? [{ by: 'time', direction: 'asc' }, ...(dimensions.length > 0 ? [{ by: first, direction: 'desc' } as const] : [])]
    : [{ by: query.top?.by ?? first, direction: 'desc' }]
  const asked = query.order.length > 0 ? query.order : usual
  const terms = order
    ? (hasTime ? ['time', ...dimensions] : dimensions).map((by): Term => ({ by, direction: 'asc' }))
    : asked
  const ties = [...(hasTime ? ['time'] : []), ...dimensions].filter((name) => !terms.some(({ by }) => by === name))
  const all = [...terms, ...ties.map((by): Term => ({ by, direction: 'asc' }))]
  return all.toSpliced(all[0]?.by === 'time' ? 1 : 0, 0, { by: 'isRest', direction: 'asc' })
}

function sorted(rows: readonly ReferenceRow[], order: readonly Term[], cube: AnyCube): ReferenceRow[] {
  return rows.toSorted((a, b) =>
    firstDifference(
      order.map(({ by, direction }) => compareNullable(sortValue(a, by, cube), sortValue(b, by, cube), direction)),
    ),
  )
}

/** Times are compared as instants: their texts are local. What is only about right is taken in its middle. */
function sortValue({ key, values }: ReferenceRow, by: string, cube: AnyCube): Scalar | null {
  if (by === 'time') return Temporal.Instant.from(String(key.time)).epochMilliseconds
  const value = rank(key, by, cube) ?? values[by] ?? null
  return typeof value === 'object' && value !== null ? (value.low + value.high) / 2 : value
}

function compareNullable(a: Scalar | null, b: Scalar | null, direction: 'asc' | 'desc'): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  return direction === 'asc' ? compare(a, b) : -compare(a, b)
}

type AnyCube = Pick<ReferenceCube<never>, 'dimensions'>

/** Where the value of a dimension stands among the others. */
function rank(key: ReferenceRow['key'], name: string, { dimensions }: AnyCube): Scalar | null {
  const value = key[name] ?? null
  const dimension = dimensions[name]
  const order = dimension && 'order' in dimension ? dimension.order : undefined
  return order && value !== null ? order.indexOf(String(value)) : value
}

const firstDifference = (differences: readonly number[]) => differences.find((difference) => difference !== 0) ?? 0

function comparedRanges<R>({ query, range, setting }: Context<R>): ReferenceAnswer['comparisons'] {
  const { calendar, now } = setting
  return query.compare.map((comparison) => {
    const { from, to } = compared({ ...range, grain: query.grain }, comparison, calendar, now)
    const name = comparison.as ?? comparison.with
    return { name, from: timeText(from, calendar.timezone), to: timeText(to, calendar.timezone) }
  })
}
