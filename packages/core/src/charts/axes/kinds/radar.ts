import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column } from '../../../query/query.ts'
import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Pick as Filter, Ink, LegendItem, Look, Reading } from '../../drawing.ts'
import { formatNumber, type NumberStyle } from '../../format/format-number.ts'
import { formatValue } from '../../format/format-value.ts'
import { cutText } from '../../format/text-width.ts'
import type { Frame } from '../../frame.ts'
import { colourOf, faded } from '../../inks.ts'
import { motionOf } from '../../motion.ts'
import { NO_FIGURES } from '../../nothing.ts'
import { columnOf, dimensionFor, formatOf, labelOf, numberIn, UnfitFrame, valuesFor } from '../../roles.ts'
import { AXIS_FONT_PX } from '../plot-box.ts'
import { type Series as AlongSeries, seriesSet } from '../series/series.ts'
import { extentOf, valueScale } from '../value-scale.ts'

/**
 * Several values of each thing on spokes around a middle: measures, each with a scale of its own, or the values of a dimension on
 * one scale.
 */
export function drawRadar(spec: ChartOf<'radar'>, frame: Frame, look: Look): Drawing {
  const measures = valuesFor(frame, spec.values)
  const web =
    spec.axis === undefined && measures.length >= 3
      ? byMeasures(spec, frame, look, measures)
      : byDimension(spec, frame, look)
  const { spokes, series, notes } = web
  if (spokes.length < 3)
    throw new UnfitFrame(`A radar chart needs three spokes or more, and there are ${spokes.length}.`)
  if (spokes.length > MOST_SPOKES)
    throw new UnfitFrame(`A radar chart has room for ${MOST_SPOKES} spokes, and there are ${spokes.length}.`)
  if (series.every(({ values }) => values.every((value) => value === null))) {
    return NO_FIGURES
  }
  const shown = series.filter(({ key }) => !look.hidden.has(key))
  const radiusPx = Math.max(20, Math.min(look.heightPx / 2 - 34, look.widthPx / 2 - Math.min(110, look.widthPx * 0.24)))
  const option: EChartsOption = {
    ...motionOf(look),
    radar: {
      center: ['50%', '52%'],
      radius: radiusPx,
      splitNumber: 4,
      indicator: spokes.map(({ label, min, max }) => ({
        name: cutText(label, Math.min(110, look.widthPx * 0.22), AXIS_FONT_PX),
        min,
        max,
      })),
      axisName: { color: look.theme.muted, fontFamily: look.theme.font, fontSize: AXIS_FONT_PX },
      axisNameGap: 8,
      axisLine: { lineStyle: { color: look.theme.grid } },
      splitLine: { lineStyle: { color: look.theme.grid } },
      splitArea: { show: false },
    },
    series: shown.map(({ key, ink, values }, reading) => {
      const colour = colourOf(ink, look.theme)
      return {
        type: 'radar',
        id: key,
        color: colour,
        symbol: 'circle',
        symbolSize: 5,
        itemStyle: { color: colour },
        lineStyle: { width: 2, color: colour },
        areaStyle: { color: faded(colour, shown.length > 3 ? 0.05 : 0.12) },
        emphasis: { lineStyle: { width: 3 } },
        // What is not there is in the middle, and the reading says that there is nothing.
        data: [{ value: values.map((value, at) => value ?? spokes[at]?.min ?? 0), reading }],
      }
    }),
  }
  return {
    as: 'chart',
    option,
    pointing: 'item',
    readings: shown.map((one) => readingOf(one, spokes)),
    legend: series.length > 1 ? series.map((one) => legendItem(one, look)) : [],
    legendPlace: series.length > 1 ? (spec.legend ?? 'top') : 'none',
    summary: summaryOf(shown, spokes, notes),
  }
}

const MOST_SPOKES = 24

interface Spoke {
  readonly label: string
  readonly min: number
  readonly max: number
  readonly text: (value: number | null, style: NumberStyle) => string
}

