import { type CubeData, WidgetData } from '@almanac/core/boards/board.ts'
import { dimensionsOf } from '@almanac/core/boards/widget-query.ts'
import { ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import type { Cell } from '@almanac/core/explain/explain.ts'
import type { CubeEntry } from '../api/cubes.ts'
import {
  type BoardSearch,
  changed,
  filtersOf,
  withComparisons,
  withFilters,
} from '../dashboards/board/choice/board-search.ts'
import { shapeOf } from '../dashboards/edit/kinds/data-shape.ts'
import { newCubeData } from '../dashboards/edit/kinds/fitting-data.ts'
import { proposedKinds } from '../dashboards/edit/kinds/propose-kinds.ts'
import { withUsualFilters } from '../dashboards/edit/kinds/usual-filters.ts'
import { usualMeasures } from '../dashboards/edit/kinds/usual-measures.ts'
import type { ExploreSearch } from './explore-address.ts'

/** The address, understood. The filters of the question are those of `search`, and so are its grain and comparisons. */
export interface Exploration {
  readonly data: CubeData
  readonly chart: ChartSpec
  readonly title: string | undefined
  readonly explain: ExplainedCell | undefined
  readonly search: BoardSearch
}

/** A value of the answer: of a measure, in the row of this time and these dimensions; and what is asked about it. */
export interface ExplainedCell {
  readonly of: 'number' | 'change'
  readonly measure: string
  readonly time?: string
  readonly dimensions: Cell['dimensions']
}

/** What can't be understood is as it is at the beginning: the first figure of a cube, over time. */
export function explorationOf(search: ExploreSearch, cubes: readonly CubeEntry[]): Exploration | undefined {
  const { data: dataText, chart: chartText, title, explain, ...board } = search
  const asked = dataOf(dataText) ?? firstData(cubes)
  if (!asked) return undefined
  const chart = ChartSpec.safeParse(parsed(chartText)).data ?? usualChart(asked)
  return {
    data: bare(asked),
    chart,
    title,
    explain: explainedCell(explain),
    search: withKnownFilters(
      withOwnChoices(board, asked),
      cubes.find(({ name }) => name === asked.cube),
    ),
  }
}

/** A filter of a dashboard that this cube has no dimension for filters nothing there, and nothing here. */
function withKnownFilters(search: BoardSearch, cube: CubeEntry | undefined): BoardSearch {
  const filters = filtersOf(search)
  if (!filters || !cube) return search
  const isKnown = (dimension: string) => cube.dimensions.some(({ name }) => name === dimension)
  return withFilters(
    search,
    filters.filter((filter) => dimensionsOf(filter).every(isKnown)),
    [],
  )
}

/** The address of an exploration. */
export function exploreSearch({ data, chart, title, explain, search }: Exploration): ExploreSearch {
  return {
    ...search,
    data: JSON.stringify(shortened(data)),
    chart: JSON.stringify(chart),
    ...(title !== undefined && { title }),
    ...(explain && { explain: JSON.stringify(explain) }),
  }
}

function dataOf(text: string | undefined): CubeData | undefined {
  const json = parsed(text)
  if (typeof json !== 'object' || json === null) return undefined
  const read = WidgetData.safeParse({ from: 'cube', ...json }).data
  return read?.from === 'cube' ? read : undefined
}

/** Of people: the filter stands in the toolbar. */
function firstData(cubes: readonly CubeEntry[]): CubeData | undefined {
  const [cube] = cubes
  const [measure] = cube ? usualMeasures(cube) : []
  if (!cube || measure === undefined) return undefined
  return withUsualFilters(newCubeData(cube.name, NEW(measure)), cubes, NOTHING_CHOSEN)
}

const NOTHING_CHOSEN = { scope: { filters: [] }, variables: [], currencies: new Map<string, string>() }

const NEW = (measure: string) => ({ measures: [measure], dimensions: [], isOverTime: true })

function usualChart(data: CubeData): ChartSpec {
  return { kind: proposedKinds(shapeOf([data]))[0] ?? 'table' } as ChartSpec
}

/** What a widget decides by itself is chosen in the toolbar here, where it can be seen and changed. */
function bare(data: CubeData): CubeData {
  const { range: _, limit: __, ...rest } = data
  const grain = data.grain === 'none' ? 'none' : 'board'
  return { ...rest, filters: [], grain, compare: 'board', isFixed: false }
}

function withOwnChoices(search: BoardSearch, data: CubeData): BoardSearch {
  const { grain, compare, filters, range } = data
  let next = search
  if (range !== undefined) next = changed(next, { range })
  if (grain !== 'none' && grain !== 'board') next = changed(next, { grain })
  if (compare !== 'board') next = withComparisons(next, compare === 'none' ? [] : compare)
  if (filters.length > 0) next = withFilters(next, [...filters, ...(filtersOf(next) ?? [])], [])
  return next
}

/** Without what goes without saying. */
function shortened({ cube, measures, dimensions, grain, top, having, totals, order, segments }: CubeData) {
  return {
    cube,
    measures,
    ...(dimensions.length > 0 && { dimensions }),
    ...(grain !== 'none' && { grain }),
    ...(top && { top }),
    ...(having.length > 0 && { having }),
    ...(totals.length > 0 && { totals }),
    ...(order.length > 0 && { order }),
    ...(segments.length > 0 && { segments }),
  }
}

function explainedCell(text: string | undefined): ExplainedCell | undefined {
  const json = parsed(text)
  if (typeof json !== 'object' || json === null) return undefined
  const { of, measure, time, dimensions } = json as Record<string, unknown>
  if (typeof measure !== 'string') return undefined
  const values = typeof dimensions === 'object' && dimensions !== null ? Object.entries(dimensions) : []
  return {
    of: of === 'change' ? 'change' : 'number',
    measure,
    ...(typeof time === 'string' && { time }),
    dimensions: Object.fromEntries(
      values.filter(([, value]) => ['string', 'number', 'boolean'].includes(typeof value)),
    ),
  }
}

function parsed(text: string | undefined): unknown {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
