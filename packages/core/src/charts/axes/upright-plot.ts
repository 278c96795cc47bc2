import type { Look } from '../drawing.ts'
import { type CategoryAxis, timeLabels } from './categories.ts'
import {
  categoryAxisOption,
  hasAxisLabels,
  namesBelow,
  type Plot,
  plotOver,
  valueAxisOption,
  valuesWidthPx,
} from './plot-box.ts'
import type { ValueScale } from './value-scale.ts'

interface Upright {
  /** Along which the places are; without it, there is a single one. */
  readonly axis: CategoryAxis | undefined
  /** Of the places. */
  readonly titles: readonly string[]
  readonly scale: ValueScale
}

/** The plot and the axes of bars and boxes that stand: the values on the left, the places below. */
export function uprightPlot({ axis, titles, scale }: Upright, look: Look) {
  const sides = { left: valuesWidthPx(scale, look), right: 14, top: 12 }
  const { box, labels, rotate } = plotOverPlaces(axis, () => titles, sides, look)
  const { below, beside } = hasAxisLabels(look)
  const xAxis = categoryAxisOption(titles.length, labels, look, { hasLabels: below, isBanded: true })
  return {
    plot: box,
    option: {
      grid: { ...box, outerBoundsMode: 'none' as const },
      xAxis: { ...xAxis, axisLabel: { ...xAxis.axisLabel, rotate } },
      yAxis: valueAxisOption(scale, look, { hasLabels: beside, hasLines: true }),
    },
  }
}

/** With as much room below as its times or names take; titles are made where they are shown alone. */
export function plotOverPlaces(
  axis: CategoryAxis | undefined,
  titles: () => readonly string[],
  sides: Omit<Plot['box'], 'bottom'>,
  look: Look,
): Plot {
  return plotOver(sides, look, (widthPx) =>
    axis?.isTime
      ? { labels: timeLabels(axis, widthPx, look.locale), rotate: 0, heightPx: 28 }
      : namesBelow(titles(), widthPx, sides.left),
  )
}
