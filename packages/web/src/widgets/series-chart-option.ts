import type { MeasureFormat } from '@almanac/core/cubes/measure.ts'
import { formatAxisNumber } from './format-number.ts'

/** Where the plot lies inside its box, in CSS pixels; the pointer's arithmetic needs it as well. */
export const PLOT = { left: 46, right: 14, top: 14, bottom: 28 } as const

export interface ChartPoint {
  /** What the tooltip and the table say. */
  readonly label: string
  readonly state: 'closed' | 'open' | 'ahead'
  readonly value: number | undefined
}

export interface ChartColours {
  readonly line: string
  readonly area: string
  readonly grid: string
  readonly text: string
  readonly surface: string
}

export interface ChartLabel {
  readonly index: number
  readonly text: string
  readonly isMajor: boolean
}

interface Input {
  readonly points: readonly ChartPoint[]
  readonly labels: readonly ChartLabel[]
  readonly format: MeasureFormat
  readonly colours: ChartColours
  readonly isAnimated: boolean
}

/**
 * The chart as ECharts wants it. Data reaches it as numbers alone: names go into our own tooltip, which is React and
 * can't be talked into drawing HTML. The running bucket hangs on a dashed line of its own.
 */
export function seriesChartOption({ points, labels, format, colours, isAnimated }: Input) {
  const textAt = new Map(labels.map((label) => [label.index, label]))
  const line = {
    type: 'line' as const,
    smooth: false,
    color: colours.line,
    animation: isAnimated,
    animationDuration: 300,
  }
  return {
    animation: isAnimated,
    animationDurationUpdate: 300,
    grid: { ...PLOT, outerBoundsMode: 'none' as const },
    xAxis: {
      type: 'category' as const,
      boundaryGap: points.length === 1,
      data: points.map((_, index) => String(index)),
      axisLine: { lineStyle: { color: colours.grid } },
      axisTick: { show: false },
      axisLabel: {
        interval: (index: number) => textAt.has(index),
        formatter: (_: string, index: number) => textAt.get(index)?.text ?? '',
        color: colours.text,
        fontFamily: FONT,
        fontSize: 11,
        margin: 10,
        hideOverlap: true,
        alignMinLabel: 'left' as const,
        alignMaxLabel: 'right' as const,
      },
    },
    yAxis: {
      type: 'value' as const,
      min: 0,
      minInterval: format === 'percent' ? 0.01 : 1,
      splitNumber: 4,
      splitLine: { lineStyle: { color: colours.grid } },
      axisLabel: {
        formatter: (value: number) => formatAxisNumber(value, format),
        color: colours.text,
        fontFamily: FONT,
        fontSize: 11,
      },
    },
    series: [
      {
        ...line,
        id: 'closed',
        data: points.map(({ state, value }) => (state === 'closed' ? (value ?? null) : null)),
        showSymbol: points.filter(({ state }) => state === 'closed').length === 1,
        symbol: 'circle',
        symbolSize: 6,
        lineStyle: { width: 2, cap: 'round' as const, join: 'round' as const },
        areaStyle: { color: colours.area, opacity: 1 },
      },
      {
        ...line,
        id: 'open',
        data: openPart(points),
        symbol: 'circle',
        symbolSize: 6,
        showSymbol: true,
        itemStyle: { color: colours.surface, borderColor: colours.line, borderWidth: 1.5 },
        lineStyle: { width: 2, type: [4, 4], cap: 'butt' as const, color: colours.line },
      },
    ],
  }
}

const FONT = 'Inter Variable, system-ui, sans-serif'

/** The running bucket, joined to the last finished one, which itself carries no mark. */
function openPart(points: readonly ChartPoint[]) {
  return points.map(({ state, value }, index) => {
    if (state === 'open') return value ?? null
    const isJoint = state === 'closed' && points[index + 1]?.state === 'open'
    return isJoint ? { value: value ?? null, symbol: 'none' } : null
  })
}
