import type { CubeData } from '@almanac/core/boards/board.ts'
import type { ChartKind, ChartSpec } from '@almanac/core/charts/chart-spec.ts'
import { totalsFor } from '@almanac/core/charts/totals-for.ts'
import type { CubeEntry } from '../api/cubes.ts'
import { asKind, withoutGoneColumns } from '../dashboards/edit/chart/spec-edits.ts'
import { keptInCube } from '../dashboards/edit/data/kept-in-cube.ts'
import { shapeOf } from '../dashboards/edit/kinds/data-shape.ts'
import { fittedData, topForKind } from '../dashboards/edit/kinds/fitting-data.ts'
import { misfit } from '../dashboards/edit/kinds/kind-needs.ts'
import { proposedKinds } from '../dashboards/edit/kinds/propose-kinds.ts'

/** A question and how its answer is shown. */
export interface Shown {
  readonly data: CubeData
  readonly chart: ChartSpec
}

/** Other figures, by other dimensions. The kind of chart stays as long as it can show them. */
export function withFields(
  { data, chart }: Shown,
  fields: Partial<Pick<CubeData, 'measures' | 'dimensions' | 'grain'>>,
  cube: CubeEntry,
): Shown {
  const wanted = { ...data, ...fields }
  const shape = shapeOf([wanted])
  const kind = misfit(chart.kind, shape) === undefined ? chart.kind : (proposedKinds(shape)[0] ?? 'table')
  const fitted = fittedCube(kind, cube, topForKind(chart.kind, kind, wanted)) ?? wanted
  // Whoever wants to see all values is not given the greatest ones again with each change.
  const wantedAll = data.top === undefined && data.dimensions.length > 0
  const { top: suggested, ...rest } = fitted
  const next: CubeData = suggested && !wantedAll ? { ...rest, top: suggested } : rest
  return { data: next, chart: withoutGoneColumns(asKind(chart, kind), columnsOf(next)) }
}

export function withKind({ data, chart }: Shown, kind: ChartKind, cube: CubeEntry): Shown {
  const next = fittedCube(kind, cube, topForKind(chart.kind, kind, data)) ?? data
  return { data: next, chart: withoutGoneColumns(asKind(chart, kind), columnsOf(next)) }
}

/** The same question to another cube, as far as that has the same names. */
export function withCube({ data, chart }: Shown, cube: CubeEntry): Shown {
  const { top: _, ...kept } = keptInCube({ ...data, order: [] }, cube)
  return withFields({ data: { ...kept, having: [] }, chart }, {}, cube)
}

/** Only the greatest, with the others as one row; `undefined` for all. */
export function withTop(data: CubeData, count: number | undefined): CubeData {
  const { top, ...rest } = data
  const [by] = data.measures
  if (count === undefined || by === undefined || data.dimensions.length === 0) return rest
  return { ...rest, top: { by, direction: 'desc', rest: true, ...top, count } }
}

/** With a row of totals below the table: by the engine, over everything that the question is about. */
export function withTotals(data: CubeData, hasTotals: boolean): CubeData {
  return { ...data, totals: hasTotals ? [[]] : [] }
}

export const hasTotals = ({ totals }: CubeData) => totals.some((set) => set.length === 0)

/** What is asked: the question with the totals that its chart needs. */
export function askedData({ data, chart }: Shown): CubeData {
  const dimensions = [...(data.grain === 'none' ? [] : ['time']), ...data.dimensions]
  const sets = [...data.totals, ...totalsFor(chart, dimensions)]
  const names = new Set(sets.map((set) => JSON.stringify(set)))
  return { ...data, totals: dimensions.length === 0 ? [] : [...names].map((name) => JSON.parse(name)) }
}

function fittedCube(kind: ChartKind, cube: CubeEntry, data: CubeData): CubeData | undefined {
  const fitting = fittedData(kind, cube, data)
  const [only] = 'data' in fitting ? fitting.data : []
  return only?.from === 'cube' ? { ...only, grain: only.grain === 'none' ? 'none' : 'board' } : undefined
}

const columnsOf = ({ grain, dimensions, measures }: CubeData) => [
  ...(grain === 'none' ? [] : ['time']),
  ...dimensions,
  ...measures,
]
