import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look, Reading } from '../drawing.ts'
import { cutText, textWidthPx } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { colourOf } from '../inks.ts'
import { motionOf } from '../motion.ts'
import { nothingIn } from '../nothing.ts'
import { isAdditive, isRestRow, labelOf, neededDimension, numberIn, UnfitFrame, valueFor } from '../roles.ts'
import { rowsBy, sum } from '../whole.ts'
import { circleIn } from './circle.ts'
import { briefly, exactText, type Given, nameOf, picksOf, shareText, spokenText, valueLines } from './value-lines.ts'

type Sankey = Given<ChartOf<'sankey'>>

interface Link {
  readonly from: string
  readonly to: string
  readonly value: number
  readonly row: Row
}

interface Flow {
  readonly links: readonly Link[]
  /** Names by key, in the order in which they first come. */
  readonly nodes: ReadonlyMap<string, string>
  readonly column: Column
  readonly from: Column
  readonly to: Column
  /** Flows that are not drawn, as there are too many. */
  readonly left: number
}

/** The largest; more nobody can follow. */
const MOST_LINKS = 300

/** From where to where, as bands as wide as what flows. A value that is on both sides is one place, which makes several steps. */
export function drawSankey(spec: ChartOf<'sankey'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const flow = flowOf(given)
  if (flow.links.length === 0) return nothingIn(frame, flow.column)
  const circle = circleIn(flow.links)
  if (circle) {
    const names = circle.map((key) => `“${briefly(flow.nodes.get(key) ?? '')}”`).join(' → ')
    throw new UnfitFrame(
      `It goes round in a circle: ${names}. A flow has a direction: leave one of them out, or number the steps.`,
    )
  }
  const keys = [...flow.nodes.keys()]
  const readings = [
    ...keys.map((key) => nodeReading(given, flow, key)),
    ...flow.links.map((link) => linkReading(given, flow, link)),
  ]
  return {
    as: 'chart',
    option: optionOf(given, flow, keys),
    pointing: 'item',
    readings,
    legend: [],
    legendPlace: 'none',
    summary: summaryOf(given, flow),
  }
}

function flowOf(given: Sankey): Flow {
  const { spec, frame } = given
  const from = neededDimension(frame, spec.from, 'where it flows from', [spec.to])
  const to = neededDimension(frame, spec.to, 'where it flows to', [from.name])
  const column = valueFor(frame, spec.value)
  const nodes = new Map<string, string>()
  const positive = rowsBy(frame, [from.name, to.name], column).filter((row) => (numberIn(row, column) ?? 0) > 0)
  const links = largest(positive, column).map((row): Link => {
    const value = numberIn(row, column) ?? 0
    const [start, end] = [keyOf(row, from, 'from'), keyOf(row, to, 'to')]
    if (!nodes.has(start)) nodes.set(start, nameOf(given, row, from))
    if (!nodes.has(end)) nodes.set(end, nameOf(given, row, to))
    return { from: start, to: end, value, row }
  })
  return { links, nodes, column, from, to, left: positive.length - links.length }
}

/** In the order of the rows. */
function largest(rows: readonly Row[], column: Column): readonly Row[] {
  if (rows.length <= MOST_LINKS) return rows
  const ranked = rows.toSorted((a, b) => (numberIn(b, column) ?? 0) - (numberIn(a, column) ?? 0))
  const kept = new Set(ranked.slice(0, MOST_LINKS))
  return rows.filter((row) => kept.has(row))
}

/** Nothing is not the same place on both sides. */
function keyOf(row: Row, { name }: Column, side: 'from' | 'to'): string {
  const value = row[name]
  if (isRestRow(row)) return `${side} rest`
  return value === null || value === undefined || value === '' ? `${side} nothing` : JSON.stringify(value)
}

const FONT_PX = 12

function optionOf({ spec, look }: Sankey, { links, nodes }: Flow, keys: readonly string[]): EChartsOption {
  const { theme, widthPx } = look
  const text = (key: string) => cutText(nodes.get(key) ?? '', Math.min(140, widthPx * 0.25), FONT_PX)
  const ends = keys.filter((key) => !links.some(({ from }) => from === key))
  const right = Math.ceil(Math.max(0, ...ends.map((key) => textWidthPx(text(key), FONT_PX)))) + 14
  const label = {
    fontFamily: theme.font,
    fontSize: FONT_PX,
    color: theme.ink,
    // The bands run behind the names.
    textBorderColor: theme.surface,
    textBorderWidth: 3,
    position: 'right',
    distance: 6,
  }
  return {
    ...motionOf(look),
    series: [
      {
        type: 'sankey',
        id: 'flow',
        left: 2,
        right,
        top: 8,
        bottom: 8,
        nodeWidth: 10,
        nodeGap: 14,
        nodeAlign: 'justify',
        draggable: false,
        emphasis: { focus: 'adjacency' },
        lineStyle: { color: 'gradient', opacity: 0.32, curveness: 0.5 },
        data: keys.map((key, at) => ({
          name: key,
          reading: at,
          itemStyle: { color: colourOf(spec.colours?.[nodes.get(key) ?? ''] ?? (at % 10) + 1, theme), borderWidth: 0 },
          label: { ...label, formatter: () => text(key) },
        })),
        links: links.map(({ from, to, value }, at) => ({ source: from, target: to, value, reading: keys.length + at })),
      },
    ],
  } as EChartsOption
}

/** What comes in and what goes out; of what does not add up, neither is known. */
function nodeReading(given: Sankey, { links, nodes, column, from, to }: Flow, key: string): Reading {
  const into = links.filter((link) => link.to === key)
  const out = links.filter((link) => link.from === key)
  const total = (own: readonly Link[]) =>
    isAdditive(column) || own.length === 1 ? exactText(given, sum(own.map(({ value }) => value)), column) : '–'
  const [first] = out
  const [last] = into
  return {
    title: nodes.get(key) ?? '',
    lines: [
      ...(into.length > 0 ? [{ label: `${labelOf(given.spec, column)} in`, text: total(into) }] : []),
      ...(out.length > 0 ? [{ label: `${labelOf(given.spec, column)} out`, text: total(out) }] : []),
    ],
    picks: first ? picksOf(first.row, [from]) : last ? picksOf(last.row, [to]) : [],
  }
}

function linkReading(given: Sankey, { links, nodes, column, from, to }: Flow, link: Link): Reading {
  const out = sum(links.filter((one) => one.from === link.from).map(({ value }) => value)) ?? 0
  return {
    title: `${nodes.get(link.from)} → ${nodes.get(link.to)}`,
    lines: [
      ...valueLines(given, link.row, column),
      ...(isAdditive(column)
        ? [{ label: `Of all from ${nodes.get(link.from)}`, text: shareText(link.value / out, given) }]
        : []),
    ],
    picks: picksOf(link.row, [from, to]),
  }
}

function summaryOf(given: Sankey, { links, nodes, column, left }: Flow): string {
  const first = links.toSorted((a, b) => b.value - a.value).slice(0, 3)
  const texts = first.map(
    ({ from, to, value }) =>
      `${briefly(nodes.get(from) ?? '')} → ${briefly(nodes.get(to) ?? '')} ${spokenText(given, value, column)}`,
  )
  return `${labelOf(given.spec, column)} between ${nodes.size} places in ${links.length} flows, the largest: ${texts.join(', ')}.${left > 0 ? ` ${left} smaller flows are in the table alone.` : ''}`
}
