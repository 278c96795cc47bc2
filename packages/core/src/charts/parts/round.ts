import type { EChartsOption } from 'echarts/types/dist/shared'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, LegendItem, Look } from '../drawing.ts'
import { cutText, textWidthPx } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { colourOf } from '../inks.ts'
import { motionOf } from '../motion.ts'
import { nothingIn } from '../nothing.ts'
import { labelOf, neededDimension, valueFor } from '../roles.ts'
import { inkOn } from '../shades.ts'
import { type Part, partsOf } from './part-list.ts'
import { briefly, type Given, isolated, shareText, shortText, spokenText } from './value-lines.ts'

type Pie = Given<ChartOf<'pie'> | ChartOf<'donut'>>

/** More pieces than this nobody tells apart. */
const MOST_PARTS = 8

/** A pie, or with a hole a donut, in whose middle stands the whole where it is known. */
export function drawRound(spec: ChartOf<'pie'> | ChartOf<'donut'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const by = neededDimension(frame, spec.by, 'its parts')
  const column = valueFor(frame, spec.value)
  const { parts, whole, notes } = partsOf(given, { by, column, most: spec.most ?? MOST_PARTS })
  if (parts.length === 0) return nothingIn(frame, column)
  const shown = parts.filter(({ key }) => !look.hidden.has(key))
  const room = roomOf(given, parts)
  const middle =
    whole === undefined ? undefined : { text: shortText(given, whole, column), label: labelOf(spec, column) }
  return {
    as: 'chart',
    option: {
      ...motionOf(look),
      series: [
        {
          ...seriesOf(given, room),
          data: shown.map((part, at) => datumOf(given, part, parts.indexOf(part), room, turnOf(shown, at))),
        },
      ],
      ...(spec.kind === 'donut' && middle && look.hidden.size === 0 && { graphic: middleOf(given, middle, room) }),
    } as EChartsOption,
    pointing: 'item',
    readings: parts.map(({ reading }) => reading),
    legend: parts.map((part) => legendItem(given, part, room)),
    legendPlace: room.legend,
    summary: [
      `${labelOf(spec, column)} by ${labelOf(spec, by)}: ${sharesText(given, parts)}.`,
      ...(whole === undefined ? [] : [`All together ${spokenText(given, whole, column)}.`]),
      ...notes,
    ].join(' '),
  }
}

/** Where names do not stand beside the pieces, their shares do in the legend: before the name, whose end may be cut off. */
function legendItem(given: Pie, { key, label, ink, share }: Part, { isLabelled }: Room): LegendItem {
  const text = isLabelled ? label : `${atLeast(share, given)}  ${isolated(label)}`
  return { key, label: text, ink, mark: 'box', isHidden: given.look.hidden.has(key) }
}

/** Far less than the others is little, however little it is. */
const atLeast = (share: number, given: Pie) => (share < 0.001 ? `<${shareText(0.001, given)}` : shareText(share, given))

function sharesText(given: Pie, parts: readonly Part[]): string {
  const first = parts.slice(0, 4).map(({ label, share }) => `${briefly(label)} ${atLeast(share, given)}`)
  return `${first.join(', ')}${parts.length > 4 ? ' and more' : ''}`
}

interface Room {
  readonly radiusPx: number
  readonly labelPx: number
  /** Names beside the pieces; where there is no room for them, the legend names them. */
  readonly isLabelled: boolean
  readonly legend: 'top' | 'right' | 'none'
}

const FONT_PX = 12
/** In a narrower box, names beside the pieces would leave little of the pieces. */
const LEAST_LABELLED_PX = 520
const MOST_BESIDE_PX = 190
/** Of a share behind the name, and of the line from the piece to it. */
const SHARE_PX = 48
const LINE_PX = 28

function roomOf({ spec, look }: Pie, parts: readonly Part[]): Room {
  const { widthPx, heightPx } = look
  const { legend } = spec
  const isLabelled = (legend === undefined || legend === 'none') && widthPx >= LEAST_LABELLED_PX && heightPx >= 180
  const widest = Math.max(0, ...parts.map(({ label }) => textWidthPx(label.slice(0, 60), FONT_PX)))
  const besidePx = isLabelled ? Math.min(MOST_BESIDE_PX, widest + SHARE_PX + LINE_PX) : 8
  const radiusPx = Math.max(10, Math.min(widthPx - 2 * besidePx, heightPx - (isLabelled ? 48 : 16)) / 2)
  return {
    radiusPx,
    labelPx: Math.max(60, (widthPx - 2 * radiusPx) / 2 - LINE_PX),
    isLabelled,
    legend: legend ?? (isLabelled ? 'none' : widthPx > heightPx * 1.3 ? 'right' : 'top'),
  }
}

