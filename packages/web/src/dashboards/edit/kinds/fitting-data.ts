import type { CubeData, WidgetData } from '@almanac/core/boards/board.ts'
import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import type { CubeDimension, CubeEntry } from '../../../api/cubes.ts'
import { isCountry, isHour, isWeekday, KIND_NEEDS } from './kind-needs.ts'

/**
 * Questions that a kind of chart can show: what somebody wants to see, with as little added or left out as the kind
 * needs. So a widget shows something sensible from the first moment.
 */

/** What somebody wants to see. */
export interface Wish {
  readonly measures: readonly string[]
  readonly dimensions: readonly string[]
  readonly isOverTime: boolean
  /** Somebody has said so, rather than left it as it was proposed. */
  readonly isTimeChosen?: true
}

/** The data for a new widget, or why this cube has none for it. */
export type Fitting = { readonly data: readonly WidgetData[] } | { readonly problem: string }

export function fittingData(kind: ChartKind, cube: CubeEntry, wish: Wish): Fitting {
  if (isStatic(kind)) return { data: [] }
  if (KIND_NEEDS[kind].only === 'cohorts') return cohorts(cube)
  return fittedData(kind, cube, kind === 'table' ? newTableData(cube.name, wish) : newCubeData(cube.name, wish))
}

/** Data that is there already, changed only where the kind could not show it. */
export function fittedData(kind: ChartKind, cube: CubeEntry, data: CubeData): Fitting {
  const measures = fittedMeasures(kind, cube, data.measures)
  if ('problem' in measures) return measures
  const grain = fittedGrain(kind, data)
  const hasTime = grain !== 'none'
  const dimensions = fittedDimensions(kind, cube, { dimensions: data.dimensions, hasTime, measures: measures.list })
  if ('problem' in dimensions) return dimensions
  return { data: [withOrder(kind, { ...data, measures: measures.list, dimensions: dimensions.list, grain })] }
}

export function newCubeData(cube: string, { measures, dimensions, isOverTime }: Wish): CubeData {
  return {
    from: 'cube',
    cube,
    measures: [...measures],
    dimensions: [...dimensions],
    having: [],
    totals: [],
    order: [],
    filters: [],
    segments: [],
    grain: isOverTime ? 'board' : 'none',
    compare: 'board',
    isFixed: false,
  }
}

const MOST_ROWS = 10

/** The greatest of what is listed. A row for each day and page would push the figures out of sight, unless it is asked for. */
function newTableData(cube: string, wish: Wish): CubeData {
  const { measures, dimensions, isOverTime, isTimeChosen } = wish
  const [by] = measures
  const isCalendar = dimensions.some((name) => isHour(name) || isWeekday(name))
  const isByTime = isOverTime && (isTimeChosen === true || dimensions.length === 0)
  const data = newCubeData(cube, { ...wish, isOverTime: isByTime })
  if (by === undefined || dimensions.length === 0 || isByTime || isCalendar) return data
  return { ...data, top: { by, count: MOST_ROWS, direction: 'desc', rest: false } }
}

type Chosen = { readonly list: string[] } | { readonly problem: string }

function fittedMeasures(kind: ChartKind, cube: CubeEntry, wanted: readonly string[]): Chosen {
  const [least, most] = KIND_NEEDS[kind].measures
  const others = cube.measures.map(({ name }) => name).filter((name) => !wanted.includes(name))
  const list = [...wanted, ...others.slice(0, Math.max(0, least - wanted.length))].slice(0, most)
  return list.length < least ? { problem: `${cube.label} has fewer than ${least} measures` } : { list }
}

function fittedGrain(kind: ChartKind, { grain, dimensions: wanted }: CubeData): CubeData['grain'] {
  // A square is a day, whatever the board shows.
  if (kind === 'calendar_heat_map') return 'day'
  const { time, dimensions, places = 0, mostPlaces } = KIND_NEEDS[kind]
  if (time === 'unwanted' || (mostPlaces === 1 && wanted.length > 0)) return 'none'
  if (grain !== 'none') return grain
  return time === 'needed' || (time === 'welcome' && (kind === 'number' || places > dimensions[1])) ? 'board' : 'none'
}

interface Before {
  readonly dimensions: readonly string[]
  readonly hasTime: boolean
  readonly measures: readonly string[]
}

function fittedDimensions(kind: ChartKind, cube: CubeEntry, { dimensions, hasTime, measures }: Before): Chosen {
  const { dimensions: bounds, places = 0, mostPlaces = 20, hasSeries, only } = KIND_NEEDS[kind]
  if (only === 'hours_and_weekdays') return both(cube, isHour, isWeekday)
  if (only === 'countries') return countries(cube, dimensions, bounds[1])
  const time = hasTime ? 1 : 0
  const forSeries = hasSeries && measures.length < 2 ? (kind === 'funnel' ? 1 : 2) : 0
  const least = Math.max(bounds[0], places - time, forSeries - time)
  const others = goodDimensions(cube).filter((name) => !dimensions.includes(name))
  const list = [...dimensions, ...others.slice(0, Math.max(0, least - dimensions.length))].slice(
    0,
    Math.min(bounds[1], mostPlaces - time),
  )
  return list.length < least ? { problem: `${cube.label} has too few dimensions` } : { list }
}

