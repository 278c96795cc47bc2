import type { EChartsOption } from 'echarts/types/dist/shared'
import type { ChartDrawing, Look, Reading } from '../drawing.ts'
import { cutText, textWidthPx } from '../format/text-width.ts'
import { motionOf } from '../motion.ts'
import { inkOn, shadeAt, shareBetween } from '../shades.ts'
import {
  AXIS_FONT_PX,
  categoryAxisOption,
  hasAxisLabels,
  innerHeightPx,
  innerWidthPx,
  namesBelow,
  plotOver,
} from './plot-box.ts'
import { extentOf } from './value-scale.ts'

/** A value where a column and a row cross. */
export interface Cell {
  readonly x: number
  readonly y: number
  readonly value: number
  /** At a glance, inside the cell where there is room. */
  readonly text: string
  readonly reading: Reading
}

interface Cells {
  readonly columns: readonly string[]
  readonly rows: readonly string[]
  readonly cells: readonly Cell[]
  /** Which columns are labelled, and how; without it, all as there is room. */
  readonly columnLabels?: ((widthPx: number) => ReadonlyMap<number, string>) | undefined
  readonly textOf: (value: number) => string
  readonly summary: string
}

/** ECharts draws no heat map without one; this one changes nothing, as each cell has its own colour. */
export const NO_VISUAL_MAP = { show: false, min: 0, max: 1, inRange: { symbolSize: [1, 1] } }

/** A grid of cells that are the stronger the greater their values are; the first row is on top. */
export function drawCells({ columns, rows, cells, columnLabels, textOf, summary }: Cells, look: Look): ChartDrawing {
  const { theme } = look
  const { below, beside } = hasAxisLabels(look)
  const names = rows.map((row) => cutText(row, look.widthPx * 0.3, AXIS_FONT_PX))
  const widest = Math.max(0, ...names.map((name) => textWidthPx(name, AXIS_FONT_PX)))
  const sides = { left: beside ? Math.ceil(widest * 1.05) + 14 : 8, right: 14, top: 8 }
  const { box, labels, rotate } = plotOver(sides, look, (widthPx) =>
    columnLabels
      ? { labels: columnLabels(widthPx), rotate: 0, heightPx: 26 }
      : namesBelow(columns, widthPx, sides.left),
  )
  const cellPx = {
    width: innerWidthPx(look, box) / Math.max(1, columns.length),
    height: innerHeightPx(look, box) / Math.max(1, rows.length),
  }
  const step = Math.ceil(14 / cellPx.height)
  const rowLabels = new Map(names.flatMap((name, at) => (at % step === 0 ? [[at, name] as const] : [])))
  const { least, greatest } = extentOf(cells.map(({ value }) => value)) ?? { least: 0, greatest: 0 }
  const widestText = Math.max(0, ...cells.slice(0, 400).map(({ text }) => textWidthPx(text, 10)))
  const hasTexts = cells.length <= 400 && cellPx.width >= widestText + 8 && cellPx.height >= 16
  const gapPx = Math.min(cellPx.width, cellPx.height) >= 8 ? 2 : 0.5
  const plain = { axisLine: { show: false } }
  const xAxis = categoryAxisOption(columns.length, labels, look, { hasLabels: below, isBanded: true })
  const option: EChartsOption = {
    ...motionOf(look),
    grid: { ...box, outerBoundsMode: 'none' },
    xAxis: { ...xAxis, ...plain, axisLabel: { ...xAxis.axisLabel, rotate } },
    yAxis: {
      ...categoryAxisOption(rows.length, rowLabels, look, { hasLabels: beside, isBanded: true }),
      ...plain,
      inverse: true,
    },
    visualMap: NO_VISUAL_MAP,
    series: [
      {
        type: 'heatmap',
        id: 'cells',
        progressive: 0,
        label: { show: hasTexts, fontFamily: theme.font, fontSize: 10 },
        emphasis: { itemStyle: { borderColor: theme.ink, borderWidth: 1 } },
        data: cells.map(({ x, y, value, text }, reading) => {
          const color = shadeAt(shareBetween(value, least, greatest), theme)
          return {
            value: [x, y, value],
            reading,
            itemStyle: { color, borderColor: theme.surface, borderWidth: gapPx, borderRadius: gapPx > 1 ? 3 : 0 },
            ...(hasTexts && { label: { color: inkOn(color, theme), formatter: () => text } }),
          }
        }),
      },
    ],
  }
  return {
    as: 'chart',
    option,
    pointing: 'item',
    readings: cells.map(({ reading }) => reading),
    legend: [],
    legendPlace: 'none',
    summary,
    shades: { from: textOf(least), to: textOf(greatest), colours: theme.shades },
  }
}
