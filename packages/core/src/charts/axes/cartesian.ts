import type { EChartsOption, SeriesOption } from 'echarts/types/dist/shared'
import type { Drawing, Look } from '../drawing.ts'
import type { NumberFormat } from '../format/format-number.ts'
import { cutText, textWidthPx } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { motionOf } from '../motion.ts'
import { NO_FIGURES } from '../nothing.ts'
import { formatOf } from '../roles.ts'
import { timeLabels } from './categories.ts'
import { atFoot, logNotes } from './log-foot.ts'
import { annotationTitles, marksSeries, targetsWidthPx } from './marks.ts'
import {
  AXIS_FONT_PX,
  categoryAxisOption,
  hasAxisLabels,
  innerWidthPx,
  labelsWidthPx,
  type Plot,
  stepsAlong,
  valueAxisOption,
  valuesWidthPx,
} from './plot-box.ts'
import { barSeries } from './series/bar-series.ts'
import { type AxesSpec, extentOfSide, type Layer, type Shown, shownOf } from './series/layers.ts'
import { lineSeries } from './series/line-series.ts'
import type { Series, SeriesSet } from './series/series.ts'
import { seriesLegend } from './series/series-legend.ts'
import { seriesReadings } from './series/series-readings.ts'
import { seriesSummary } from './series/series-summary.ts'
import { shareNotes, sharesOf } from './shares.ts'
import { plotOverPlaces } from './upright-plot.ts'
import { type Extent, type ValueScale, valueScale } from './value-scale.ts'

interface Style {
  /** Each place is a whole of which the series are shares. */
  readonly isShare?: boolean
  /** Bars that lie: the categories go down, the values to the right. */
  readonly isSideways?: boolean
  readonly layerOf: (series: Series, set: SeriesSet) => Layer
}

/** Everything whose places lie along one axis and whose values go along the other. */
export function drawCartesian(spec: AxesSpec, frame: Frame, look: Look, set: SeriesSet, style: Style): Drawing {
  if (set.series.every(({ values }) => values.every((value) => value === null))) {
    return NO_FIGURES
  }
  const { isSideways = false, isShare = false } = style
  const layers = set.series.map((series) => style.layerOf(series, set))
  const real = shownOf(layers, set, look)
  const shares = isShare ? sharesOf(real.layers) : undefined
  const shown: Shown = shares ? { ...real, ghosts: new Set(), layers: shares.layers } : real
  const isLog = spec.scale === 'log' && !shown.layers.some(({ isStacked }) => isStacked)
  const scales = scalesOf({ spec, set, look, shown, isLog, isShare, isSideways })
  // A second axis has its labels where those of targets would be.
  const labelsPx = scales[1] ? 0 : targetsWidthPx({ spec, format: scales[0].format, look, isSideways })
  const plot = plotOf(set, look, scales, { isSideways, labelsPx })
  const isBanded = isSideways || set.axis.categories.length === 1 || layers.some(({ as }) => as === 'bar')
  const given = {
    spec,
    look,
    categories: set.axis.categories,
    ghostNames: set.comparisons.map(({ name }) => name),
    isSideways,
  }
  const onScale = (layer: Layer) => (isLog ? atFoot(layer, (scales[layer.isRight ? 1 : 0] ?? scales[0]).scale) : layer)
  const option: EChartsOption = {
    ...motionOf(look),
    grid: { ...plot.box, outerBoundsMode: 'none' },
    ...axesOption(set, look, scales, plot, { isSideways, isBanded }),
    series: [
      ...shown.layers.flatMap((layer): SeriesOption[] =>
        layer.as === 'bar' ? barSeries(onScale(layer), shown, given) : lineSeries(onScale(layer), shown, given),
      ),
      ...marksSeries({
        spec,
        look,
        scale: scales[0].scale,
        format: scales[0].format,
        axis: set.axis,
        timezone: frame.timezone,
        isSideways,
        widthPx: innerWidthPx(look, plot.box),
        hasRoom: labelsPx > 0,
      }),
    ],
  }
  const legend = seriesLegend(spec, set, layers, look)
  const notes = [
    ...set.notes,
    ...shown.notes,
    ...logNotes(isLog, real.layers),
    ...(isShare ? shareNotes(real.layers) : []),
  ]
  return {
    as: 'chart',
    option,
    pointing: 'axis',
    axis: isSideways ? 'y' : 'x',
    plot: plot.box,
    readings: seriesReadings({
      spec,
      frame,
      look,
      set,
      layers: real.layers,
      titles: annotationTitles({ look, axis: set.axis, timezone: frame.timezone }),
      shareOf: shares?.shareOf,
    }),
    legend: legend.items,
    legendPlace: legend.place,
    summary: seriesSummary(
      spec,
      set,
      real.layers.map(({ series }) => series).filter(({ key }) => !look.hidden.has(key)),
      notes,
      look,
    ),
  }
}

interface Side {
  readonly scale: ValueScale
  readonly format: NumberFormat
}
type Sides = readonly [Side, ...Side[]]

interface ScaleRequest {
  readonly spec: AxesSpec
  readonly set: SeriesSet
  readonly look: Look
  readonly shown: Shown
  readonly isLog: boolean
  readonly isShare: boolean
  readonly isSideways: boolean
}

