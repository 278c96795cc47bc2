import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column } from '../../../query/query.ts'
import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Look, ReadingLine } from '../../drawing.ts'
import { formatNumber } from '../../format/format-number.ts'
import type { Frame } from '../../frame.ts'
import { colourOf, faded, mixed } from '../../inks.ts'
import { motionOf } from '../../motion.ts'
import { NO_FIGURES } from '../../nothing.ts'
import { columnOf, dimensionsOf, formatOf, labelOf, numberIn, timeOf, valuesFor } from '../../roles.ts'
import { type CategoryAxis, categoryAxis, readingAt } from '../categories.ts'
import { placeSummary } from '../place-summary.ts'
import { stepsAlong } from '../plot-box.ts'
import { type Box, boxOf } from '../quartiles.ts'
import { uprightPlot } from '../upright-plot.ts'
import { extentOf, valueScale } from '../value-scale.ts'

/** Where the middle half of the values lies, and how far the others reach: from five measures, or from a sample of rows. */
export function drawBoxPlot(spec: ChartOf<'box_plot'>, frame: Frame, look: Look): Drawing {
  const columns = valuesFor(frame, spec.values)
  const isFive = columns.length >= 5
  const [column] = columns as [Column, ...Column[]]
  const along = alongOf(spec, frame, isFive)
  const axis = along ? categoryAxis(frame, along, look) : undefined
  const places = axis?.categories ?? [{ title: labelOf(spec, column), note: undefined, picks: [], bucket: undefined }]
  const boxes = isFive ? fives(frame, columns.slice(0, 5), axis) : samples(frame, column, axis)
  const extent = extentOf(boxes.flatMap((box) => (box ? [box.least, box.greatest, ...box.outliers] : [])))
  if (!extent) return NO_FIGURES
  const format = formatOf(spec, column)
  const text = (value: number) => formatNumber(value, format, 'exact', look.locale)
  const names = isFive ? columns.map((one) => labelOf(spec, one)) : NAMES
  const readings = places.map((place, at) => {
    const box = boxes[at]
    return readingAt(place, box ? linesOf(box, names, text) : [])
  })
  const steps = stepsAlong(look.heightPx - 40, 46)
  const scale = valueScale(extent, { format, locale: look.locale, steps, fromZero: extent.least >= 0 })
  const { plot, option: axes } = uprightPlot({ axis, titles: places.map(({ title }) => title), scale }, look)
  const colour = colourOf(spec.colours?.[column.name] ?? 1, look.theme)
  const option: EChartsOption = {
    ...motionOf(look),
    ...axes,
    series: [
      {
        type: 'boxplot',
        id: 'boxes',
        silent: true,
        boxWidth: [6, 44],
        itemStyle: { color: mixed(colour, look.theme.surface, 0.18), borderColor: colour, borderWidth: 1.5 },
        data: boxes.map((box) => (box ? [box.least, box.lower, box.median, box.upper, box.greatest] : [])),
      },
      {
        type: 'scatter',
        id: 'outliers',
        silent: true,
        symbolSize: 4,
        itemStyle: { color: faded(colour, 0.55) },
        data: boxes.flatMap((box, at) => fewOf(box?.outliers ?? []).map((value) => [at, value])),
      },
    ],
  }
  return {
    as: 'chart',
    option,
    pointing: 'axis',
    axis: 'x',
    plot,
    readings,
    legend: [],
    legendPlace: 'none',
    summary: placeSummary(
      `Box plot: ${labelOf(spec, column)}${along ? ` by ${labelOf(spec, along)}` : ''}, medians`,
      boxes.flatMap((box, at) => (box ? [{ value: box.median, title: readings[at]?.title ?? '' }] : [])),
      (value) => formatNumber(value, format, 'spoken', look.locale),
    ),
  }
}

/** Those at both ends: many more would only be a blot. */
const fewOf = (outliers: readonly number[]) =>
  outliers.length <= 200 ? outliers : [...outliers.slice(0, 100), ...outliers.slice(-100)]

/** Along the axis of a sample: what many rows share; a dimension that names every single row does not group them. */
function alongOf(spec: ChartOf<'box_plot'>, frame: Frame, isFive: boolean): Column | undefined {
  if (spec.x !== undefined) return columnOf(frame, spec.x)
  const candidates = [timeOf(frame), ...dimensionsOf(frame)].filter((one) => one !== undefined)
  if (isFive) return candidates[0]
  return candidates.find(({ name }) => new Set(frame.rows.map((row) => row[name])).size <= frame.rows.length / 3)
}

function fives(frame: Frame, columns: readonly Column[], axis: CategoryAxis | undefined): (Box | undefined)[] {
  const boxes: (Box | undefined)[] = new Array(axis?.categories.length ?? 1).fill(undefined)
  for (const row of frame.rows) {
    const values = columns.flatMap((column) => numberIn(row, column) ?? [])
    if (values.length < 5) continue
    const [least, lower, median, upper, greatest] = values.toSorted((a, b) => a - b) as [
      number,
      number,
      number,
      number,
      number,
    ]
    const at = axis ? axis.indexOf(row) : 0
    if (at < 0) continue
    boxes[at] = { least, lower, median, upper, greatest, outliers: [] }
  }
  return boxes
}

function samples(frame: Frame, column: Column, axis: CategoryAxis | undefined): (Box | undefined)[] {
  const lists: number[][] = Array.from({ length: axis?.categories.length ?? 1 }, () => [])
  for (const row of frame.rows) {
    const value = numberIn(row, column)
    if (value !== null) lists[axis ? axis.indexOf(row) : 0]?.push(value)
  }
  return lists.map(boxOf)
}

const NAMES = ['Lower whisker', 'Lower quartile', 'Median', 'Upper quartile', 'Upper whisker']

/** From the greatest to the least, as they stand. */
function linesOf(box: Box, names: readonly string[], text: (value: number) => string): ReadingLine[] {
  const lines = [box.least, box.lower, box.median, box.upper, box.greatest].map(
    (value, i): ReadingLine => ({ label: names[i] ?? '', text: text(value), ...(i === 2 && { ink: 1 }) }),
  )
  const outliers = box.outliers.length
  return [...lines.toReversed(), ...(outliers > 0 ? [{ label: 'Outliers', text: String(outliers) }] : [])]
}
