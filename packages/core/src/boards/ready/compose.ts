import type { ChartSpec } from '../../charts/chart-spec.ts'
import type { BoardInput, WidgetInput } from '../board.ts'

/** Short ways of writing the boards that come with Almanac. */

type DataInput = NonNullable<WidgetInput['data']>[number]
type CubeInput = Extract<DataInput, { from: 'cube' }>
type Place = readonly [x: number, y: number, w: number, h: number]

/** The measures of one cube. */
export function ask(cube: string, measures: string[], more: Partial<CubeInput> = {}): CubeInput {
  return { from: 'cube', cube, measures, ...more }
}

/** By time, as fine as the board says. */
export const overTime = (cube: string, measures: string[], more: Partial<CubeInput> = {}): CubeInput =>
  ask(cube, measures, { grain: 'board', ...more })

/** The greatest values of a dimension by one measure, and the rest of them as one. */
export function greatest(cube: string, measure: string, dimension: string, more: Partial<CubeInput> = {}): CubeInput {
  return ask(cube, [measure], {
    dimensions: [dimension],
    top: { by: measure, count: 10, rest: true },
    order: [{ by: measure }],
    ...more,
  })
}

/** The greatest values of a dimension by time, and the rest of them as one: for charts that stack them. */
export function greatestOverTime(
  cube: string,
  measure: string,
  dimension: string,
  count: number,
  more: Partial<CubeInput> = {},
): CubeInput {
  return overTime(cube, [measure], {
    dimensions: [dimension],
    top: { by: measure, count, rest: true },
    compare: 'none',
    ...more,
  })
}

/** A number of the whole range, by the engine, and its course: a whole is not always the sum of its buckets. */
export function bigNumber(id: string, title: string, place: Place, data: CubeInput): WidgetInput {
  const [value] = data.measures
  return widget(id, title, place, { kind: 'number', ...(value && { value }), sparkline: true }, [
    { ...data, totals: [[]] },
  ])
}

export function widget(
  id: string,
  title: string,
  [x, y, w, h]: Place,
  chart: ChartSpec,
  data: DataInput[],
): WidgetInput {
  return { id, title, place: { x, y, w, h }, chart, data }
}

/** One tab with one section and no headers. */
export const onePage = (widgets: WidgetInput[]): BoardInput['tabs'] => [
  { id: 'main', title: 'Main', sections: [{ id: 'all', widgets }] },
]