/** One for the left, and one for the right where it has values. */
function scalesOf({ spec, set, look, shown, isLog, isShare, isSideways }: ScaleRequest): Sides {
  const steps = isSideways ? stepsAlong(look.widthPx * 0.7, 90) : stepsAlong(look.heightPx - 40, 46)
  const count = set.axis.categories.length
  const side = (isRight: boolean): Side => {
    const first = shown.layers.find((layer) => layer.isRight === isRight)?.series ?? (set.series[0] as Series)
    const format: NumberFormat = isShare ? { format: 'percent' } : formatOf(spec, first.column)
    const own = isShare ? { least: 0, greatest: 1 } : extentOfSide(shown, isRight, count, isLog)
    const extent = isRight ? own : withTargets(own, spec, isLog)
    const hasBars = shown.layers.some((layer) => layer.isRight === isRight && layer.as !== 'line')
    const fromZero = hasBars || spec.fromZero !== false
    return { format, scale: valueScale(extent, { format, locale: look.locale, steps, isLog, fromZero }) }
  }
  const left = side(false)
  if (!shown.layers.some(({ isRight }) => isRight)) return [left]
  const right = side(true)
  if (isLog || left.scale.isLog) return [left, right]
  // As many steps as on the left: one set of lines for both.
  const { format } = right
  const fromZero = spec.fromZero !== false || shown.layers.some(({ isRight, as }) => isRight && as !== 'line')
  const exact = { format, locale: look.locale, steps: left.scale.ticks.length - 1, fromZero, exactly: true }
  return [left, { format, scale: valueScale(extentOfSide(shown, true, count, false), exact) }]
}

function withTargets(extent: Extent | undefined, { targets = [] }: AxesSpec, isLog: boolean): Extent | undefined {
  const values = targets.map(({ value }) => value).filter((value) => !isLog || value > 0)
  if (values.length === 0) return extent
  const all = extent ? [...values, extent.least, extent.greatest] : values
  return { least: Math.min(...all), greatest: Math.max(...all) }
}

interface Beside {
  readonly isSideways: boolean
  /** Of the widest label of a target. */
  readonly labelsPx: number
}

function plotOf(set: SeriesSet, look: Look, [left, right]: Sides, { isSideways, labelsPx }: Beside): Plot {
  const { below, beside } = hasAxisLabels(look)
  if (isSideways) {
    const most = look.widthPx * 0.38
    const labels = sideLabels(set, look, most)
    const widthPx = Math.max(0, ...[...labels.values()].map((label) => textWidthPx(label, AXIS_FONT_PX)))
    const lastLabelPx = labelsWidthPx([left.scale.labels.at(-1) ?? '']) / 2
    const box = {
      left: beside ? Math.ceil(widthPx * 1.05) + 14 : 8,
      right: Math.ceil(Math.max(lastLabelPx, labelsPx / 2)) + 6,
      top: labelsPx > 0 ? 20 : 6,
      bottom: below ? 26 : 8,
    }
    return { box, labels, rotate: 0 }
  }
  const sides = {
    left: valuesWidthPx(left.scale, look),
    right: right ? valuesWidthPx(right.scale, look, 14) : Math.max(14, labelsPx + 12),
    top: 12,
  }
  return plotOverPlaces(set.axis, () => set.axis.categories.map(({ title }) => title), sides, look)
}

function sideLabels(set: SeriesSet, look: Look, widthPx: number): Map<number, string> {
  const { categories, isTime } = set.axis
  if (isTime) return timeLabels(set.axis, (look.heightPx / 22) * 68, look.locale)
  const step = Math.max(1, Math.ceil(15 / (Math.max(1, look.heightPx - 32) / categories.length)))
  return new Map(
    categories.flatMap(({ title }, at) =>
      at % step === 0 ? [[at, cutText(title, widthPx, AXIS_FONT_PX)] as const] : [],
    ),
  )
}

function axesOption(
  set: SeriesSet,
  look: Look,
  [left, right]: Sides,
  { labels, rotate }: Plot,
  { isSideways, isBanded }: { readonly isSideways: boolean; readonly isBanded: boolean },
): Pick<EChartsOption, 'xAxis' | 'yAxis'> {
  const { below, beside } = hasAxisLabels(look)
  const places = categoryAxisOption(set.axis.categories.length, labels, look, {
    hasLabels: isSideways ? beside : below,
    isBanded,
  })
  const values = valueAxisOption(left.scale, look, { hasLabels: isSideways ? below : beside, hasLines: true })
  const further =
    right && valueAxisOption(right.scale, look, { hasLabels: isSideways ? below : beside, hasLines: false })
  if (isSideways) {
    return {
      xAxis: further ? [values, { ...further, position: 'top' as const }] : values,
      yAxis: { ...places, inverse: true },
    }
  }
  const xLabels = {
    ...places.axisLabel,
    rotate,
    // The labels at the ends stay inside of the plot.
    ...(set.axis.isTime &&
      !isBanded && { alignMinLabel: 'left' as const, alignMaxLabel: 'right' as const, hideOverlap: true }),
  }
  return { xAxis: { ...places, axisLabel: xLabels }, yAxis: further ? [values, further] : values }
}
