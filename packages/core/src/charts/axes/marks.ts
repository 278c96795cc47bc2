import type { LineSeriesOption } from 'echarts/types/dist/shared'
import type { ChartAnnotation, Look } from '../drawing.ts'
import type { NumberFormat } from '../format/format-number.ts'
import { formatNumber } from '../format/format-number.ts'
import { parseTime } from '../format/format-value.ts'
import { cutText, textWidthPx } from '../format/text-width.ts'
import { faded } from '../inks.ts'
import type { CategoryAxis } from './categories.ts'
import { AXIS_FONT_PX } from './plot-box.ts'
import type { AxesSpec } from './series/layers.ts'
import type { ValueScale } from './value-scale.ts'

interface Given {
  readonly spec: AxesSpec
  readonly look: Look
  readonly scale: ValueScale
  readonly format: NumberFormat
  readonly axis: CategoryAxis
  readonly timezone: string
  readonly isSideways: boolean
  readonly widthPx: number
  /** Beside the plot, for the labels of targets; else they stand inside. */
  readonly hasRoom: boolean
}

/** Targets and bands, and annotations, on two series of their own that have no values; nothing when there are none. */
export function marksSeries(given: Given): LineSeriesOption[] {
  return [
    ...carrier('~targets', targetLines(given), bandAreas(given), 'none'),
    ...carrier('~annotations', annotationLines(given), annotationAreas(given), ['none', 'circle']),
  ]
}

function carrier(id: string, lines: Lines, areas: Areas, symbol: string | string[]): LineSeriesOption[] {
  if (lines.length === 0 && areas.length === 0) return []
  const plain = { silent: true, animation: false }
  return [
    {
      type: 'line',
      id,
      data: [],
      silent: true,
      z: 4,
      ...(lines.length > 0 && { markLine: { ...plain, symbol, symbolSize: 5, data: lines } }),
      ...(areas.length > 0 && { markArea: { ...plain, data: areas } }),
    },
  ]
}

/** Along the axis of the values, whichever that is. */
const onValue = ({ isSideways }: Given, value: number) => (isSideways ? { xAxis: value } : { yAxis: value })

type Lines = NonNullable<NonNullable<LineSeriesOption['markLine']>['data']>
type Areas = NonNullable<NonNullable<LineSeriesOption['markArea']>['data']>

function targetLines(given: Given): Lines {
  const { spec, look, scale, widthPx, isSideways, hasRoom } = given
  // Above a line that lies at the very top, the label would be outside of the plot.
  const isHigh = (value: number) => value > scale.min + (scale.max - scale.min) * 0.9
  const outside = isSideways ? ('start' as const) : ('end' as const)
  const inside = (value: number) => ({
    // Over a bar, an edge around the letters is not enough.
    backgroundColor: look.theme.surface,
    borderRadius: 3,
    padding: [2, 4],
    position: isSideways || isHigh(value) ? ('insideEndBottom' as const) : ('insideEndTop' as const),
  })
  const isBroken = hasRoom && !isSideways
  const mostPx = hasRoom ? targetsWidthPx(given) : widthPx * 0.6
  return (spec.targets ?? []).map((target) => {
    const text = targetText(target, given, isBroken, mostPx)
    return {
      ...onValue(given, target.value),
      lineStyle: { color: look.theme.ink, width: 1, type: [5, 3] },
      label: {
        ...labelStyle(look, look.theme.ink),
        ...(hasRoom ? { position: outside, lineHeight: 13 } : inside(target.value)),
        formatter: () => text,
      },
    }
  })
}

type OfTargets = Pick<Given, 'spec' | 'format' | 'look' | 'isSideways'>

/**
 * What the labels of targets take at the end of their lines, where they cover neither bars nor lines: right of bars that stand, with
 * the figure below the name, and above bars that lie. There, several would cover one another, and nothing is taken.
 */
export function targetsWidthPx(given: OfTargets): number {
  const { spec, look, isSideways } = given
  const targets = spec.targets ?? []
  if (isSideways && targets.length > 1) return 0
  const mostPx = look.widthPx * (isSideways ? 0.4 : 0.2)
  const lines = targets.flatMap((target) => targetText(target, given, !isSideways, mostPx).split('\n'))
  return Math.ceil(Math.max(0, ...lines.map((line) => textWidthPx(line, AXIS_FONT_PX))))
}

