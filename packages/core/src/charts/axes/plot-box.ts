import type { XAXisOption, YAXisOption } from 'echarts/types/dist/shared'
import type { Look } from '../drawing.ts'
import { cutText, textWidthPx } from '../format/text-width.ts'
import type { ValueScale } from './value-scale.ts'

/** Where the plot lies inside its box, in CSS pixels. */
export interface PlotBox {
  readonly left: number
  readonly right: number
  readonly top: number
  readonly bottom: number
}

export const AXIS_FONT_PX = 11

/** A box that is too small for labels along an axis goes without them. */
export const hasAxisLabels = ({ widthPx, heightPx }: Look) => ({
  below: heightPx >= 90,
  beside: widthPx >= 130,
})

/** The room that the labels of an axis of values take beside the plot. */
export function labelsWidthPx(labels: readonly string[]): number {
  return Math.ceil(Math.max(0, ...labels.map((label) => textWidthPx(label, AXIS_FONT_PX)))) + 12
}

/** The room beside the plot for the labels of its values, or `least` where they are not shown. */
export const valuesWidthPx = ({ labels }: ValueScale, look: Look, least = 8) =>
  hasAxisLabels(look).beside ? Math.max(28, labelsWidthPx(labels) + 2) : least

/** About how many steps an axis of values has. */
export const stepsAlong = (lengthPx: number, eachPx: number) => Math.max(2, Math.min(6, Math.round(lengthPx / eachPx)))

export const innerWidthPx = ({ widthPx }: Look, { left, right }: PlotBox) => Math.max(1, widthPx - left - right)
export const innerHeightPx = ({ heightPx }: Look, { top, bottom }: PlotBox) => Math.max(1, heightPx - top - bottom)

/** The axis of the values: labels and hairlines, no line of its own. */
export function valueAxisOption(
  scale: ValueScale,
  look: Look,
  { hasLabels, hasLines }: { readonly hasLabels: boolean; readonly hasLines: boolean },
) {
  const { theme } = look
  const { min, max, step, ticks, labels } = scale
  return {
    type: scale.isLog ? ('log' as const) : ('value' as const),
    min,
    max,
    interval: step,
    // Bars stand on the foot of a logarithmic axis; by itself, they would stand on 1.
    ...(scale.isLog && { startValue: min }),
    axisLine: { show: false },
    axisTick: { show: false },
    splitLine: { show: hasLines, lineStyle: { color: theme.grid, width: 1 } },
    axisLabel: {
      show: hasLabels,
      margin: 8,
      color: theme.faint,
      fontFamily: theme.font,
      fontSize: AXIS_FONT_PX,
      formatter: (value: number) => labels[nearest(ticks, value)] ?? '',
    },
  }
}

function nearest(ticks: readonly number[], value: number): number {
  let best = 0
  for (const [i, tick] of ticks.entries()) {
    if (Math.abs(tick - value) < Math.abs((ticks[best] as number) - value)) best = i
  }
  return best
}

/** The axis of the categories; `labels` are those that are shown, by place. Its data are the places, never names. */
export function categoryAxisOption(
  count: number,
  labels: ReadonlyMap<number, string>,
  look: Look,
  { hasLabels, isBanded }: { readonly hasLabels: boolean; readonly isBanded: boolean },
) {
  const { theme } = look
  return {
    type: 'category' as const,
    boundaryGap: isBanded,
    data: Array.from({ length: count }, (_, i) => String(i)),
    axisLine: { show: true, lineStyle: { color: theme.line, width: 1 } },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: {
      show: hasLabels,
      margin: 9,
      color: theme.faint,
      fontFamily: theme.font,
      fontSize: AXIS_FONT_PX,
      interval: (index: number) => labels.has(index),
      formatter: (_: string, index: number) => labels.get(index) ?? '',
    },
  } satisfies XAXisOption & YAXisOption
}

/** How names stand under an axis: side by side, leaning when there is no room for that, and not all of them at the end. */
interface NamesBelow {
  readonly labels: ReadonlyMap<number, string>
  readonly rotate: number
  readonly heightPx: number
}

export function namesBelow(names: readonly string[], widthPx: number, leftPx: number): NamesBelow {
  const eachPx = widthPx / Math.max(1, names.length)
  const widest = Math.max(0, ...names.slice(0, 500).map((name) => textWidthPx(name.slice(0, 60), AXIS_FONT_PX)))
  if (widest <= eachPx - 6 || eachPx >= 64) {
    return { labels: labelsOf(names, () => Math.max(20, eachPx - 6), 1), rotate: 0, heightPx: 26 }
  }
  const cutPx = Math.min(widest + 1, 84)
  // What leans begins left of its place: the first ones have no more room than there is beside the plot.
  const roomPx = (at: number) => Math.min(cutPx, (leftPx + (at + 0.5) * eachPx - AXIS_FONT_PX) / Math.cos(LEAN))
  const step = Math.ceil(16 / eachPx)
  return { labels: labelsOf(names, roomPx, step), rotate: 40, heightPx: Math.ceil(cutPx * Math.sin(LEAN)) + 22 }
}

/** Where a plot lies, and how the places below it are labelled. */
export interface Plot {
  readonly box: PlotBox
  readonly labels: ReadonlyMap<number, string>
  readonly rotate: number
}

/** With as much room below as its names take, within reason. */
export function plotOver(sides: Omit<PlotBox, 'bottom'>, look: Look, namesIn: (widthPx: number) => NamesBelow): Plot {
  const { labels, rotate, heightPx } = namesIn(Math.max(1, look.widthPx - sides.left - sides.right))
  const bottom = hasAxisLabels(look).below ? Math.min(heightPx, Math.max(26, look.heightPx * 0.4)) : 8
  return { box: { ...sides, bottom }, labels, rotate }
}

/** 40 degrees. */
const LEAN = (40 / 180) * Math.PI

function labelsOf(names: readonly string[], roomPx: (at: number) => number, step: number): Map<number, string> {
  return new Map(
    names.flatMap((name, i) => (i % step === 0 ? [[i, cutText(name, roomPx(i), AXIS_FONT_PX)] as const] : [])),
  )
}
