import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look, Reading } from '../drawing.ts'
import { cutText, textWidthPx } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { motionOf } from '../motion.ts'
import { NO_FIGURES } from '../nothing.ts'
import { dimensionFor, isRestRow, labelOf, measuresOf, numberIn, UnfitFrame, valueFor, valuesFor } from '../roles.ts'
import { neededWhole, rowsBy } from '../whole.ts'
import {
  briefly,
  exactText,
  type Given,
  nameOf,
  picksOf,
  shareText,
  shortText,
  spokenText,
  valueLines,
} from './value-lines.ts'

type Funnel = Given<ChartOf<'funnel'>>

interface Step {
  readonly label: string
  readonly value: number
  readonly row: Row
  readonly column: Column
  readonly picks: Reading['picks']
}

/**
 * Steps one below the other, as wide as there are people left. They are the values of a dimension, in the order of the rows, or
 * several measures (`steps`, or all of them where there is no dimension). Each says its share of the first step and of the one before.
 */
export function drawFunnel(spec: ChartOf<'funnel'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const steps = stepsOf(given)
  if (steps.length === 0) return NO_FIGURES
  const greatest = steps.reduce((most, { value }) => Math.max(most, value), 0)
  if (greatest <= 0) return { as: 'empty', reason: 'nothing', text: 'Nobody has taken any of the steps.' }
  const hasShares = look.widthPx >= LEAST_FOR_SHARES_PX
  const right = steps.map((step) => [
    shortText(given, step.value, step.column),
    hasShares ? shareOfFirst(given, steps, step) : '',
  ])
  const plot = plotOf(look, steps, right)
  return {
    as: 'chart',
    option: optionOf(given, steps, { greatest, right, plot }),
    pointing: 'axis',
    axis: 'y',
    plot,
    readings: steps.map((step, at) => readingOf(given, steps, step, at)),
    legend: [],
    legendPlace: 'none',
    summary: summaryOf(given, steps),
  }
}

function stepsOf(given: Funnel): Step[] {
  const { spec, frame } = given
  const by = spec.steps ? undefined : dimensionFor(frame, spec.by)
  if (by) {
    const column = valueFor(frame, spec.value)
    return rowsBy(frame, [by.name], column)
      .filter((row) => !isRestRow(row))
      .flatMap((row) => stepOf({ label: nameOf(given, row, by), row, column, picks: picksOf(row, [by]) }))
  }
  const columns = valuesFor(frame, spec.steps)
  if (columns.length < 2 && measuresOf(frame).length < 2)
    throw new UnfitFrame('It needs a dimension for its steps, or a measure for each.')
  return columns.flatMap((column) =>
    stepOf({ label: labelOf(spec, column), row: neededWhole(frame, column), column, picks: [] }),
  )
}

function stepOf(step: Omit<Step, 'value'>): Step[] {
  const value = numberIn(step.row, step.column)
  return value === null ? [] : [{ ...step, value }]
}

function shareOfFirst(given: Funnel, steps: readonly Step[], { value }: Step): string {
  const first = steps[0]?.value ?? 0
  return first > 0 ? shareText(value / first, given) : '–'
}

const FONT_PX = 12
const LEAST_FOR_SHARES_PX = 240
const SMALL_PX = 11

function plotOf({ widthPx }: Look, steps: readonly Step[], right: readonly string[][]) {
  const names = Math.min(
    widest(
      steps.map(({ label }) => [label]),
      0,
    ),
    160,
    widthPx * 0.32,
  )
  const figures = widest(right, 0) + shareWidth(right)
  return { left: Math.ceil(names) + 16, right: Math.ceil(figures) + 24, top: 8, bottom: 8 }
}

const GAP_PX = 12
const widest = (lines: readonly (readonly string[])[], at: number) =>
  Math.ceil(Math.max(0, ...lines.map((texts) => textWidthPx(texts[at] ?? '', FONT_PX))))

/** With the gap before it; without shares, nothing. */
const shareWidth = (lines: readonly (readonly string[])[]) => {
  const width = widest(lines, 1)
  return width === 0 ? 0 : width + GAP_PX
}

interface Geometry {
  readonly greatest: number
  readonly right: readonly string[][]
  readonly plot: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
}

