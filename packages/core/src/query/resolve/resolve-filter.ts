import type { CubeDefinition, Dimension, DimensionType } from '../../cubes/cube.ts'
import { typeOf } from '../../cubes/sql/dimension-sql.ts'
import type { Issue } from '../../errors.ts'
import { type FilterLeaf, MAX_FILTER_DEPTH, type QueryFilter } from '../filter.ts'
import type { Query } from '../query.ts'
import { unknownName } from '../unknown-name.ts'

/** A filter whose dimensions are the cube's and whose values have the dimension's type. */
export type ResolvedFilter =
  | ResolvedLeaf
  | { readonly and: readonly ResolvedFilter[] }
  | { readonly or: readonly ResolvedFilter[] }
  | { readonly not: ResolvedFilter }

export interface ResolvedLeaf {
  readonly name: string
  readonly dimension: Dimension
  readonly condition: Condition
}

type Scalar = string | number | boolean
export type Condition =
  | { readonly op: Exclude<FilterLeaf['op'], 'range' | 'empty' | 'not_empty'>; readonly values: readonly Scalar[] }
  | { readonly op: 'range'; readonly from?: Scalar; readonly to?: Scalar }
  | { readonly op: 'empty' | 'not_empty' }

/** The query's filters and the cube's own, where the query says nothing of their dimensions. */
export function resolveFilters(query: Pick<Query, 'filters'>, cube: CubeDefinition, issues: Issue[]): ResolvedFilter[] {
  const asked = query.filters.flatMap((filter, i) => resolved(filter, cube, ['filters', i], 1, issues))
  const named = new Set(asked.flatMap(leavesOf).map(({ name }) => name))
  const usual = Object.entries(cube.defaultFilters)
    .filter(([dimension]) => !named.has(dimension))
    .flatMap(([dimension, values]) =>
      resolved({ dimension, op: 'in', values: [...values] }, cube, ['defaultFilters'], 1, issues),
    )
  return [...asked, ...usual]
}

/** All conditions in a filter, whatever joins them. */
export function leavesOf(filter: ResolvedFilter): ResolvedLeaf[] {
  if ('and' in filter) return filter.and.flatMap(leavesOf)
  if ('or' in filter) return filter.or.flatMap(leavesOf)
  if ('not' in filter) return leavesOf(filter.not)
  return [filter]
}

function resolved(
  filter: QueryFilter,
  cube: CubeDefinition,
  path: Issue['path'],
  depth: number,
  issues: Issue[],
): ResolvedFilter[] {
  if (depth > MAX_FILTER_DEPTH) {
    issues.push({ path, message: `filters may be nested ${MAX_FILTER_DEPTH} deep` })
    return []
  }
  const inside = (filters: readonly QueryFilter[], key: string) =>
    filters.flatMap((inner, i) => resolved(inner, cube, [...path, key, i], depth + 1, issues))
  if ('and' in filter) return [{ and: inside(filter.and, 'and') }]
  if ('or' in filter) return [{ or: inside(filter.or, 'or') }]
  if ('not' in filter) {
    const [not] = resolved(filter.not, cube, [...path, 'not'], depth + 1, issues)
    return not ? [{ not }] : []
  }
  return resolvedLeaf(filter, cube, path, issues)
}

function resolvedLeaf(filter: FilterLeaf, cube: CubeDefinition, path: Issue['path'], issues: Issue[]): ResolvedLeaf[] {
  const name = filter.dimension
  const dimension = Object.hasOwn(cube.dimensions, name) ? cube.dimensions[name] : undefined
  if (!dimension) {
    issues.push(unknownName('dimension', name, cube.dimensions, cube, [...path, 'dimension']))
    return []
  }
  const condition = conditionOf(filter, typeOf(dimension), path, issues)
  return condition ? [{ name, dimension, condition }] : []
}

function conditionOf(
  filter: FilterLeaf,
  type: DimensionType,
  path: Issue['path'],
  issues: Issue[],
): Condition | undefined {
  const typed = (value: Scalar, place: Issue['path']): Scalar => {
    const converted = TYPED[type](value)
    if (converted === undefined) {
      issues.push({ path: [...path, ...place], message: `"${filter.dimension}" holds ${type}s, got "${value}"` })
    }
    return converted ?? value
  }
  const needs = (wanted: DimensionType[], text: string): boolean => {
    if (wanted.includes(type)) return true
    const message = `"${filter.op}" needs a dimension of ${text}, "${filter.dimension}" holds ${type}s`
    issues.push({ path: [...path, 'op'], message })
    return false
  }
  switch (filter.op) {
    case 'empty':
    case 'not_empty':
      return needs(['string', 'number'], 'text or numbers') ? { op: filter.op } : undefined
    case 'range': {
      if (filter.from === undefined && filter.to === undefined) {
        issues.push({ path, message: 'a range needs "from", "to" or both' })
        return undefined
      }
      if (!needs(['string', 'number'], 'text or numbers')) return undefined
      return {
        op: 'range',
        ...(filter.from !== undefined && { from: typed(filter.from, ['from']) }),
        ...(filter.to !== undefined && { to: typed(filter.to, ['to']) }),
      }
    }
    case 'in':
    case 'not_in':
      return { op: filter.op, values: filter.values.map((value, i) => typed(value, ['values', i])) }
    default:
      if (!needs(['string'], 'text')) return undefined
      return { op: filter.op, values: filter.values.map(String) }
  }
}

const TRUTHS = new Map([
  ['true', true],
  ['false', false],
  ['1', true],
  ['0', false],
])

// The command line and URLs have only text, so text that says a number or a truth is taken for one.
const TYPED: Record<DimensionType, (value: Scalar) => Scalar | undefined> = {
  string: (value) => String(value),
  number: (value) => (value !== '' && Number.isFinite(Number(value)) ? Number(value) : undefined),
  boolean: (value) => TRUTHS.get(String(value)),
}
