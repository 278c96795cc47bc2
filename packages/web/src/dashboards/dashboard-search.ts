import { GRAINS, type Grain } from '@almanac/core/time/grain.ts'
import { isRangePresetId, type RangePresetId } from '@almanac/core/time/range-preset.ts'
import { WEB_CUBE } from './web-cube.ts'

/** The dimensions that a click on a list filters by, and the source. */
export const FILTER_DIMENSIONS = ['path', 'referrer', 'country', 'browser', 'status', 'source'] as const
export type FilterDimension = (typeof FILTER_DIMENSIONS)[number]
export type MeasureName = keyof typeof WEB_CUBE.measures
export const MEASURES = Object.keys(WEB_CUBE.measures) as MeasureName[]

/**
 * Everything that decides what a dashboard shows, as it stands in the address. What is absent has its default: the last
 * 28 days in the browser's zone, the automatic grain, all traffic, live.
 */
export interface DashboardSearch extends Partial<Record<FilterDimension, string[]>> {
  range?: RangePresetId | 'all'
  /** A date, which is its first moment in the zone, or an instant. Both ends or none; instead of `range`. */
  from?: string
  /** Not in the range any more. */
  to?: string
  grain?: Grain
  timezone?: string
  measure?: MeasureName
  bots?: 'people' | 'bots'
  refresh?: 'off'
}

export const DEFAULT_RANGE = '28d' satisfies RangePresetId

/** What is understood of an address. The rest is dropped without a word: an old link shows the default instead. */
export function parseDashboardSearch(raw: Readonly<Record<string, unknown>>): DashboardSearch {
  const search: DashboardSearch = {}
  if (typeof raw.range === 'string' && (isRangePresetId(raw.range) || raw.range === 'all')) search.range = raw.range
  else if (isMoment(raw.from) && isMoment(raw.to)) Object.assign(search, { from: raw.from, to: raw.to })
  if (isOneOf(raw.grain, GRAINS)) search.grain = raw.grain
  if (isTimezone(raw.timezone)) search.timezone = raw.timezone
  if (isOneOf(raw.measure, MEASURES)) search.measure = raw.measure
  if (isOneOf(raw.bots, ['people', 'bots'] as const)) search.bots = raw.bots
  if (raw.refresh === 'off') search.refresh = 'off'
  for (const dimension of FILTER_DIMENSIONS) {
    const isNumber = WEB_CUBE.dimensions[dimension].type === 'number'
    const values = textsOf(raw[dimension]).filter((value) => !isNumber || /^\d{1,9}$/.test(value))
    if (values.length > 0) search[dimension] = values
  }
  return search
}

/** Adds a value to a filter or takes it away again. */
export function toggleFilter(search: DashboardSearch, dimension: FilterDimension, value: string): DashboardSearch {
  const values = search[dimension] ?? []
  const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
  const { [dimension]: _, ...others } = search
  return next.length > 0 ? { ...others, [dimension]: next } : others
}

export function clearFilters(search: DashboardSearch): DashboardSearch {
  const kept = { ...search }
  for (const dimension of FILTER_DIMENSIONS) delete kept[dimension]
  delete kept.bots
  return kept
}

function isOneOf<T extends string>(value: unknown, allowed: readonly T[]): value is T {
  return allowed.some((one) => one === value)
}

function isTimezone(value: unknown): value is string {
  // Fixed offsets are zones for Temporal, but the server wants names.
  if (typeof value !== 'string' || !/^[A-Za-z]/.test(value)) return false
  try {
    Temporal.Now.zonedDateTimeISO(value)
    return true
  } catch {
    return false
  }
}

const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:\d\d))?$/

function isMoment(value: unknown): value is string {
  if (typeof value !== 'string' || !MOMENT.test(value)) return false
  try {
    return value.includes('T') ? Boolean(Temporal.Instant.from(value)) : Boolean(Temporal.PlainDate.from(value))
  } catch {
    return false
  }
}

function textsOf(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value]
  return [...new Set(values.filter((one) => typeof one === 'string'))].slice(0, 100)
}