/** Bars in the middle of their line: what is left blank beside them is what was lost. */
function optionOf({ spec, look }: Funnel, steps: readonly Step[], { greatest, right, plot }: Geometry): EChartsOption {
  const { theme } = look
  const text = { fontFamily: theme.font, fontSize: FONT_PX }
  const line = {
    type: 'category' as const,
    inverse: true,
    data: steps.map((_, at) => String(at)),
    axisTick: { show: false },
    axisLine: { show: false },
  }
  const bar = { type: 'bar' as const, stack: 'steps', barWidth: '78%', barMaxWidth: 64, barMinHeight: 2 }
  const [ink, faint] = [spec.colours?.[steps[0]?.label ?? ''] ?? 1, theme.shades[1] as string]
  return {
    ...motionOf(look),
    grid: { ...plot, outerBoundsMode: 'none' },
    xAxis: { type: 'value', min: 0, max: greatest, show: false },
    yAxis: [
      {
        ...line,
        axisLabel: {
          ...text,
          color: theme.ink,
          interval: 0,
          formatter: (_: string, at: number) => cutText(steps[at]?.label ?? '', plot.left - 16, FONT_PX),
        },
      },
      {
        ...line,
        position: 'right',
        axisLabel: {
          ...text,
          color: theme.ink,
          interval: 0,
          margin: 14,
          rich: {
            value: { ...text, color: theme.ink, fontWeight: 600, width: widest(right, 0), align: 'right' },
            share: {
              ...text,
              fontSize: SMALL_PX,
              color: theme.faint,
              width: widest(right, 1) + GAP_PX,
              align: 'right',
            },
          },
          formatter: (_: string, at: number) => `{value|${plain(right[at]?.[0])}}{share|${plain(right[at]?.[1])}}`,
        },
      },
    ],
    series: [
      // The track behind a step is the step before it: what was lost on the way.
      track(
        'before',
        steps.map(({ value }, at) => Math.max(value, steps[at - 1]?.value ?? value)),
        greatest,
        faint,
        bar,
      ),
      track(
        'steps',
        steps.map(({ value }) => value),
        greatest,
        theme.series[(ink - 1) % theme.series.length] as string,
        bar,
      ),
    ].flat(),
  } as EChartsOption
}

/** The signs of ECharts' own markup, which a unit could have. */
const plain = (text = '') => text.replaceAll(/[{}|]/g, ' ')

/** A bar in the middle is a bar on top of one that is not seen. */
function track(id: string, values: readonly number[], greatest: number, color: string, bar: object) {
  const isStep = id === 'steps'
  return [
    {
      ...bar,
      id: `${id}-offset`,
      stack: id,
      silent: true,
      itemStyle: { color: 'transparent' },
      data: values.map((value) => (greatest - value) / 2),
      ...(isStep && { barGap: '-100%' }),
    },
    {
      ...bar,
      id,
      stack: id,
      silent: !isStep,
      itemStyle: { color, borderRadius: 4 },
      data: values.map((value, reading) => (isStep ? { value, reading } : value)),
      ...(isStep && { barGap: '-100%' }),
    },
  ]
}

function readingOf(
  given: Funnel,
  steps: readonly Step[],
  { label, row, column, value, picks }: Step,
  at: number,
): Reading {
  const before = steps[at - 1]
  const share = (of: number) => (of > 0 ? shareText(value / of, given) : '–')
  const lost = before ? before.value - value : 0
  return {
    title: label,
    lines: [
      ...valueLines(given, row, column, given.spec.colours?.[steps[0]?.label ?? ''] ?? 1),
      ...(before
        ? [
            { label: `Of ${steps[0]?.label}`, text: share(steps[0]?.value ?? 0) },
            ...(at > 1 ? [{ label: `Of ${before.label}`, text: share(before.value) }] : []),
            ...(lost > 0 ? [{ label: 'Lost on the way', text: exactText(given, lost, column) }] : []),
          ]
        : []),
    ],
    picks,
  }
}

function summaryOf(given: Funnel, steps: readonly Step[]): string {
  const texts = steps.map(
    (step, at) =>
      `${briefly(step.label)} ${spokenText(given, step.value, step.column)}${at === 0 ? '' : ` (${shareOfFirst(given, steps, step)})`}`,
  )
  return `${steps.length} steps: ${texts.slice(0, 8).join(', ')}${texts.length > 8 ? ' and more' : ''}.`
}
