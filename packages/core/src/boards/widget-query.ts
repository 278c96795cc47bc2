import type { CubeDefinition } from '../cubes/cube.ts'
import type { QueryFilter } from '../query/filter.ts'
import type { Comparison, QueryInput } from '../query/query.ts'
import type { Grain } from '../time/grain.ts'
import type { Board, CubeData, Variable } from './board.ts'

/** What the reader has chosen for the whole board. */
export interface BoardScope {
  /** Half-open; RFC 3339 instants. */
  readonly from: string
  readonly to: string
  readonly grain: Grain
  readonly timezone: string
  readonly firstDayOfWeek: number
  readonly compare: readonly Comparison[]
  readonly filters: readonly QueryFilter[]
  /** By name; nothing chosen is all values. */
  readonly variables: Readonly<Record<string, readonly string[]>>
}

/** What is to be known of a cube to ask it; what `/api/v1/cubes` answers fits. */
export interface KnownCube {
  readonly name: string
  readonly dimensions: readonly string[]
}

export const knownCube = ({ name, dimensions }: CubeDefinition): KnownCube => ({
  name,
  dimensions: Object.keys(dimensions),
})

/** Filters of the board that a widget's cube has no dimension for: it shows more than the reader may think. */
export interface WidgetQuestion {
  readonly query: QueryInput
  readonly ignored: readonly string[]
}

/**
 * The question that a widget asks on its board. Pass the scope of the widget's own range where it has one (`data.range`). A
 * cube that nobody knows is asked all the same: the answer says what is wrong.
 */
export function widgetQuestion(
  data: CubeData,
  scope: BoardScope,
  variables: Board['variables'],
  cube: KnownCube | undefined,
): WidgetQuestion {
  const { from: _, isFixed, grain, compare, range: __, limit, filters, top, ...rest } = data
  const fits = (dimension: string) => cube === undefined || cube.dimensions.includes(dimension)
  const chosen = isFixed ? [] : [...scope.filters, ...variableFilters(variables, scope)]
  const applied = chosen.filter((filter) => dimensionsOf(filter).every(fits))
  const ownGrain = grain === 'board' ? scope.grain : grain === 'none' ? undefined : grain
  return {
    query: {
      ...rest,
      ...(limit !== undefined && { limit }),
      // A top list waits until there is something to list.
      ...(top && data.dimensions.length > 0 && { top }),
      filters: [...filters, ...applied],
      from: scope.from,
      to: scope.to,
      timezone: scope.timezone,
      firstDayOfWeek: scope.firstDayOfWeek,
      ...(ownGrain && { grain: ownGrain }),
      compare: compare === 'board' ? [...scope.compare] : compare === 'none' ? [] : compare,
    },
    ignored: data.isFixed ? [] : chosenDimensions(variables, scope).filter((dimension) => !fits(dimension)),
  }
}

/** What the reader has chosen, for data that may not have it; a board's own choice is no surprise where it does not apply. */
export function chosenDimensions(variables: Board['variables'], scope: BoardScope): string[] {
  const changed = variables.filter((variable) => {
    const chosen = chosenValues(variable, scope)
    return chosen.length > 0 && chosen.join('\n') !== variable.values.join('\n')
  })
  return [...new Set([...scope.filters.flatMap(dimensionsOf), ...changed.map(({ dimension }) => dimension)])]
}

/** Nothing is all values. */
export function chosenValues({ name, values }: Variable, scope: Pick<BoardScope, 'variables'>): readonly string[] {
  // A variable may be called "constructor".
  return Object.hasOwn(scope.variables, name) ? (scope.variables[name] ?? values) : values
}

function variableFilters(variables: Board['variables'], scope: BoardScope): QueryFilter[] {
  return variables.flatMap((variable) => {
    const { dimension } = variable
    const chosen = chosenValues(variable, scope)
    return chosen.length === 0 ? [] : [{ dimension, op: 'in' as const, values: [...chosen] }]
  })
}

export function dimensionsOf(filter: QueryFilter): string[] {
  if ('and' in filter) return filter.and.flatMap(dimensionsOf)
  if ('or' in filter) return filter.or.flatMap(dimensionsOf)
  if ('not' in filter) return dimensionsOf(filter.not)
  return [filter.dimension]
}