function both(cube: CubeEntry, ...tests: ((name: string) => boolean)[]): Chosen {
  const list = tests.flatMap((isIt) => cube.dimensions.map(({ name }) => name).find(isIt) ?? [])
  return list.length < tests.length
    ? { problem: `${cube.label} has no hours of the day and days of the week` }
    : { list }
}

function countries(cube: CubeEntry, wanted: readonly string[], most: number): Chosen {
  const country = [...wanted, ...cube.dimensions.map(({ name }) => name)].find(isCountry)
  if (country === undefined) return { problem: `${cube.label} has no countries` }
  return { list: [country, ...wanted.filter((name) => name !== country)].slice(0, most) }
}

/** Those that say something in most cubes first; those that tell data apart rather than people last. */
export function goodDimensions(cube: CubeEntry): string[] {
  return cube.dimensions
    .filter(({ name, type, kind }) => type === 'string' && kind !== 'calendar' && !TECHNICAL.includes(name))
    .toSorted((a, b) => rank(a) - rank(b))
    .map(({ name }) => name)
}

const TECHNICAL = ['source', 'environment']
const TELLING = [
  'channel',
  'platform',
  'network',
  'device',
  'plan',
  'event',
  'method',
  'country',
  'currency',
  'referrer',
]

function rank({ name }: CubeDimension): number {
  const at = TELLING.indexOf(name)
  return at < 0 ? TELLING.length : at
}

/** How many values are shown, and whether the others are shown as one. */
const TOPS: Partial<Record<ChartKind, { readonly count: number; readonly rest: boolean }>> = {
  line: { count: 6, rest: false },
  area: { count: 4, rest: false },
  stacked_area: { count: 6, rest: true },
  share_area: { count: 6, rest: true },
  bar: { count: 12, rest: false },
  horizontal_bar: { count: 10, rest: false },
  stacked_bar: { count: 6, rest: true },
  combo: { count: 12, rest: false },
  bullet: { count: 6, rest: false },
  ranked_list: { count: 8, rest: true },
  pie: { count: 6, rest: true },
  donut: { count: 6, rest: true },
  treemap: { count: 30, rest: true },
  sunburst: { count: 30, rest: false },
  funnel: { count: 6, rest: false },
  waterfall: { count: 8, rest: true },
  scatter: { count: 200, rest: false },
  bubble: { count: 100, rest: false },
  box_plot: { count: 12, rest: false },
  heat_map: { count: 60, rest: false },
  radar: { count: 6, rest: false },
  sankey: { count: 30, rest: false },
  status_timeline: { count: 10, rest: false },
  // Every country there is: one that is left out would look as if it had nothing.
  world_map: { count: 250, rest: false },
  points_map: { count: 1000, rest: false },
}

/**
 * How many values one kind of chart proposed says nothing about another; what somebody has chosen does. Only on a map all
 * countries are shown at first: one without a figure looks like one without visitors.
 */
export function topForKind(before: ChartKind, kind: ChartKind, data: CubeData): CubeData {
  if (before === kind) return data
  const { top, ...rest } = data
  const proposed = TOPS[before]
  const isProposed = top !== undefined && top.count === proposed?.count && top.rest === proposed.rest
  return isProposed || isMap(kind) ? rest : data
}

/** The greatest first, and as many as can be read. What somebody has chosen stays, unless its measure is gone. */
function withOrder(kind: ChartKind, data: CubeData): CubeData {
  const { top: before, ...rest } = data
  const [by] = data.measures
  if (by === undefined || data.dimensions.length === 0) return { ...rest, order: keptOrder(data) }
  const isCalendar = data.dimensions.some((name) => isHour(name) || isWeekday(name))
  const suggested = isCalendar ? undefined : TOPS[kind]
  const kept = before && { ...before, by: data.measures.includes(before.by) ? before.by : by }
  const top = kept || (suggested && { by, direction: 'desc' as const, ...suggested })
  const order = keptOrder(data)
  const isSorted = order.length > 0 || data.grain !== 'none' || isCalendar || kind === 'pivot'
  return { ...rest, ...(top && { top }), order: isSorted ? order : [{ by, direction: 'desc' }] }
}

const isMap = (kind: ChartKind) => kind === 'world_map' || kind === 'points_map'

function keptOrder({ order, measures, dimensions, grain }: CubeData): CubeData['order'] {
  return order.filter(
    ({ by }) => measures.includes(by) || dimensions.includes(by) || (by === 'time' && grain !== 'none'),
  )
}

function cohorts(cube: CubeEntry): Fitting {
  if (!cube.measures.some((measure) => measure.class === 'mergeable')) {
    return { problem: `${cube.label} does not count persons` }
  }
  return { data: [newCohortData(cube.name)] }
}

export function newCohortData(cube: string): Extract<WidgetData, { readonly from: 'cohorts' }> {
  const anything = { events: [], filters: [] }
  return {
    from: 'cohorts',
    cohorts: {
      cube,
      filters: [],
      segments: [],
      start: anything,
      return: anything,
      grain: 'week',
      periods: 8,
      kind: 'retention',
    },
    // Eight weeks of coming back need more than eight weeks to look at.
    range: '90d',
  }
}
