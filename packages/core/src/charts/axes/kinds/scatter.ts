import type { EChartsOption, ScatterSeriesOption } from 'echarts/types/dist/shared'
import type { Column, Row } from '../../../query/query.ts'
import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Pick as Filter, Ink, LegendItem, Look, Reading } from '../../drawing.ts'
import { formatNumber, type NumberStyle } from '../../format/format-number.ts'
import { formatValue } from '../../format/format-value.ts'
import { cutText } from '../../format/text-width.ts'
import type { Frame } from '../../frame.ts'
import { colourOf, faded } from '../../inks.ts'
import { motionOf } from '../../motion.ts'
import {
  columnOf,
  dimensionsOf,
  formatOf,
  labelOf,
  measuresOf,
  numberIn,
  REST_NAME,
  UnfitFrame,
  valueFor,
} from '../../roles.ts'
import { REST } from '../categories.ts'
import { AXIS_FONT_PX, hasAxisLabels, stepsAlong, valueAxisOption, valuesWidthPx } from '../plot-box.ts'
import { type Extent, extentOf, valueScale } from '../value-scale.ts'

/** Two numbers of each row against each other. */
export function drawScatter(spec: ChartOf<'scatter'>, frame: Frame, look: Look): Drawing {
  return drawPoints(spec, frame, look, undefined)
}

/** And a third as the area of the bubble. */
export function drawBubble(spec: ChartOf<'bubble'>, frame: Frame, look: Look): Drawing {
  const taken = [columnFor(frame, spec.x, 0).name, columnFor(frame, spec.y, 1).name]
  const size =
    spec.size === undefined ? measuresOf(frame).find(({ name }) => !taken.includes(name)) : valueFor(frame, spec.size)
  if (!size) throw new UnfitFrame('It needs a third column of numbers for the size of the bubbles.')
  return drawPoints(spec, frame, look, size)
}

type Spec = ChartOf<'scatter'> | ChartOf<'bubble'>

/** More points than these hide each other and slow the page down. */
const MOST_POINTS = 5000
const MOST_LABELS = 12
const MOST_SERIES = 10

interface Point {
  readonly row: Row
  readonly x: number
  readonly y: number
  readonly size: number
}

