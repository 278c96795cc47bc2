import type { EChartsOption } from 'echarts/types/dist/shared'
import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Look, Reading } from '../../drawing.ts'
import { formatNumber } from '../../format/format-number.ts'
import type { Frame } from '../../frame.ts'
import { colourOf } from '../../inks.ts'
import { motionOf } from '../../motion.ts'
import { NO_FIGURES } from '../../nothing.ts'
import { formatOf, labelOf, numberIn, valueFor } from '../../roles.ts'
import { placeSummary } from '../place-summary.ts'
import {
  categoryAxisOption,
  hasAxisLabels,
  innerWidthPx,
  labelsWidthPx,
  stepsAlong,
  valueAxisOption,
  valuesWidthPx,
} from '../plot-box.ts'
import { extentOf, valueScale } from '../value-scale.ts'

/** How often values of each size come: rows counted in bins whose bounds are round numbers. */
export function drawHistogram(spec: ChartOf<'histogram'>, frame: Frame, look: Look): Drawing {
  const column = valueFor(frame, spec.value)
  const values = frame.rows.flatMap((row) => numberIn(row, column) ?? [])
  const extent = extentOf(values)
  if (!extent) return NO_FIGURES
  const format = formatOf(spec, column)
  const text = (value: number) => formatNumber(value, format, 'exact', look.locale)
  const bounds = valueScale(extent, {
    format,
    locale: look.locale,
    steps: spec.bins ?? usualBins(values.length),
    fromZero: extent.least >= 0 && extent.least < (extent.greatest - extent.least) * 0.25,
  })
  const counts = countsOf(values, bounds.min, bounds.step, Math.max(1, bounds.ticks.length - 1))
  const count = (value: number) => formatNumber(value, 'integer', 'exact', look.locale)
  const readings = counts.map((rows, i): Reading => {
    const [from, to] = [bounds.ticks[i] ?? bounds.min, bounds.ticks[i + 1] ?? bounds.max]
    return {
      title: `${text(from)} – ${text(to)}`,
      lines: [
        { label: rows === 1 ? 'Row' : 'Rows', text: count(rows), ink: 1 },
        { label: 'Share', text: formatNumber(rows / values.length, 'percent', 'exact', look.locale) },
      ],
      picks: [],
    }
  })
  const { below, beside } = hasAxisLabels(look)
  const scale = valueScale(extentOf(counts), {
    format: { format: 'integer' },
    locale: look.locale,
    steps: stepsAlong(look.heightPx - 40, 46),
  })
  const plot = {
    left: valuesWidthPx(scale, look),
    right: 18,
    top: 12,
    bottom: below ? 28 : 8,
  }
  const every = Math.ceil((labelsWidthPx(bounds.labels) * bounds.ticks.length) / innerWidthPx(look, plot))
  const edges = new Map(bounds.labels.map((label, i) => [i, i % every === 0 ? label : '']))
  const option: EChartsOption = {
    ...motionOf(look),
    grid: { ...plot, outerBoundsMode: 'none' },
    xAxis: [
      categoryAxisOption(counts.length, new Map(), look, { hasLabels: false, isBanded: true }),
      {
        // The bounds lie between the bars.
        ...categoryAxisOption(bounds.ticks.length, edges, look, { hasLabels: below, isBanded: false }),
        position: 'bottom',
        axisLine: { show: false },
      },
    ],
    yAxis: valueAxisOption(scale, look, { hasLabels: beside, hasLines: true }),
    series: [
      {
        type: 'bar',
        id: 'bins',
        silent: true,
        barCategoryGap: counts.length > 60 ? 0 : 1,
        color: colourOf(spec.colours?.[column.name] ?? 1, look.theme),
        itemStyle: { borderRadius: counts.length > 60 ? 0 : [2, 2, 0, 0] },
        data: counts,
      },
    ],
  }
  const summary = placeSummary(
    `Histogram: ${count(values.length)} rows by ${labelOf(spec, column)}`,
    counts.map((value, i) => ({ value, title: readings[i]?.title ?? '' })),
    count,
  )
  return {
    as: 'chart',
    option,
    pointing: 'axis',
    axis: 'x',
    plot,
    readings,
    legend: [],
    legendPlace: 'none',
    summary: frame.isTruncated ? `${summary} There are more rows than were read.` : summary,
  }
}

/** By the cube root of the rows (Rice): enough to see the shape, and little noise. */
const usualBins = (count: number) => Math.max(5, Math.min(40, Math.ceil(2 * Math.cbrt(count))))

/** Bins are half-open; the greatest value belongs to the last one. */
function countsOf(values: readonly number[], from: number, step: number, bins: number): number[] {
  const counts: number[] = new Array(bins).fill(0)
  for (const value of values) {
    // A bound such as 0.3 is not exactly three steps of 0.1.
    const place = Math.floor(Number(((value - from) / step).toPrecision(12)))
    const bin = Math.min(bins - 1, Math.max(0, place))
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return counts
}
