import type { Pick } from '@almanac/core/charts/drawing.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import { VALUE_OPERATORS, type ValueFilter, type ValueOperator } from './filter-text.ts'

/**
 * What a click on a mark does to the filters. Alone, it filters by exactly these values, or takes that away again; beside
 * others (with ctrl or ⌘), it adds values to the condition and takes them out.
 */
export function pickedFilters(
  filters: readonly QueryFilter[],
  picks: readonly Pick[],
  isAdditive: boolean,
): readonly QueryFilter[] {
  const usable = picks.flatMap(({ dimension, value }) => (value === null ? [] : [{ dimension, value }]))
  const isOn = usable.every((pick) => {
    const found = byValue(filters, pick.dimension)
    return found?.values.includes(pick.value) && (isAdditive || found.values.length === 1)
  })
  return usable.reduce<readonly QueryFilter[]>((all, { dimension, value }) => {
    const values = byValue(all, dimension)?.values ?? []
    if (!isAdditive) return withValues(all, dimension, isOn ? [] : [value])
    if (isOn)
      return withValues(
        all,
        dimension,
        values.filter((one) => one !== value),
      )
    return withValues(all, dimension, values.includes(value) ? values : [...values, value])
  }, filters)
}

/** The same condition turned round: `is` into `is not`, and back. */
export function inverted(filter: QueryFilter): QueryFilter {
  if ('not' in filter) return filter.not
  if ('values' in filter) return { ...filter, op: OPPOSITE[filter.op] }
  if ('op' in filter && filter.op !== 'range') return { ...filter, op: filter.op === 'empty' ? 'not_empty' : 'empty' }
  return { not: filter }
}

export function replaced(
  filters: readonly QueryFilter[],
  index: number,
  filter: QueryFilter | undefined,
): QueryFilter[] {
  return filters.flatMap((one, i) => (i === index ? (filter ?? []) : one))
}

const OPPOSITE = Object.fromEntries(
  VALUE_OPERATORS.map((op) => [op, op === 'in' ? 'not_in' : op.startsWith('not_') ? op.slice(4) : `not_${op}`]),
) as Record<ValueOperator, ValueOperator>

const isOf = (filter: QueryFilter, dimension: string): filter is ValueFilter =>
  'values' in filter && filter.op === 'in' && filter.dimension === dimension

function byValue(filters: readonly QueryFilter[], dimension: string): ValueFilter | undefined {
  return filters.find((filter) => isOf(filter, dimension)) as ValueFilter | undefined
}

/** The condition keeps its place among the others. */
function withValues(filters: readonly QueryFilter[], dimension: string, values: ValueFilter['values']): QueryFilter[] {
  const index = filters.findIndex((filter) => isOf(filter, dimension))
  const next = values.length > 0 ? { dimension, op: 'in' as const, values } : undefined
  if (index < 0) return next ? [...filters, next] : [...filters]
  return replaced(filters, index, next)
}
