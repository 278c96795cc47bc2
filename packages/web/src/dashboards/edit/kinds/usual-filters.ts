import type { Board, CubeData, WidgetData } from '@almanac/core/boards/board.ts'
import { type BoardScope, dimensionsOf } from '@almanac/core/boards/widget-query.ts'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import type { CubeEntry } from '../../../api/cubes.ts'

/** What decides which filters a question is born with. */
export interface UsualFilters {
  readonly scope: Pick<BoardScope, 'filters'>
  readonly variables: Board['variables']
  /** By cube: the currency that occurs most in its data. */
  readonly currencies: ReadonlyMap<string, string>
}

/** A new question: of people, and of one currency. Both are seen among its filters and can be taken away there. */
export function withUsualFilters(data: CubeData, cubes: readonly CubeEntry[], usual: UsualFilters): CubeData
export function withUsualFilters(data: WidgetData, cubes: readonly CubeEntry[], usual: UsualFilters): WidgetData
export function withUsualFilters(data: WidgetData, cubes: readonly CubeEntry[], usual: UsualFilters): WidgetData {
  const cube = data.from === 'cube' ? cubes.find(({ name }) => name === data.cube) : undefined
  if (!cube || data.from !== 'cube') return data
  const hasBots = cube.dimensions.some(({ name }) => name === BOT) && !isAsked(BOT, data, usual)
  return withCurrency(hasBots ? withFilter(data, { dimension: BOT, op: 'in', values: [false] }) : data, cube, usual)
}

/**
 * Amounts of different currencies are no sum. A question for amounts in whatever currency each row has is asked for the most usual
 * one, unless the question or its board already says for which.
 */
export function withCurrency(data: CubeData, cube: CubeEntry, usual: UsualFilters): CubeData {
  const currency = usual.currencies.get(cube.name)
  if (currency === undefined || !hasAmounts(cube, data.measures) || isAsked(CURRENCY, data, usual)) return data
  return withFilter(data, { dimension: CURRENCY, op: 'in', values: [currency] })
}

/** Whether one of these measures is an amount whose currency is that of its rows; of all measures when none are named. */
export function hasAmounts({ dimensions, measures }: CubeEntry, names?: readonly string[]): boolean {
  const isOne = measures.some(
    ({ name, format, currency }) =>
      format === 'currency' && currency === undefined && (names === undefined || names.includes(name)),
  )
  return isOne && dimensions.some(({ name }) => name === CURRENCY)
}

/** Where the ready cubes have the currency of each row. */
export const CURRENCY = 'currency'
const BOT = 'is_bot'

function isAsked(dimension: string, data: CubeData, { scope, variables }: UsualFilters): boolean {
  const filters = data.isFixed ? data.filters : [...data.filters, ...scope.filters]
  return (
    data.dimensions.includes(dimension) ||
    filters.some((filter) => dimensionsOf(filter).includes(dimension)) ||
    (!data.isFixed && variables.some((variable) => variable.dimension === dimension))
  )
}

const withFilter = (data: CubeData, filter: QueryFilter): CubeData => ({ ...data, filters: [...data.filters, filter] })