function drawPoints(spec: Spec, frame: Frame, look: Look, size: Column | undefined): Drawing {
  const [x, y] = [columnFor(frame, spec.x, 0), columnFor(frame, spec.y, 1)]
  const { label, series } = namesOf(spec, frame)
  const all = frame.rows.flatMap((row): Point[] => {
    const [px, py] = [numberIn(row, x), numberIn(row, y)]
    return px === null || py === null
      ? []
      : [{ row, x: px, y: py, size: size ? Math.max(0, numberIn(row, size) ?? 0) : 0 }]
  })
  if (all.length === 0)
    return { as: 'empty', reason: 'only_nulls', text: 'There are rows, and none of them has both values.' }
  const points = thinned(all)
  const groups = groupsOf(points, series, spec, frame, look)
  const shown = groups.filter(({ key }) => !look.hidden.has(key))
  const drawn = shown.flatMap((group) => group.points.map((point) => ({ point, group })))
  const text = (value: number | null, column: Column, style: NumberStyle = 'exact') =>
    formatNumber(value, formatOf(spec, column), style, look.locale)
  const nameOf = (row: Row) => (label ? formatValue(row[label.name], label, frame, look.locale) : '')
  const columns = [x, y, ...(size ? [size] : [])]
  const readings = drawn.map(({ point: { row }, group }): Reading => {
    const name = nameOf(row)
    const further = series ? [{ label: labelOf(spec, series), text: group.label, ink: group.ink }] : []
    return {
      title: name === '' ? group.label : name,
      lines: [
        ...(name === '' ? [] : further),
        ...columns.map((one) => ({ label: labelOf(spec, one), text: text(numberIn(row, one), one) })),
      ],
      picks: [label, series].flatMap((one): Filter[] =>
        one ? [{ dimension: one.name, value: row[one.name] ?? null }] : [],
      ),
    }
  })
  const frameAround = axesOf(spec, points, x, y, look, size ? 0.08 : 0.03)
  const most = Math.max(1e-300, ...points.map((point) => point.size))
  const hasLabels = size !== undefined && points.length <= MOST_LABELS
  let reading = 0
  const option: EChartsOption = {
    ...motionOf(look),
    ...frameAround.option,
    series: shown.map((group): ScatterSeriesOption => {
      const colour = colourOf(group.ink, look.theme)
      return {
        type: 'scatter',
        id: group.key,
        color: colour,
        symbolSize: points.length > 800 ? 5 : points.length > 100 ? 8 : 10,
        itemStyle: {
          color: faded(colour, size ? 0.5 : 0.65),
          borderColor: size ? colour : look.theme.surface,
          borderWidth: size ? 1 : 0.5,
        },
        emphasis: { scale: false, itemStyle: { borderColor: look.theme.ink, borderWidth: 1.5 } },
        label: {
          show: hasLabels,
          position: 'top',
          distance: 3,
          color: look.theme.muted,
          fontFamily: look.theme.font,
          fontSize: AXIS_FONT_PX,
          textBorderColor: look.theme.surface,
          textBorderWidth: 2,
        },
        ...(hasLabels && { labelLayout: { hideOverlap: true } }),
        data: group.points.map((point) => {
          const name = hasLabels ? cutText(nameOf(point.row), 110, AXIS_FONT_PX) : ''
          return {
            value: [point.x, point.y],
            reading: reading++,
            ...(size && { symbolSize: 6 + Math.sqrt(point.size / most) * bubblePx(look) }),
            ...(hasLabels && { label: { formatter: () => name } }),
          }
        }),
      }
    }),
  }
  return {
    as: 'chart',
    option,
    pointing: 'item',
    readings,
    legend: groups.length > 1 ? groups.map((group) => legendItem(group, look)) : [],
    legendPlace: groups.length > 1 ? (spec.legend ?? 'top') : 'none',
    summary: summaryOf({ spec, x, y, size, all, points, text, isTruncated: frame.isTruncated }),
  }
}

const bubblePx = ({ widthPx, heightPx }: Look) => Math.max(14, Math.min(56, Math.min(widthPx, heightPx) * 0.16))

function columnFor(frame: Frame, name: string | undefined, place: number): Column {
  if (name !== undefined) return valueFor(frame, name)
  const column = measuresOf(frame)[place]
  if (!column) throw new UnfitFrame('It needs two columns of numbers, one for each axis.')
  return column
}

/** What the points are called, and what they are coloured by: a dimension of few values. */
function namesOf(spec: Spec, frame: Frame): { label: Column | undefined; series: Column | undefined } {
  const named = (name: string | undefined) => (name === undefined ? undefined : columnOf(frame, name))
  const given = named(spec.series)
  const label = named(spec.label) ?? dimensionsOf(frame).find(({ name }) => name !== given?.name)
  const series =
    given ??
    dimensionsOf(frame).find(
      ({ name }) => name !== label?.name && new Set(frame.rows.map((row) => row[name])).size <= MOST_SERIES,
    )
  return { label, series }
}

interface Group {
  readonly key: string
  readonly label: string
  readonly ink: Ink
  readonly points: readonly Point[]
}

/** In the order of the rows; beyond ten, colours can't be told apart, and the rest has one of its own. */
function groupsOf(
  points: readonly Point[],
  series: Column | undefined,
  spec: Spec,
  frame: Frame,
  look: Look,
): readonly Group[] {
  if (!series) return [{ key: 'points', label: 'Points', ink: 1, points }]
  const byValue = [...Map.groupBy(points, ({ row }) => row[series.name] ?? null)]
  const kept = byValue.slice(0, MOST_SERIES).map(([value, own], i): Group => {
    const key = String(value)
    const label = formatValue(value, series, frame, look.locale)
    return { key, label, ink: spec.colours?.[key] ?? i + 1, points: own }
  })
  const rest = byValue.slice(MOST_SERIES).flatMap(([, own]) => own)
  return rest.length === 0 ? kept : [...kept, { key: REST, label: REST_NAME, ink: 'muted', points: rest }]
}

