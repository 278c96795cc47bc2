import type { FilterLeaf } from '@almanac/core/query/filter.ts'
import type { QueryInput } from '@almanac/core/query/query.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import type { Random } from './random.ts'

/** What random queries are made of. */
export interface QuerySpace {
  readonly cube: string
  /** Of each measure, whether it can be asked for at a grain; undefined is the whole range. */
  readonly measures: Readonly<Record<string, (grain: Grain | undefined) => boolean>>
  /** Measures with exact values, by which rows can be ranked and left out. */
  readonly exact: readonly string[]
  /** Of each dimension some values that rows have, and some that none has. */
  readonly dimensions: Readonly<Record<string, readonly (string | number | boolean)[]>>
  /** Local dates around which there is something to see. */
  readonly dates: readonly string[]
}

type FilterInput = NonNullable<QueryInput['filters']>[number]

const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
] as const

/** How long a range may be in days by its grain, so that there are neither thousands of buckets nor only one. */
const LONGEST: Record<Grain, number> = {
  minute: 0.2,
  quarter_hour: 1.5,
  hour: 5,
  day: 60,
  week: 200,
  month: 500,
  quarter: 800,
  year: 1500,
}
const GRAINS = Object.keys(LONGEST) as Grain[]

/** Which time a query asks for, and how it is divided. */
export type QueryTime = Pick<QueryInput, 'from' | 'to' | 'grain' | 'timezone' | 'firstDayOfWeek' | 'fiscalYearStart'>

export function randomTime(random: Random, dates: readonly string[]): QueryTime {
  const grain = random.chance(0.75) ? random.pick(GRAINS) : undefined
  return {
    ...randomRange(random, dates, grain),
    ...(grain && { grain }),
    ...(random.chance(0.85) && { timezone: random.pick(ZONES) }),
    ...(random.chance(0.3) && { firstDayOfWeek: 1 + random.below(7) }),
    ...(random.chance(0.3) && { fiscalYearStart: 1 + random.below(12) }),
  }
}

export function randomQuery(random: Random, space: QuerySpace): QueryInput {
  const time = randomTime(random, space.dates)
  const { grain } = time
  const possible = Object.keys(space.measures).filter((name) => space.measures[name]?.(grain))
  const measures = random.some(possible, random.pick([1, 1, 2, 2, 4]))
  const dimensions = random.some(Object.keys(space.dimensions), random.pick([0, 0, 1, 1, 2, 3]))
  const ranked = measures.filter((name) => space.exact.includes(name))
  const isOnBoard = random.chance(0.3)
  if (isOnBoard && grain) return { ...bigNumber(random, measures), cube: space.cube, ...time }
  if (isOnBoard && ranked.length > 0) return { ...topList(random, space, ranked), cube: space.cube, ...time }
  return {
    cube: space.cube,
    measures,
    dimensions,
    ...time,
    filters: Array.from({ length: random.pick([0, 0, 0, 1, 1, 2]) }, () => randomFilter(random, space, 0)),
    ...(random.chance(0.25) && { compare: randomComparisons(random) }),
    ...(ranked.length > 0 && random.chance(0.15) && { having: [randomHaving(random, ranked)] }),
    ...(ranked.length > 0 && dimensions.length > 0 && random.chance(0.3) && { top: randomTop(random, ranked) }),
    ...(random.chance(0.2) && { totals: randomTotals(random, dimensions, grain) }),
    ...(random.chance(0.4) && { order: randomOrder(random, [...dimensions, ...ranked, ...(grain ? ['time'] : [])]) }),
    limit: random.chance(0.15) ? random.pick([1, 3, 10]) : 100_000,
  }
}

/** What a big number on a board asks: a series with its total, both beside other times. */
function bigNumber(random: Random, measures: readonly string[]): Pick<QueryInput, 'measures' | 'compare' | 'totals'> {
  return { measures: measures.slice(0, 2), compare: randomComparisons(random), totals: [[]] }
}

/** And a list: the greatest of one measure, each beside other times. */
function topList(
  random: Random,
  space: QuerySpace,
  ranked: readonly string[],
): Omit<QueryInput, 'cube' | keyof QueryTime> {
  const measures = ranked.slice(0, 1)
  const dimensions = random.some(Object.keys(space.dimensions), random.pick([1, 1, 1, 2]))
  return {
    measures,
    dimensions,
    compare: randomComparisons(random),
    top: { ...randomTop(random, measures), rest: false },
  }
}

