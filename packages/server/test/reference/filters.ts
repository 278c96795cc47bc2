import type { FilterLeaf, QueryFilter } from '@almanac/core/query/filter.ts'

/** Which rows a condition is true of. */

export type Scalar = string | number | boolean
/** The value of a dimension of the row in question. */
type ValueFor = (dimension: string) => Scalar

export function isMet(filter: QueryFilter, valueFor: ValueFor): boolean {
  if ('and' in filter) return filter.and.every((each) => isMet(each, valueFor))
  if ('or' in filter) return filter.or.some((each) => isMet(each, valueFor))
  if ('not' in filter) return !isMet(filter.not, valueFor)
  return isLeafMet(filter, valueFor(filter.dimension))
}

/** Those that a filter names, however deep. */
export function dimensionsIn(filter: QueryFilter): string[] {
  if ('and' in filter) return filter.and.flatMap(dimensionsIn)
  if ('or' in filter) return filter.or.flatMap(dimensionsIn)
  if ('not' in filter) return dimensionsIn(filter.not)
  return [filter.dimension]
}

function isLeafMet(filter: FilterLeaf, value: Scalar): boolean {
  switch (filter.op) {
    case 'in':
      return filter.values.some((other) => isSame(value, other))
    case 'not_in':
      return !filter.values.some((other) => isSame(value, other))
    case 'contains':
      return filter.values.some((part) => String(value).includes(String(part)))
    case 'not_contains':
      return !filter.values.some((part) => String(value).includes(String(part)))
    case 'starts_with':
      return filter.values.some((part) => String(value).startsWith(String(part)))
    case 'not_starts_with':
      return !filter.values.some((part) => String(value).startsWith(String(part)))
    case 'ends_with':
      return filter.values.some((part) => String(value).endsWith(String(part)))
    case 'not_ends_with':
      return !filter.values.some((part) => String(value).endsWith(String(part)))
    case 'range':
      return isBetween(value, filter)
    case 'empty':
      return isEmpty(value)
    case 'not_empty':
      return !isEmpty(value)
  }
}

/** Text may stand for a number or a truth, as in an address. */
function isSame(value: Scalar, other: Scalar): boolean {
  switch (typeof value) {
    case 'string':
      return value === String(other)
    case 'number':
      return value === Number(other)
    case 'boolean':
      return value === (String(other) === 'true' || String(other) === '1')
  }
}

function isBetween(value: Scalar, { from, to }: Extract<FilterLeaf, { op: 'range' }>): boolean {
  return (from === undefined || compare(value, from) >= 0) && (to === undefined || compare(value, to) < 0)
}

/** Numbers by size, text by its bytes: UTF-16 has another order. */
export function compare(a: Scalar | null, b: Scalar | null): number {
  if (typeof a === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(String(b)))
  return Number(a) - Number(b)
}

const isEmpty = (value: Scalar) => value === '' || value === 0