interface Line {
  readonly key: string
  readonly label: string
  readonly ink: Ink
  readonly values: readonly (number | null)[]
  readonly picks: readonly Filter[]
}

interface Web {
  readonly spokes: readonly Spoke[]
  readonly series: readonly Line[]
  readonly notes: readonly string[]
}

function byMeasures(spec: ChartOf<'radar'>, frame: Frame, look: Look, measures: readonly Column[]): Web {
  const dimension = dimensionFor(frame, spec.series)
  const rows = frame.rows.slice(0, MOST_LINES)
  if (!dimension && frame.rows.length > 1)
    throw new UnfitFrame('It needs a dimension that tells the rows apart, or one row.')
  const names = rows.map((row) => (dimension ? formatValue(row[dimension.name], dimension, frame, look.locale) : 'All'))
  if (new Set(rows.map((row) => dimension && row[dimension.name])).size < rows.length) {
    throw new UnfitFrame(`There are several rows for one “${dimension?.label}”: ask for this dimension alone.`)
  }
  return {
    spokes: measures.map((column) =>
      spokeOf(
        labelOf(spec, column),
        column,
        frame.rows.map((row) => numberIn(row, column)),
        spec,
        look,
      ),
    ),
    series: rows.map((row, i): Line => {
      const key = dimension ? String(row[dimension.name]) : 'all'
      return {
        key,
        label: names[i] ?? '',
        ink: spec.colours?.[key] ?? i + 1,
        values: measures.map((column) => numberIn(row, column)),
        picks: dimension ? [{ dimension: dimension.name, value: row[dimension.name] ?? null }] : [],
      }
    }),
    notes:
      frame.rows.length > MOST_LINES
        ? [`${MOST_LINES} of ${frame.rows.length} are drawn; the table has all of them.`]
        : [],
  }
}

const MOST_LINES = 8

function byDimension(spec: ChartOf<'radar'>, frame: Frame, look: Look): Web {
  const { axis: x, series: by, values, labels, formats, colours } = spec
  if (x !== undefined) columnOf(frame, x)
  const set = seriesSet({ labels, formats, colours, x, series: by, values, most: MOST_LINES }, frame, look)
  const [first] = set.series as [AlongSeries, ...AlongSeries[]]
  const all = set.series.flatMap((one) => one.values)
  return {
    spokes: set.axis.categories.map(({ title }) => spokeOf(title, first.column, all, spec, look)),
    series: set.series.map(({ key, label, ink, values: own, picks }) => ({ key, label, ink, values: own, picks })),
    notes: set.notes,
  }
}

function spokeOf(
  label: string,
  column: Column,
  values: readonly (number | null)[],
  spec: ChartOf<'radar'>,
  look: Look,
): Spoke {
  const format = formatOf(spec, column)
  const { min, max } = valueScale(extentOf(values), { format, locale: look.locale, steps: 4 })
  return { label, min, max, text: (value, style) => formatNumber(value, format, style, look.locale) }
}

function readingOf({ label, ink, values, picks }: Line, spokes: readonly Spoke[]): Reading {
  return {
    title: label,
    lines: spokes.map((spoke, at) => ({ label: spoke.label, text: spoke.text(values[at] ?? null, 'exact'), ink })),
    picks,
  }
}

const legendItem = ({ key, label, ink }: Line, { hidden }: Look): LegendItem => ({
  key,
  label,
  ink,
  mark: 'line',
  isHidden: hidden.has(key),
})

function summaryOf(series: readonly Line[], spokes: readonly Spoke[], notes: readonly string[]): string {
  const names = spokes.map(({ label }) => label).join(', ')
  const told = series
    .slice(0, 4)
    .map(
      ({ label, values }) =>
        `${label}: ${spokes.map((spoke, at) => `${spoke.label} ${spoke.text(values[at] ?? null, 'spoken')}`).join(', ')}.`,
    )
  return [`Radar chart of ${names}.`, ...told, ...notes].join(' ')
}