/** The name loses its end before the figure does. */
function targetText(
  { value, label = 'Target' }: NonNullable<AxesSpec['targets']>[number],
  { format, look }: Pick<Given, 'format' | 'look'>,
  isBroken: boolean,
  mostPx: number,
): string {
  const figure = formatNumber(value, format, 'short', look.locale)
  if (isBroken) return `${cutText(label, mostPx, AXIS_FONT_PX)}\n${figure}`
  return `${cutText(label, Math.max(20, mostPx - textWidthPx(` ${figure}`, AXIS_FONT_PX)), AXIS_FONT_PX)} ${figure}`
}

function bandAreas(given: Given): Areas {
  const { spec, look, scale, widthPx } = given
  return (spec.bands ?? []).flatMap(({ from, to, tone, label }) => {
    const [low, high] = [Math.max(scale.min, from ?? scale.min), Math.min(scale.max, to ?? scale.max)]
    if (low >= high) return []
    return [
      [
        {
          ...onValue(given, low),
          itemStyle: { color: faded(look.theme[tone], look.theme.name === 'dark' ? 0.16 : 0.09) },
          label: {
            show: label !== undefined,
            ...labelStyle(look, look.theme[tone]),
            position: 'insideTopLeft' as const,
            formatter: textOf(label ?? '', widthPx * 0.6),
          },
        },
        onValue(given, high),
      ],
    ]
  }) as Areas
}

const labelStyle = ({ theme }: Look, color: string) => ({
  color,
  fontFamily: theme.font,
  fontSize: AXIS_FONT_PX,
  textBorderColor: theme.surface,
  textBorderWidth: 2,
})

/** As a function: in a text, ECharts would read `{b}` as a place to fill in. */
function textOf(text: string, widthPx: number): () => string {
  const cut = cutText(text, widthPx, AXIS_FONT_PX)
  return () => cut
}

function annotationLines(given: Given): Lines {
  const { look, isSideways } = given
  return placed(given)
    .filter(({ last, first }) => last === first)
    .map(({ first }) => ({
      ...(isSideways ? { yAxis: first } : { xAxis: first }),
      lineStyle: { color: look.theme.muted, width: 1, type: 'solid' as const, opacity: 0.7 },
      label: { show: false },
    }))
}

function annotationAreas(given: Given): Areas {
  const { look, isSideways } = given
  return placed(given)
    .filter(({ last, first }) => last > first)
    .map(({ first, last }) => [
      { ...(isSideways ? { yAxis: first } : { xAxis: first }), itemStyle: { color: faded(look.theme.muted, 0.12) } },
      isSideways ? { yAxis: last } : { xAxis: last },
    ]) as Areas
}

interface Placed {
  readonly annotation: ChartAnnotation
  /** Places of the axis. */
  readonly first: number
  readonly last: number
}

/** The annotations whose time is on the axis. */
function placed({ look, axis, timezone }: Pick<Given, 'look' | 'axis' | 'timezone'>): Placed[] {
  if (!axis.isTime) return []
  const starts = axis.categories.map(({ bucket }) => bucket?.start.epochMilliseconds ?? Number.NaN)
  const end = axis.categories.at(-1)?.bucket?.end.epochMilliseconds ?? Number.NaN
  return look.annotations.flatMap((annotation) => {
    const from = parseTime(annotation.at, timezone)?.epochMilliseconds
    const until = parseTime(annotation.until, timezone)?.epochMilliseconds ?? from
    if (from === undefined || until === undefined || until < (starts[0] ?? Number.NaN) || from >= end) return []
    const first = Math.max(0, placeOf(starts, from))
    return { annotation, first, last: Math.max(first, placeOf(starts, until)) }
  })
}

/** The last that does not start after the moment. */
const placeOf = (starts: readonly number[], ms: number) => starts.findLastIndex((start) => start <= ms)

/** The titles of the annotations at each place, for its reading. */
export function annotationTitles(
  given: Pick<Given, 'look' | 'axis' | 'timezone'>,
): ReadonlyMap<number, readonly string[]> {
  const titles = new Map<number, string[]>()
  for (const { annotation, first, last } of placed(given)) {
    for (let at = first; at <= last; at++) titles.set(at, [...(titles.get(at) ?? []), annotation.title])
  }
  return titles
}
