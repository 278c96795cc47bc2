import type { Place, Widget } from '@almanac/core/boards/board.ts'
import { GRID } from '@almanac/core/boards/grid.ts'
import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'
import type { CubeEntry } from '../../../api/cubes.ts'
import type { NewWidget } from '../changes/widget-edits.ts'
import { defaultSize } from '../kinds/default-size.ts'
import { defaultTitle } from '../kinds/default-title.ts'
import { fittingData, goodDimensions, type Wish } from '../kinds/fitting-data.ts'
import { isCountry, isHour } from '../kinds/kind-needs.ts'
import { withNeededTotals } from '../kinds/needed-totals.ts'
import { usualMeasures } from '../kinds/usual-measures.ts'

/**
 * A first draft of a board about a cube, to be changed rather than begun: its first figures, how they go on over time, and
 * by what they are split.
 */
export function starterWidgets(cube: CubeEntry): NewWidget[] {
  const measures = usualMeasures(cube)
  const [first] = measures
  if (first === undefined) return []
  const [one, two] = goodDimensions(cube)
  const hasCountries = cube.dimensions.some(({ name }) => isCountry(name))
  const hasHours = cube.dimensions.some(({ name }) => isHour(name))
  const heads = measures.slice(0, 4)
  const wish = (dimensions: (string | undefined)[], isOverTime = false): Wish => ({
    measures: [first],
    dimensions: dimensions.filter((name) => name !== undefined),
    isOverTime,
  })
  const wanted: (readonly [ChartKind, Wish, Partial<Place>?])[] = [
    ...heads.map(
      (name) => ['number', { measures: [name], dimensions: [], isOverTime: true }, inRow(heads.length)] as const,
    ),
    ['line', wish([], true), { w: GRID.columns, h: 8 }],
    ...(one === undefined ? [] : ([['stacked_area', wish([one], true)]] as const)),
    ...(two === undefined ? [] : ([['ranked_list', wish([two]), { w: 12, h: 7 }]] as const)),
    ...(hasCountries ? ([['world_map', wish([]), { w: hasHours ? 12 : GRID.columns, h: 9 }]] as const) : []),
    ...(hasHours ? ([['hour_weekday', wish([]), { w: 12, h: 9 }]] as const) : []),
  ]
  return wanted.flatMap(([kind, what, size]) => newWidget(kind, cube, what, [cube], size) ?? []).map(withOwnTitle)
}

/** Beside the figure of the same name. */
function withOwnTitle(widget: NewWidget): NewWidget {
  return widget.chart.kind === 'line' ? { ...widget, title: `${widget.title} over time` } : widget
}

const inRow = (count: number): Partial<Place> => ({ w: GRID.columns / Math.max(2, count), h: 4 })

/** A widget of that kind with everything filled in; `undefined` when the cube has nothing for it. */
export function newWidget(
  kind: ChartKind,
  cube: CubeEntry | undefined,
  wish: Wish,
  cubes: readonly CubeEntry[],
  size: Partial<Place> = {},
): NewWidget | undefined {
  const chart = FIRST_CHARTS[kind] ?? ({ kind } as Widget['chart'])
  if (!cube) return { title: '', place: { ...defaultSize(kind), ...size }, chart, data: [] }
  const fitting = fittingData(kind, cube, wish)
  if ('problem' in fitting) return undefined
  const data = withNeededTotals(chart, fitting.data)
  const place = { ...defaultSize(kind, data), ...size }
  return { title: defaultTitle(kind, data, cubes), place, chart, data }
}

/** Kinds that need something said to show anything. */
const FIRST_CHARTS: Partial<Record<ChartKind, Widget['chart']>> = {
  text: { kind: 'text', text: '## A heading\n\nWhat this board shows, and for whom.' },
  image: { kind: 'image', address: '', alternative: '' },
  embed: { kind: 'embed', address: '' },
}
