import type { FilterLeaf, QueryFilter } from '@almanac/core/query/filter.ts'

/**
 * Filters as they stand in an address: JSON, short where it can be. `["country","in","DE","FR"]` is a condition by values; all
 * others are written as the API takes them. Read leniently: what can't be understood is left out.
 */
export function filtersText(filters: readonly QueryFilter[]): string {
  return JSON.stringify(
    filters.map((filter) => ('values' in filter ? [filter.dimension, filter.op, ...filter.values] : filter)),
  )
}

/** `undefined` when the text is no list at all. */
export function parseFilters(text: string): QueryFilter[] | undefined {
  try {
    const list: unknown = JSON.parse(text)
    return Array.isArray(list) ? list.flatMap((one) => understood(one, MAX_DEPTH) ?? []) : undefined
  } catch {
    return undefined
  }
}

export const VALUE_OPERATORS = [
  'in',
  'not_in',
  'contains',
  'not_contains',
  'starts_with',
  'not_starts_with',
  'ends_with',
  'not_ends_with',
] as const
export type ValueOperator = (typeof VALUE_OPERATORS)[number]
export type ValueFilter = Extract<FilterLeaf, { values: unknown }>
/** As deep as the server takes them. */
const MAX_DEPTH = 8
type Scalar = ValueFilter['values'][number]

function understood(one: unknown, depth: number): QueryFilter | undefined {
  if (depth === 0 || typeof one !== 'object' || one === null) return undefined
  if (Array.isArray(one)) return valueFilter(one[0], one[1], one.slice(2))
  const fields = one as Record<string, unknown>
  if ('values' in fields) return valueFilter(fields.dimension, fields.op ?? 'in', fields.values)
  if ('not' in fields) {
    const not = understood(fields.not, depth - 1)
    return not && { not }
  }
  for (const joined of ['and', 'or'] as const) {
    const parts = fields[joined]
    if (!Array.isArray(parts)) continue
    const known = parts.flatMap((part) => understood(part, depth - 1) ?? [])
    // A part less of it would be another condition.
    if (known.length === 0 || known.length < parts.length) return undefined
    return joined === 'and' ? { and: known } : { or: known }
  }
  return leafWithoutValues(fields)
}

function valueFilter(dimension: unknown, op: unknown, values: unknown): ValueFilter | undefined {
  const operator = VALUE_OPERATORS.find((known) => known === op)
  if (typeof dimension !== 'string' || !operator || !Array.isArray(values)) return undefined
  const known = values.filter(isScalar).slice(0, 1000)
  return known.length > 0 ? { dimension, op: operator, values: known } : undefined
}

function leafWithoutValues({ dimension, op, from, to }: Record<string, unknown>): QueryFilter | undefined {
  if (typeof dimension !== 'string') return undefined
  if (op === 'empty' || op === 'not_empty') return { dimension, op }
  if (op !== 'range' || (!isBound(from) && !isBound(to))) return undefined
  return { dimension, op, ...(isBound(from) && { from }), ...(isBound(to) && { to }) }
}

function isScalar(value: unknown): value is Scalar {
  return (
    typeof value === 'string' || typeof value === 'boolean' || (typeof value === 'number' && Number.isFinite(value))
  )
}

function isBound(value: unknown): value is string | number {
  return typeof value === 'string' || typeof value === 'number'
}