function randomRange(random: Random, dates: readonly string[], grain: Grain | undefined): { from: string; to: string } {
  const days = (grain ? LONGEST[grain] : random.pick([0.5, 3, 40, 400])) * random.pick([0.1, 0.5, 1])
  const centre = Temporal.PlainDate.from(random.pick(dates))
  if (days < 1 || random.chance(0.2)) {
    const start = centre.toZonedDateTime('UTC').epochMilliseconds + random.below(36 * 3_600_000) - 18 * 3_600_000
    const unit = random.pick([3_600_000, 900_000, 60_000, 1])
    const from = Math.floor(start / unit) * unit
    const to = from + Math.max(unit, Math.floor((days * 86_400_000) / unit) * unit)
    return { from: new Date(from).toISOString(), to: new Date(to).toISOString() }
  }
  const length = Math.max(1, Math.round(days))
  const from = centre.subtract({ days: random.below(length + 1) }).add({ days: random.below(2) })
  return { from: from.toString(), to: from.add({ days: length }).toString() }
}

function randomFilter(random: Random, space: QuerySpace, depth: number): FilterInput {
  const several = () => Array.from({ length: 1 + random.below(3) }, () => randomFilter(random, space, depth + 1))
  if (depth < 3 && random.chance(0.25)) {
    return random.pick([
      () => ({ and: several() }),
      () => ({ or: several() }),
      () => ({ not: randomFilter(random, space, depth + 1) }),
    ])()
  }
  return randomLeaf(random, space)
}

function randomLeaf(random: Random, { dimensions }: QuerySpace): FilterInput {
  const dimension = random.pick(Object.keys(dimensions))
  const values = dimensions[dimension] ?? []
  const op = random.pick(OPERATORS[typeof values[0] as keyof typeof OPERATORS])
  const chosen = random.some(values, 1 + random.below(3))
  switch (op) {
    case 'range': {
      const [from, to] = chosen.filter((value) => typeof value !== 'boolean')
      return { dimension, op, ...(from !== undefined && { from }), ...(to !== undefined && { to }) }
    }
    case 'empty':
    case 'not_empty':
      return { dimension, op }
    case 'in':
    case 'not_in':
      // As from a command line, where all is text.
      return { dimension, op, values: random.chance(0.2) ? chosen.map(String) : chosen }
    default:
      return { dimension, op, values: chosen.map((value) => piece(String(value), random)) }
  }
}

/** By characters: half of one is no text. */
const piece = (text: string, random: Random) => [...text].slice(0, 1 + random.below(3)).join('') || '/'

const OPERATORS = {
  string: [
    'in',
    'in',
    'not_in',
    'contains',
    'not_contains',
    'starts_with',
    'not_starts_with',
    'ends_with',
    'not_ends_with',
    'range',
    'empty',
    'not_empty',
  ],
  number: ['in', 'not_in', 'range', 'empty', 'not_empty'],
  boolean: ['in', 'not_in'],
} as const satisfies Record<string, readonly FilterLeaf['op'][]>

const PERIODS = ['previous_period', 'previous_week', 'previous_month', 'previous_quarter', 'previous_year'] as const

function randomComparisons(random: Random): NonNullable<QueryInput['compare']> {
  return random.some(PERIODS, random.pick([1, 1, 1, 2])).map((other, i) => ({
    with: other,
    align: random.pick(['date', 'weekday'] as const),
    toDate: random.chance(0.5),
    ...(random.chance(0.3) && { as: `other_${i}` }),
  }))
}

function randomHaving(random: Random, measures: readonly string[]): NonNullable<QueryInput['having']>[number] {
  return {
    measure: random.pick(measures),
    op: random.pick(['gt', 'gte', 'lt', 'lte', 'eq', 'neq'] as const),
    value: random.pick([0, 1, 2, 5, 500]),
  }
}

function randomTop(random: Random, measures: readonly string[]): NonNullable<QueryInput['top']> {
  return {
    by: random.pick(measures),
    count: 1 + random.below(5),
    direction: random.pick(['desc', 'desc', 'asc'] as const),
    rest: random.chance(0.6),
  }
}

function randomTotals(random: Random, dimensions: readonly string[], grain: Grain | undefined): string[][] {
  const names = [...dimensions, ...(grain ? ['time'] : [])]
  return Array.from({ length: 1 + random.below(2) }, () => random.some(names, random.below(names.length + 1)))
}

function randomOrder(random: Random, columns: readonly string[]): NonNullable<QueryInput['order']> {
  return random
    .some(columns, 1 + random.below(2))
    .map((by) => ({ by, direction: random.pick(['asc', 'desc'] as const) }))
}
