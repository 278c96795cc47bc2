import type { FilterLeaf, QueryFilter } from '@almanac/core/query/filter.ts'
import type { ValueOperator } from '../board/choice/filter-text.ts'

/** Filters and their values in words. What comes from outside stays text. */

export const OPERATOR_WORDS = {
  in: 'is',
  not_in: 'is not',
  contains: 'contains',
  not_contains: 'does not contain',
  starts_with: 'starts with',
  not_starts_with: 'does not start with',
  ends_with: 'ends with',
  not_ends_with: 'does not end with',
  range: 'is between',
  empty: 'is empty',
  not_empty: 'is not empty',
} as const satisfies Record<ValueOperator | FilterLeaf['op'], string>

/** `DE` of a country is Germany; nothing at all says so. */
export function valueWords(dimension: string, value: string | number | boolean, locale?: string): string {
  if (value === '') return '(empty)'
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (isCountry(dimension) && typeof value === 'string') return countryName(value, locale)
  return String(value)
}

export interface FilterWords {
  readonly name: string
  readonly operator: string
  readonly values: string
}

/** `labelOf` gives the name of a dimension. */
export function filterWords(filter: QueryFilter, labelOf: (dimension: string) => string): FilterWords {
  if ('not' in filter) return { name: 'Not', operator: '', values: sentence(filter.not, labelOf) }
  if ('and' in filter || 'or' in filter) return { name: '', operator: '', values: sentence(filter, labelOf) }
  return { name: labelOf(filter.dimension), operator: OPERATOR_WORDS[filter.op], values: leafValues(filter) }
}

function sentence(filter: QueryFilter, labelOf: (dimension: string) => string): string {
  if ('and' in filter) return filter.and.map((one) => sentence(one, labelOf)).join(' and ')
  if ('or' in filter) return filter.or.map((one) => sentence(one, labelOf)).join(' or ')
  const { name, operator, values } = filterWords(filter, labelOf)
  return [name, operator, values].filter(Boolean).join(' ')
}

function leafValues(filter: FilterLeaf): string {
  if ('values' in filter) return filter.values.map((value) => valueWords(filter.dimension, value)).join(', ')
  if (filter.op !== 'range') return ''
  if (filter.to === undefined) return `${filter.from} or more`
  return filter.from === undefined ? `less than ${filter.to}` : `${filter.from} and ${filter.to}`
}

const isCountry = (dimension: string) => /(^|_)country$/.test(dimension)

function countryName(code: string, locale: string | undefined): string {
  try {
    return new Intl.DisplayNames(locale, { type: 'region' }).of(code) ?? code
  } catch {
    return code
  }
}