const legendItem = ({ key, label, ink }: Group, { hidden }: Look): LegendItem => ({
  key,
  label,
  ink,
  mark: 'dot',
  isHidden: hidden.has(key),
})

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_POINTS) return points
  const step = points.length / MOST_POINTS
  return Array.from({ length: MOST_POINTS }, (_, i) => points[Math.floor(i * step)] as Point)
}

function axesOf(spec: Spec, points: readonly Point[], x: Column, y: Column, look: Look, margin: number) {
  const { below, beside } = hasAxisLabels(look)
  const side = (values: readonly number[], column: Column, steps: number) => {
    const extent = extentOf(values) as Extent
    const pad = (extent.greatest - extent.least) * margin
    const isNearZero = extent.least >= 0 && extent.least < extent.greatest * 0.4
    const padded = { least: isNearZero ? 0 : extent.least - pad, greatest: extent.greatest + pad }
    return valueScale(padded, { format: formatOf(spec, column), locale: look.locale, steps, fromZero: isNearZero })
  }
  const across = side(
    points.map((point) => point.x),
    x,
    stepsAlong(look.widthPx * 0.8, 90),
  )
  const up = side(
    points.map((point) => point.y),
    y,
    stepsAlong(look.heightPx - 50, 46),
  )
  const name = (column: Column) => cutText(labelOf(spec, column), look.widthPx * 0.5, AXIS_FONT_PX)
  const nameStyle = {
    nameTextStyle: { color: look.theme.muted, fontFamily: look.theme.font, fontSize: AXIS_FONT_PX },
  }
  const plot = {
    left: valuesWidthPx(up, look),
    right: 22,
    top: beside ? 28 : 12,
    bottom: below ? 44 : 8,
  }
  return {
    option: {
      grid: { ...plot, outerBoundsMode: 'none' as const },
      xAxis: {
        ...valueAxisOption(across, look, { hasLabels: below, hasLines: true }),
        ...nameStyle,
        ...(below && { name: name(x), nameLocation: 'middle' as const, nameGap: 28 }),
      },
      yAxis: {
        ...valueAxisOption(up, look, { hasLabels: beside, hasLines: true }),
        nameTextStyle: { ...nameStyle.nameTextStyle, align: 'left' as const, padding: [0, 0, 0, -plot.left + 12] },
        ...(beside && { name: name(y), nameLocation: 'end' as const, nameGap: 12 }),
      },
    },
  }
}

interface Told {
  readonly spec: Spec
  readonly x: Column
  readonly y: Column
  readonly size: Column | undefined
  readonly all: readonly Point[]
  readonly points: readonly Point[]
  readonly text: (value: number, column: Column, style: NumberStyle) => string
  readonly isTruncated: boolean
}

function summaryOf({ spec, x, y, size, all, points, text, isTruncated }: Told): string {
  const range = (values: readonly number[], column: Column) => {
    const { least, greatest } = extentOf(values) as Extent
    return `${labelOf(spec, column)} from ${text(least, column, 'spoken')} to ${text(greatest, column, 'spoken')}`
  }
  const parts = [
    range(
      all.map((point) => point.x),
      x,
    ),
    range(
      all.map((point) => point.y),
      y,
    ),
    ...(size ? [`size by ${labelOf(spec, size)}`] : []),
  ]
  const notes = [
    ...(points.length < all.length ? [`${points.length} of them are drawn, evenly chosen.`] : []),
    ...(isTruncated ? ['There are more rows than were read.'] : []),
  ]
  return [`${size ? 'Bubble' : 'Scatter'} chart of ${all.length} points: ${parts.join(', ')}.`, ...notes].join(' ')
}
