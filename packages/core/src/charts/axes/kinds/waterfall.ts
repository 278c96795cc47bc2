import type { BarSeriesOption, EChartsOption } from 'echarts/types/dist/shared'
import type { Column } from '../../../query/query.ts'
import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, LegendItem, Look, Reading } from '../../drawing.ts'
import { formatNumber, type NumberStyle } from '../../format/format-number.ts'
import type { Frame } from '../../frame.ts'
import { colourOf } from '../../inks.ts'
import { motionOf } from '../../motion.ts'
import { NO_FIGURES } from '../../nothing.ts'
import { axisFor, formatOf, labelOf, numberIn, UnfitFrame, valueFor } from '../../roles.ts'
import { type Category, categoryAxis, readingAt } from '../categories.ts'
import { placeSummary } from '../place-summary.ts'
import { stepsAlong } from '../plot-box.ts'
import { uprightPlot } from '../upright-plot.ts'
import { extentOf, valueScale } from '../value-scale.ts'

/** How a sum comes about: each step begins where the one before it has ended; the whole stands at the end. */
export function drawWaterfall(spec: ChartOf<'waterfall'>, frame: Frame, look: Look): Drawing {
  const column = valueFor(frame, spec.value)
  if (column.class !== undefined && column.class !== 'additive') {
    throw new UnfitFrame(`The steps of a waterfall are added up, and “${column.label}” can’t be.`)
  }
  const along = axisFor(frame, spec.by)
  const axis = categoryAxis(frame, along, look)
  if (axis.categories.length > MOST_STEPS || frame.isTruncated) {
    throw new UnfitFrame(
      `A waterfall has room for ${MOST_STEPS} steps, and there are more: ask for the greatest with a rest.`,
    )
  }
  const sums: (number | null)[] = new Array(axis.categories.length).fill(null)
  for (const row of frame.rows) {
    const [at, value] = [axis.indexOf(row), numberIn(row, column)]
    if (at >= 0 && value !== null) sums[at] = (sums[at] ?? 0) + value
  }
  if (sums.every((value) => value === null)) {
    return NO_FIGURES
  }
  const steps = stepsOf(axis.categories, sums, spec.total !== false)
  const format = formatOf(spec, column)
  const text = (value: number, style: NumberStyle = 'exact') => formatNumber(value, format, style, look.locale)
  const signed = (value: number, style?: NumberStyle) => (value > 0 ? `+${text(value, style)}` : text(value, style))
  const scale = valueScale(extentOf(steps.flatMap(({ from, to }) => [from, to])), {
    format,
    locale: look.locale,
    steps: stepsAlong(look.heightPx - 40, 46),
  })
  const { plot, option: axes } = uprightPlot({ axis, titles: steps.map(({ title }) => title), scale }, look)
  const option: EChartsOption = {
    ...motionOf(look),
    ...axes,
    series: [
      {
        type: 'line',
        id: 'course',
        silent: true,
        step: 'end',
        symbol: 'none',
        z: 1,
        lineStyle: { color: look.theme.faint, width: 1, type: [2, 2], opacity: 0.8 },
        data: steps.map(({ to }) => to),
      },
      ...bars(steps, column, look),
    ],
  }
  const readings = steps.map(({ category, title, from, to }): Reading => {
    const label = labelOf(spec, column)
    if (!category) return { title, lines: [{ label, text: text(to), ink: TOTAL_INK }], picks: [] }
    return readingAt(category, [
      { label, text: signed(to - from), ink: inkOf(to - from, column) },
      { label: 'So far', text: text(to) },
    ])
  })
  const whole = steps.at(-1)?.to ?? 0
  const summary = placeSummary(
    `Waterfall: ${labelOf(spec, column)} by ${labelOf(spec, along)}, ${text(whole, 'spoken')} in all`,
    steps.filter(({ isTotal }) => !isTotal).map(({ title, from, to }) => ({ value: to - from, title })),
    (value) => signed(value, 'spoken'),
  )
  return {
    as: 'chart',
    option,
    pointing: 'axis',
    axis: 'x',
    plot,
    readings,
    legend: legendOf(steps, column),
    legendPlace: 'top',
    summary,
  }
}

/** All of them belong to the sum: none can be left out. */
const MOST_STEPS = 200

interface Step {
  readonly category: Category | undefined
  readonly title: string
  readonly from: number
  readonly to: number
  readonly isTotal: boolean
}

function stepsOf(categories: readonly Category[], sums: readonly (number | null)[], hasTotal: boolean): Step[] {
  let sum = 0
  const steps = categories.map((category, at): Step => {
    const from = sum
    // Cents do not add up in binary fractions.
    sum = Number((sum + (sums[at] ?? 0)).toPrecision(14))
    return { category, title: category.title, from, to: sum, isTotal: false }
  })
  return hasTotal ? [...steps, { category: undefined, title: 'Total', from: 0, to: sum, isTotal: true }] : steps
}

const TOTAL_INK = 'muted'
const inkOf = (change: number, { better }: Column) =>
  better === undefined ? (change < 0 ? 2 : 1) : change < 0 === (better === 'lower') ? 'good' : 'bad'

/**
 * Each bar stands on one that is not seen, and one that crosses zero is two: what is above and what is below are stacked by
 * themselves.
 */
function bars(steps: readonly Step[], column: Column, look: Look): BarSeriesOption[] {
  const base = (id: string): BarSeriesOption => ({
    type: 'bar',
    id,
    stack: 'steps',
    silent: true,
    barMaxWidth: 64,
    barCategoryGap: '26%',
    z: 3,
  })
  const styled = (value: number, { from, to, isTotal }: Step) => {
    const color = colourOf(isTotal ? TOTAL_INK : inkOf(to - from, column), look.theme)
    return { value, itemStyle: { color, borderRadius: 2 } }
  }
  return [
    {
      ...base('below'),
      itemStyle: { color: 'transparent' },
      data: steps.map(({ from, to }) =>
        from > 0 && to > 0 ? Math.min(from, to) : from < 0 && to < 0 ? Math.max(from, to) : 0,
      ),
    },
    {
      ...base('up'),
      data: steps.map((step) =>
        styled(Math.max(step.from, step.to, 0) - Math.max(0, Math.min(step.from, step.to)), step),
      ),
    },
    {
      ...base('down'),
      data: steps.map((step) =>
        styled(Math.min(step.from, step.to, 0) - Math.min(0, Math.max(step.from, step.to)), step),
      ),
    },
  ]
}

function legendOf(steps: readonly Step[], column: Column): LegendItem[] {
  const item = (label: string, ink: LegendItem['ink']): LegendItem => ({
    key: label,
    label,
    ink,
    mark: 'box',
    isHidden: false,
  })
  const has = (test: (step: Step) => boolean) => steps.some(test)
  return [
    ...(has(({ from, to, isTotal }) => !isTotal && to > from) ? [item('Increase', inkOf(1, column))] : []),
    ...(has(({ from, to, isTotal }) => !isTotal && to < from) ? [item('Decrease', inkOf(-1, column))] : []),
    ...(has(({ isTotal }) => isTotal) ? [item('Total', TOTAL_INK)] : []),
  ]
}
