import type { Place, Widget, WidgetData } from '@almanac/core/boards/board.ts'
import { GRID } from '@almanac/core/boards/grid.ts'
import type { ChartKind } from '@almanac/core/charts/chart-spec.ts'

type Size = Pick<Place, 'w' | 'h'>

/** How large a new widget is: three figures, or two charts, side by side. Lanes of states all fit, when it is known how many. */
export function defaultSize(kind: ChartKind, data: readonly WidgetData[] = []): Size {
  const size = SIZES[kind]
  return kind === 'status_timeline' ? { ...size, h: Math.max(size.h, rowsFor(mostLanes(data))) } : size
}

function mostLanes([first]: readonly WidgetData[]): number {
  return first?.from === 'cube' && first.dimensions.length > 0 ? (first.top?.count ?? 1) : 1
}

/** Header, legend and axis, and a line for each lane (see `timeline-view.tsx`). */
const AROUND_LANES_PX = 104
const LANE_PX = 30

function rowsFor(lanes: number): number {
  return Math.ceil((AROUND_LANES_PX + lanes * LANE_PX + GRID.gapPx) / (GRID.rowPx + GRID.gapPx))
}

const CHART = { w: 12, h: 7 }
const WIDE = { w: 24, h: 8 }
const LIST = { w: 8, h: 8 }
/** Beside an open panel, too, there is room for `+12.3% vs previous period` in one line. */
const FIGURE = { w: 8, h: 4 }

const SIZES: Record<ChartKind, Size> = {
  line: CHART,
  area: CHART,
  stacked_area: CHART,
  share_area: CHART,
  bar: CHART,
  horizontal_bar: LIST,
  stacked_bar: CHART,
  combo: CHART,
  number: FIGURE,
  table: { w: 12, h: 9 },
  pivot: WIDE,
  pie: LIST,
  donut: LIST,
  scatter: CHART,
  bubble: CHART,
  histogram: CHART,
  heat_map: CHART,
  calendar_heat_map: { w: 24, h: 5 },
  hour_weekday: CHART,
  gauge: { w: 6, h: 5 },
  bullet: { w: 8, h: 4 },
  funnel: LIST,
  waterfall: CHART,
  treemap: CHART,
  sunburst: LIST,
  sankey: { w: 12, h: 9 },
  radar: LIST,
  box_plot: CHART,
  cohort_grid: WIDE,
  world_map: { w: 12, h: 8 },
  points_map: { w: 12, h: 9 },
  // Eight, and "Everything else".
  ranked_list: { w: 8, h: 9 },
  status_timeline: { w: 24, h: 5 },
  text: { w: 12, h: 3 },
  image: LIST,
  embed: { w: 12, h: 9 },
}

/** The first free spot of that size, row by row from the left. */
export function firstFreePlace(widgets: readonly Pick<Widget, 'place'>[], { w, h }: Size): Place {
  const width = Math.min(w, GRID.columns)
  for (let y = 0; ; y++) {
    for (let x = 0; x + width <= GRID.columns; x++) {
      const place = { x, y, w: width, h }
      if (!widgets.some((widget) => overlap(widget.place, place))) return place
    }
  }
}

function overlap(a: Place, b: Place): boolean {
  return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}
