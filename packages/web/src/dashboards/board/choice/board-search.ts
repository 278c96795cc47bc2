import type { Board } from '@almanac/core/boards/board.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import type { Comparison } from '@almanac/core/query/query.ts'
import { GRAINS, type Grain } from '@almanac/core/time/grain.ts'
import { isTimeZone } from '@almanac/core/time/moment.ts'
import { filtersText, parseFilters } from './filter-text.ts'

/**
 * What a reader has chosen on a board, as it stands in the address. What is absent is as the board says.
 *
 *   ?range=now-7d/d+to+now&grain=day&tz=Asia/Tokyo&compare=previous_year.weekday&filters=[["country","in","DE"]]&var-plan=pro
 */
export type BoardSearch = Partial<Fixed> & { readonly [variable: `var-${string}`]: readonly string[] | undefined }

interface Fixed {
  /** Somebody arranges the board (`dashboards/edit`). */
  readonly edit: true
  readonly tab: string
  /** See `@almanac/core/time/range-expression.ts`. */
  readonly range: string
  readonly grain: Grain | 'auto'
  readonly tz: string
  /** The first day of the week: 1 is Monday, 7 is Sunday. */
  readonly week: number
  /** Such as `previous_year.weekday.to-date`, one for each comparison, or `none`. */
  readonly compare: readonly string[]
  /** See `filter-text.ts`. */
  readonly filters: string
  readonly refresh: Refresh
  /** The ranges that were drilled and zoomed into to get here, outermost first: `range|grain`. */
  readonly drill: readonly string[]
  readonly annotations: 'on' | 'off'
}

export type Refresh = Board['refresh']
export const REFRESH_CHOICES = ['off', 'live', '10s', '30s', '1m', '5m', '15m', '1h'] as const satisfies Refresh[]

/** All that is understood of an address; the rest is left out without a word: an old link shows the default instead. */
export function parseBoardSearch(raw: Readonly<Record<string, unknown>>): BoardSearch {
  const search: Record<string, unknown> = {
    edit: raw.edit === true || raw.edit === 'true' ? true : undefined,
    tab: text(raw.tab, 100),
    range: text(raw.range, 200) ?? olderRange(raw),
    grain: oneOf(raw.grain, ['auto', ...GRAINS] as const),
    tz: timezone(raw.tz) ?? timezone(raw.timezone),
    week: oneOf(Number(raw.week), [1, 2, 3, 4, 5, 6, 7] as const),
    compare: texts(raw.compare).length > 0 ? texts(raw.compare) : undefined,
    filters: text(raw.filters, 20_000),
    refresh: oneOf(raw.refresh, REFRESH_CHOICES),
    drill: texts(raw.drill).length > 0 ? texts(raw.drill) : undefined,
    annotations: oneOf(raw.annotations, ['on', 'off'] as const),
  }
  for (const key of Object.keys(raw)) if (/^var-[a-z][a-z0-9_]{0,39}$/.test(key)) search[key] = texts(raw[key])
  return Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined)) as BoardSearch
}

/** What is set to `undefined` is as the board says again. */
export function changed(
  search: BoardSearch,
  change: { readonly [Key in keyof Fixed]?: Fixed[Key] | undefined },
): BoardSearch {
  return parseBoardSearch({ ...search, ...change })
}

/** `undefined`: as the board says. */
export function comparisonsOf({ compare }: BoardSearch): Comparison[] | undefined {
  return compare?.flatMap((one) => comparison(one) ?? []).slice(0, 4)
}

function comparisonText({ with: base, align, toDate }: Comparison): string {
  return [base, ...(align === 'weekday' ? ['weekday'] : []), ...(toDate ? ['to-date'] : [])].join('.')
}

export function withComparisons(search: BoardSearch, comparisons: readonly Comparison[]): BoardSearch {
  return changed(search, { compare: comparisons.length > 0 ? comparisons.map(comparisonText) : ['none'] })
}

export function filtersOf({ filters }: BoardSearch): QueryFilter[] | undefined {
  return filters === undefined ? undefined : parseFilters(filters)
}

/** With filters that are the board's own, the address says nothing. */
export function withFilters(
  search: BoardSearch,
  filters: readonly QueryFilter[],
  own: readonly QueryFilter[],
): BoardSearch {
  const next = filtersText(filters)
  return changed(search, { filters: next === filtersText(own) ? undefined : next })
}

/** By name; an empty list is all values. Absent: as the board says. */
export function variablesOf(search: BoardSearch): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(search).flatMap(([key, values]) =>
      key.startsWith('var-') && Array.isArray(values)
        ? [[key.slice(4), values.filter((value) => value !== ALL_VALUES).map(unescaped)]]
        : [],
    ),
  )
}

export function withVariable(search: BoardSearch, name: string, values: readonly string[]): BoardSearch {
  return parseBoardSearch({ ...search, [`var-${name}`]: values.length > 0 ? values.map(escaped) : [ALL_VALUES] })
}

/** "All" has to be said where the board itself has values; a value that looks like it gets a second `~`. */
const ALL_VALUES = '~all'
const escaped = (value: string) => (value.startsWith('~') ? `~${value}` : value)
const unescaped = (value: string) => (value.startsWith('~~') ? value.slice(1) : value)

const COMPARED = ['previous_period', 'previous_week', 'previous_month', 'previous_quarter', 'previous_year'] as const

function comparison(one: string): Comparison | undefined {
  const [base, ...options] = one.split('.')
  const known = oneOf(base, COMPARED)
  if (!known) return undefined
  return { with: known, align: options.includes('weekday') ? 'weekday' : 'date', toDate: options.includes('to-date') }
}

/** Addresses from before there were boards said `from` and `to`. */
function olderRange({ from, to }: Readonly<Record<string, unknown>>): string | undefined {
  return typeof from === 'string' && typeof to === 'string' ? text(`${from} to ${to}`, 200) : undefined
}

function text(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= most ? value : undefined
}

function texts(value: unknown): string[] {
  const values = Array.isArray(value) ? value : [value]
  return [...new Set(values.filter((one) => typeof one === 'string'))].slice(0, 100)
}

function oneOf<T>(value: unknown, allowed: readonly T[]): T | undefined {
  return allowed.find((one) => one === value)
}

function timezone(value: unknown): string | undefined {
  return typeof value === 'string' && isTimeZone(value) ? value : undefined
}
