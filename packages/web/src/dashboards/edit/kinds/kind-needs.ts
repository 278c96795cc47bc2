import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import type { DataShape } from './data-shape.ts'

/** What each kind of chart needs to say something. What it can't draw at all, the drawing itself says (`charts/roles.ts`). */
export interface KindNeeds {
  readonly time: 'needed' | 'welcome' | 'unwanted'
  /** Least and most. */
  readonly dimensions: readonly [number, number]
  readonly measures: readonly [number, number]
  /** Of the time and the dimensions together. */
  readonly places?: number
  /** Of the time and the dimensions together, no more than this. */
  readonly mostPlaces?: number
  /** Something to tell series apart by: a dimension beside the axis, or a second measure. */
  readonly hasSeries?: true
  readonly only?: 'countries' | 'hours_and_weekdays' | 'cohorts'
}

const ANY = 20
const series = (needs: Partial<KindNeeds> = {}): KindNeeds => ({
  time: 'needed',
  dimensions: [0, 2],
  measures: [1, ANY],
  ...needs,
})
const figure: KindNeeds = { time: 'unwanted', dimensions: [0, 0], measures: [1, 1] }
const part: KindNeeds = { time: 'unwanted', dimensions: [1, 1], measures: [1, 1] }
const points: KindNeeds = { time: 'welcome', dimensions: [0, 2], measures: [2, 3], places: 1 }
const NOTHING: KindNeeds = { time: 'unwanted', dimensions: [0, 0], measures: [0, 0] }

export const KIND_NEEDS: Readonly<Record<ChartKind, KindNeeds>> = {
  line: series(),
  area: series(),
  stacked_area: series({ hasSeries: true }),
  share_area: series({ hasSeries: true }),
  bar: series({ time: 'welcome', places: 1 }),
  horizontal_bar: series({ time: 'unwanted', dimensions: [1, 2] }),
  stacked_bar: series({ time: 'welcome', places: 1, hasSeries: true }),
  combo: series({ time: 'welcome', dimensions: [0, 1], measures: [2, ANY], places: 1 }),
  number: { ...figure, time: 'welcome' },
  gauge: figure,
  bullet: { ...figure, dimensions: [0, 1] },
  table: { time: 'welcome', dimensions: [0, 10], measures: [1, ANY], places: 1 },
  pivot: { time: 'welcome', dimensions: [1, 10], measures: [1, ANY], places: 2 },
  ranked_list: part,
  cohort_grid: { ...NOTHING, only: 'cohorts' },
  pie: part,
  donut: part,
  treemap: { ...part, dimensions: [1, 4] },
  sunburst: { ...part, dimensions: [1, 4] },
  funnel: { ...part, dimensions: [0, 1], measures: [1, ANY], hasSeries: true },
  waterfall: { time: 'welcome', dimensions: [0, 1], measures: [1, 1], places: 1, mostPlaces: 1 },
  scatter: points,
  bubble: { ...points, measures: [3, 3] },
  histogram: { time: 'welcome', dimensions: [0, 2], measures: [1, 1], places: 1 },
  box_plot: { time: 'welcome', dimensions: [0, 2], measures: [1, 5], places: 1 },
  heat_map: { time: 'welcome', dimensions: [1, 2], measures: [1, 1], places: 2, mostPlaces: 2 },
  calendar_heat_map: { time: 'needed', dimensions: [0, 0], measures: [1, 1] },
  hour_weekday: { time: 'unwanted', dimensions: [2, 2], measures: [1, 1], only: 'hours_and_weekdays' },
  radar: { time: 'unwanted', dimensions: [1, 2], measures: [1, ANY] },
  sankey: { ...part, dimensions: [2, 2] },
  status_timeline: { time: 'needed', dimensions: [0, 1], measures: [1, 1] },
  world_map: { ...part, only: 'countries' },
  points_map: { ...part, dimensions: [1, 3], only: 'countries' },
  text: NOTHING,
  image: NOTHING,
  embed: NOTHING,
}

export const isCountry = (dimension: string): boolean => /(^|_)country($|_)/.test(dimension)
export const isHour = (dimension: string): boolean => /^hour(_of_day)?$/.test(dimension)
export const isWeekday = (dimension: string): boolean => /^(day_of_week|weekday)$/.test(dimension)

/** Why data of this shape says little as this kind; `undefined` when it fits. Of a shape that nobody knows, all kinds fit. */
export function misfit(kind: ChartKind, shape: DataShape | undefined): string | undefined {
  if (isStatic(kind)) return 'Shows no figures'
  if (!shape) return undefined
  const { time, dimensions, measures, places = 0, mostPlaces = ANY, hasSeries, only } = KIND_NEEDS[kind]
  if (shape.isCohorts) return only === 'cohorts' || kind === 'table' ? undefined : 'Does not show cohorts'
  if (only === 'cohorts') return 'Needs cohorts'
  if (shape.measures.length < measures[0]) return `Needs ${counted(measures[0], 'measure')}`
  if (only === 'countries' && !shape.dimensions.some(isCountry) && !isOnMap(kind, shape)) return 'Needs countries'
  if (only === 'hours_and_weekdays' && !(shape.dimensions.some(isHour) && shape.dimensions.some(isWeekday))) {
    return 'Needs the hour of the day and the day of the week'
  }
  if (time === 'needed' && !shape.hasTime) return 'Needs time'
  if (time === 'unwanted' && shape.hasTime) return 'Shows one moment, not a course over time'
  if (shape.dimensions.length < dimensions[0]) return `Needs ${counted(dimensions[0], 'dimension')}`
  if (shape.dimensions.length > dimensions[1]) return `Shows ${atMost(dimensions[1], 'dimension')}`
  if (shape.measures.length > measures[1]) return `Shows ${atMost(measures[1], 'measure')}`
  const taken = shape.dimensions.length + (shape.hasTime ? 1 : 0)
  if (taken < places)
    return places === 1 ? 'Needs time or a dimension' : 'Needs time and a dimension, or two dimensions'
  if (taken > mostPlaces)
    return mostPlaces === 1 ? 'Shows time or a dimension, not both' : 'Shows two of time and dimensions'
  if (hasSeries && taken < neededPlaces(kind) && shape.measures.length < 2)
    return 'Needs parts: a dimension or a second measure'
  return undefined
}

/** With one measure, the parts come from a dimension beside the axis; a funnel has no axis. */
function neededPlaces(kind: ChartKind): number {
  return kind === 'funnel' ? 1 : 2
}

/** Points need no countries where there are coordinates. */
function isOnMap(kind: ChartKind, { dimensions, measures }: DataShape): boolean {
  const has = (part: RegExp) => [...dimensions, ...measures].some((name) => part.test(name))
  return kind === 'points_map' && has(/^lat(itude)?$/) && has(/^(lon|lng|long|longitude)$/)
}

const counted = (count: number, what: string) => (count === 1 ? `a ${what}` : `${count} ${what}s`)
const atMost = (count: number, what: string) =>
  count === 0 ? `no ${what}s` : count === 1 ? `one ${what}` : `at most ${count} ${what}s`
