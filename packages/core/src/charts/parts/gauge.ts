import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import type { NumberStyle } from '../format/format-number.ts'
import { textWidthPx } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { colourOf } from '../inks.ts'
import { motionOf } from '../motion.ts'
import { formatOf, labelOf, numberIn, valueFor } from '../roles.ts'
import { bandLabel, bandOf, targetLabel, targetTone } from '../views/bands.ts'
import { neededWhole } from '../whole.ts'
import { exactText, type Given, shortText, valueLines } from './value-lines.ts'

type Gauge = Given<ChartOf<'gauge'>>

interface Scale {
  readonly min: number
  readonly max: number
}

/** One figure on a scale, with its bands outside and a mark at the target. */
export function drawGauge(spec: ChartOf<'gauge'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const column = valueFor(frame, spec.value)
  const row = neededWhole(frame, column)
  const value = numberIn(row, column)
  if (value === null) return { as: 'empty', reason: 'only_nulls', text: 'There is no figure in this range.' }
  const band = bandOf(spec.bands, value)
  const target = spec.target
  const linesAs = (style: NumberStyle) => [
    ...valueLines(given, row, column, undefined, style),
    ...(target ? [{ label: targetLabel(target), text: exactText(given, target.value, column) }] : []),
    ...(band ? [{ label: 'State', text: bandLabel(band), ink: band.tone }] : []),
  ]
  return {
    as: 'chart',
    option: optionOf(given, column, value),
    pointing: 'item',
    readings: [{ title: labelOf(spec, column), lines: linesAs('exact'), picks: [] }],
    legend: [],
    legendPlace: 'none',
    summary: `${linesAs('spoken')
      .map(({ label, text }) => `${label}: ${text}`)
      .join(', ')}.`,
  }
}

/** From zero to what is given; else to the end of the bands, beyond the target, to 100 % of a share, or somewhat beyond the value. */
function scaleOf({ spec }: Gauge, column: Column, value: number): Scale {
  const ends = [...(spec.bands ?? []).flatMap(({ from, to }) => [from, to]), spec.target && spec.target.value * 1.2]
  const known = ends.filter((end) => end !== undefined)
  const least = spec.min ?? Math.min(0, value, ...known)
  const isShare = formatOf(spec, column).format === 'percent' && value <= 1
  const greatest = spec.max ?? (known.length > 0 ? Math.max(value, ...known) : isShare ? 1 : niceAbove(value * 1.2))
  return greatest > least ? { min: least, max: greatest } : { min: least, max: least + 1 }
}

/** 1, 2, 2.5 or 5 times a power of ten. */
function niceAbove(value: number): number {
  if (value <= 0) return 1
  const power = 10 ** Math.floor(Math.log10(value))
  return ([1, 2, 2.5, 5, 10].find((step) => step * power >= value) ?? 10) * power
}

const START = 205
const END = -25

function optionOf(given: Gauge, column: Column, value: number): EChartsOption {
  const { spec, look } = given
  const { theme } = look
  const { min, max } = scaleOf(given, column, value)
  // The arc reaches 0.43 of its radius below its middle; there stand the ends of the scale.
  const radiusPx = Math.max(20, Math.min(look.widthPx / 2 - 12, (look.heightPx - 30) / 1.43))
  const arcPx = Math.max(6, radiusPx * 0.12)
  const y = (look.heightPx - 30 - radiusPx * 1.43) / 2 + radiusPx + 6
  const base = {
    type: 'gauge' as const,
    startAngle: START,
    endAngle: END,
    min,
    max,
    center: [look.widthPx / 2, y],
    pointer: { show: false },
    axisTick: { show: false },
    splitLine: { show: false },
    axisLabel: { show: false },
    anchor: { show: false },
    title: { show: false },
    detail: { show: false },
  }
  const tone = bandOf(spec.bands, value)?.tone ?? (spec.target && targetTone(value, spec.target, column.better))
  const color = colourOf(tone ?? spec.colours?.[column.name] ?? 1, theme)
  return {
    ...motionOf(look),
    ...(radiusPx >= 50 && { graphic: endsOf(given, column, { min, max }, { radiusPx, arcPx, y }) }),
    series: [
      {
        ...base,
        id: 'value',
        radius: radiusPx - (spec.bands?.length ? 7 : 0),
        axisLine: { roundCap: true, lineStyle: { width: arcPx, color: [[1, theme.grid]] } },
        progress: { show: value > min, roundCap: true, width: arcPx, itemStyle: { color } },
        ...textsOf(given, column, value, radiusPx),
        data: [{ value: Math.min(max, Math.max(min, value)), reading: 0 }],
      },
      ...bandsOf(given, { min, max }, base, radiusPx),
      ...targetOf(given, { min, max }, base, radiusPx, arcPx),
    ],
  } as EChartsOption
}