const HOLE = 0.64

function seriesOf({ spec, look }: Pie, { radiusPx, isLabelled }: Room) {
  const { theme } = look
  return {
    type: 'pie' as const,
    id: 'parts',
    radius: [spec.kind === 'donut' ? Math.round(radiusPx * HOLE) : 0, Math.round(radiusPx)],
    center: ['50%', '50%'],
    startAngle: 90,
    minAngle: 1,
    avoidLabelOverlap: true,
    selectedMode: false as const,
    itemStyle: { borderColor: theme.surface, borderWidth: 2, borderRadius: spec.kind === 'donut' ? 3 : 2 },
    emphasis: { scale: true, scaleSize: 3 },
    label: { fontFamily: theme.font, fontSize: FONT_PX, minMargin: 6 },
    labelLine: { show: isLabelled, length: 10, length2: 12, lineStyle: { color: theme.line, width: 1 } },
    labelLayout: { hideOverlap: true },
  }
}

/** A ring that is thinner has no room for a text inside. */
const LEAST_RING_PX = 48

/** Where a piece begins and ends, in turns from the top. */
interface Turn {
  readonly from: number
  readonly to: number
}

function turnOf(shown: readonly Part[], at: number): Turn {
  const sum = (parts: readonly Part[]) => parts.reduce((total, { share }) => total + share, 0)
  const whole = sum(shown) || 1
  return { from: sum(shown.slice(0, at)) / whole, to: sum(shown.slice(0, at + 1)) / whole }
}

/** Whether a text stays between the edges of its piece, halfway out. It lies flat: on the right and left, its height is what counts. */
function hasRoom(text: string, { from, to }: Turn, middlePx: number): boolean {
  const turn = Math.PI * (from + to)
  const acrossPx = textWidthPx(text, FONT_PX) * Math.abs(Math.cos(turn)) + FONT_PX * Math.abs(Math.sin(turn))
  return 2 * Math.PI * (to - from) * middlePx >= acrossPx + 6
}

function datumOf(given: Pie, part: Part, reading: number, { isLabelled, labelPx, radiusPx }: Room, turn: Turn) {
  const { theme } = given.look
  const color = colourOf(part.ink, theme)
  const share = atLeast(part.share, given)
  const ringPx = radiusPx * (given.spec.kind === 'donut' ? 1 - HOLE : 1)
  const isInside = !isLabelled && ringPx >= LEAST_RING_PX && hasRoom(share, turn, radiusPx - ringPx / 2)
  const text = isLabelled
    ? `${isolated(cutText(part.label, labelPx - textWidthPx(share, FONT_PX) - 8, FONT_PX))}  ${share}`
    : share
  return {
    value: part.value,
    reading,
    itemStyle: { color },
    label: {
      show: isLabelled || isInside,
      position: isLabelled ? 'outside' : 'inside',
      color: isLabelled ? theme.muted : inkOn(color, theme),
      // A function: in a template, the braces of a name would be taken for instructions.
      formatter: () => text,
    },
    labelLine: { show: isLabelled },
  }
}

/** Two lines of text in the hole; the lower one only where it fits. */
function middleOf({ look }: Pie, { text, label }: { text: string; label: string }, { radiusPx }: Room) {
  const { theme, widthPx, heightPx } = look
  const innerPx = radiusPx * HOLE * 2 * 0.78
  const fontPx = Math.max(10, Math.min(26, Math.floor(innerPx / (textWidthPx(text, 1) || 1))))
  const hasLabel = radiusPx * HOLE >= 34
  const line = (content: string, y: number, style: object) => ({
    type: 'text',
    x: widthPx / 2,
    y: heightPx / 2 + y,
    silent: true,
    style: { text: content, align: 'center', verticalAlign: 'middle', fontFamily: theme.font, ...style },
  })
  return {
    elements: [
      line(text, hasLabel ? -8 : 0, { fill: theme.ink, fontSize: fontPx, fontWeight: 600 }),
      ...(hasLabel ? [line(cutText(label, innerPx, 11), fontPx / 2 + 4, { fill: theme.faint, fontSize: 11 })] : []),
    ],
  }
}
