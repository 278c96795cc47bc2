import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import { cutText } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { valueFor } from '../roles.ts'
import { inkOn } from '../shades.ts'
import { nothingIn } from './nothing.ts'
import { colourOfNode, pathOf, type TreeNode, treeOf, treeSummary } from './tree.ts'
import { type Given, shortText } from './value-lines.ts'

/** Parts as areas, with their own parts inside. */
export function drawTreemap(spec: ChartOf<'treemap'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const path = pathOf(frame, spec.path)
  const column = valueFor(frame, spec.value)
  const tree = treeOf(given, path, column)
  if (tree.roots.length === 0) return nothingIn(frame, column)
  const hasHeads = path.length > 1
  return {
    as: 'chart',
    option: {
      animation: look.isAnimated,
      animationDuration: 300,
      animationDurationUpdate: 300,
      series: [
        {
          type: 'treemap',
          id: 'parts',
          left: 0,
          right: 0,
          top: 0,
          bottom: 0,
          roam: false,
          nodeClick: false,
          breadcrumb: { show: false },
          // The order is ours; smaller than this is no more than a speck.
          visibleMin: 12,
          squareRatio: 1.2,
          itemStyle: { gapWidth: 2, borderWidth: 0, borderColor: look.theme.surface },
          levels: levelsOf(look, path.length),
          data: tree.roots.map((node) => datumOf(node, { given, hasHeads, column })),
        },
      ],
    } as EChartsOption,
    pointing: 'item',
    readings: tree.readings,
    legend: [],
    legendPlace: 'none',
    summary: treeSummary(given, tree, path, column),
  }
}

const FONT_PX = 12
const HEAD_PX = 20

/** Groups stand apart, their parts close together. */
function levelsOf({ theme }: Look, depth: number) {
  const group = { itemStyle: { gapWidth: 1, borderWidth: 0, borderColor: theme.surface } }
  return [
    { itemStyle: { gapWidth: depth > 1 ? 4 : 2, borderWidth: 0 } },
    ...Array.from({ length: depth - 1 }, () => group),
    {},
  ]
}

interface Boxes {
  readonly given: Given<ChartOf<'treemap'>>
  readonly hasHeads: boolean
  readonly column: Column
}

function datumOf(node: TreeNode, boxes: Boxes): object {
  const { given, hasHeads, column } = boxes
  const { theme } = given.look
  const color = colourOfNode(node, given, { fade: 0.22, palest: 0.45 })
  const ink = inkOn(color, theme)
  const isGroup = node.children.length > 0
  const name = cutText(node.label, 400, FONT_PX)
  const text = { fontFamily: theme.font, fontSize: FONT_PX, color: ink, overflow: 'truncate', ellipsis: '…' }
  const head = {
    ...text,
    show: isGroup && hasHeads,
    height: HEAD_PX,
    fontWeight: 600,
    padding: [0, 6],
    formatter: () => name,
  }
  const label = {
    ...text,
    show: true,
    position: 'insideTopLeft',
    distance: 6,
    lineHeight: 16,
    lineOverflow: 'truncate',
    formatter: () => `${name}\n${shortText(given, node.size, column)}`,
  }
  return {
    name: node.label,
    value: node.size,
    reading: node.reading,
    itemStyle: { color, borderColor: isGroup && hasHeads ? color : theme.surface },
    label,
    upperLabel: head,
    emphasis: {
      itemStyle: { color, borderColor: theme.ink },
      label: { color: ink },
      upperLabel: { show: head.show, color: ink },
    },
    ...(isGroup && { children: node.children.map((child) => datumOf(child, boxes)) }),
  }
}