/** The figure in the middle. */
function textsOf(given: Gauge, column: Column, value: number, radiusPx: number) {
  const { theme } = given.look
  const text = shortText(given, value, column)
  const roomPx = radiusPx * 1.3
  const fontPx = Math.max(11, Math.min(30, Math.floor(roomPx / (textWidthPx(text, 1) || 1)), radiusPx * 0.34))
  return {
    detail: {
      show: true,
      offsetCenter: [0, '4%'],
      fontFamily: theme.font,
      fontSize: fontPx,
      fontWeight: 600,
      color: theme.ink,
      formatter: () => text,
    },
  }
}

/** What the arc begins and ends with, below its ends. */
function endsOf(given: Gauge, column: Column, { min, max }: Scale, { radiusPx, arcPx, y }: Arc) {
  const { theme, widthPx } = given.look
  const across = (radiusPx - arcPx / 2) * Math.cos(((START - 180) / 180) * Math.PI)
  const down = (radiusPx - arcPx / 2) * Math.sin(((START - 180) / 180) * Math.PI)
  const end = (value: number, x: number) => ({
    type: 'text',
    x,
    y: y + down + arcPx / 2 + 5,
    silent: true,
    style: {
      text: shortText(given, value, column),
      align: 'center',
      fontFamily: theme.font,
      fontSize: 11,
      fill: theme.faint,
    },
  })
  return { elements: [end(min, widthPx / 2 - across), end(max, widthPx / 2 + across)] }
}

interface Arc {
  readonly radiusPx: number
  readonly arcPx: number
  readonly y: number
}

function bandsOf({ spec, look }: Gauge, { min, max }: Scale, base: object, radiusPx: number): object[] {
  const bands = (spec.bands ?? []).toSorted((a, b) => (a.from ?? -Infinity) - (b.from ?? -Infinity))
  if (bands.length === 0) return []
  const share = (at: number) => Math.min(1, Math.max(0, (at - min) / (max - min)))
  // ECharts wants the end of each stretch; what lies between two bands is plain.
  const color = bands.flatMap(({ from = min, to = max, tone }): [number, string][] => [
    [share(from), look.theme.grid],
    [share(to), colourOf(tone, look.theme)],
  ])
  return [
    {
      ...base,
      id: 'bands',
      silent: true,
      radius: radiusPx,
      axisLine: { lineStyle: { width: 3, color: [...color, [1, look.theme.grid]] } },
      data: [],
    },
  ]
}

function targetOf({ spec, look }: Gauge, { min, max }: Scale, base: object, radiusPx: number, arcPx: number): object[] {
  const { target } = spec
  if (!target || target.value < min || target.value > max) return []
  const lengthPx = arcPx + 8
  return [
    {
      ...base,
      id: 'target',
      silent: true,
      radius: radiusPx,
      axisLine: { show: false },
      pointer: {
        show: true,
        icon: 'rect',
        width: 2.5,
        length: lengthPx,
        offsetCenter: [0, -(radiusPx - lengthPx + 2 - (spec.bands?.length ? 7 : 0))],
        itemStyle: { color: look.theme.ink },
      },
      data: [{ value: target.value }],
    },
  ]
}
