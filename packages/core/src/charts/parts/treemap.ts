import type { EChartsOption } from 'echarts/types/dist/shared'
import type { Column } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import { cutText, textWidthPx } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { motionOf } from '../motion.ts'
import { nothingIn } from '../nothing.ts'
import { valueFor } from '../roles.ts'
import { inkOn } from '../shades.ts'
import { colourOfNode, pathOf, type TreeNode, treeOf, treeSummary } from './tree.ts'
import { type Given, shortText } from './value-lines.ts'

/** Parts as areas, with their own parts inside. */
export function drawTreemap(spec: ChartOf<'treemap'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const path = pathOf(frame, spec.path)
  const column = valueFor(frame, spec.value)
  const tree = treeOf(given, path, column)
  if (tree.roots.length === 0) return nothingIn(frame, column)
  const boxes = {
    given,
    hasHeads: path.length > 1,
    column,
    areaPx: (look.widthPx * look.heightPx) / tree.roots.reduce((sum, { size }) => sum + size, 0),
  }
  return {
    as: 'chart',
    option: {
      ...motionOf(look),
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
          labelLayout: ({ text, rect }: LabelPlace) => (hasRoom(text, rect) ? {} : { fontSize: 0 }),
          data: tree.roots.map((node) => datumOf(node, boxes)),
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
const LABEL_MARGIN_PX = 6
/** Of a name, less than this says nothing. */
const LEAST_NAME_PX = 40

interface LabelPlace {
  readonly text: string
  readonly rect: { readonly width: number; readonly height: number }
}

/** A name may lose its end, a figure nothing: 1,234 would become 1. */
function hasRoom(text: string, rect: LabelPlace['rect']): boolean {
  const [name = '', figure = ''] = text.split('\n')
  const neededPx = Math.max(Math.min(LEAST_NAME_PX, textWidthPx(name, FONT_PX)), textWidthPx(figure, FONT_PX))
  return rect.width >= neededPx + 2 * LABEL_MARGIN_PX && rect.height >= HEAD_PX
}

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
  /** That each of what is counted takes. */
  readonly areaPx: number
}

function datumOf(node: TreeNode, boxes: Boxes): object {
  const { given, hasHeads, column, areaPx } = boxes
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
    // Heads are not laid out as labels are; boxes are nearly squares, so their area says how wide they are.
    formatter: () => (Math.sqrt(node.size * areaPx) < LEAST_NAME_PX + 2 * LABEL_MARGIN_PX ? '' : name),
  }
  const label = {
    ...text,
    show: true,
    position: 'insideTopLeft',
    distance: LABEL_MARGIN_PX,
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
