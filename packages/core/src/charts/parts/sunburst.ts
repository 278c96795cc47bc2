import type { EChartsOption } from 'echarts/types/dist/shared'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look } from '../drawing.ts'
import { cutText } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { motionOf } from '../motion.ts'
import { nothingIn } from '../nothing.ts'
import { valueFor } from '../roles.ts'
import { inkOn } from '../shades.ts'
import { colourOfNode, pathOf, type TreeNode, treeOf, treeSummary } from './tree.ts'
import type { Given } from './value-lines.ts'

/** Parts as rings: the outermost dimension in the middle, the parts of each around it. */
export function drawSunburst(spec: ChartOf<'sunburst'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const path = pathOf(frame, spec.path)
  const column = valueFor(frame, spec.value)
  const tree = treeOf(given, path, column)
  if (tree.roots.length === 0) return nothingIn(frame, column)
  const all = tree.roots.reduce((total, { size }) => total + size, 0)
  const radiusPx = Math.max(20, Math.min(look.widthPx, look.heightPx) / 2 - 6)
  const ringPx = (radiusPx * (1 - HOLE)) / path.length
  return {
    as: 'chart',
    option: {
      ...motionOf(look),
      series: [
        {
          type: 'sunburst',
          id: 'parts',
          center: ['50%', '50%'],
          radius: [radiusPx * HOLE, radiusPx],
          sort: undefined,
          nodeClick: false,
          itemStyle: { borderColor: look.theme.surface, borderWidth: 1.5, borderRadius: 3 },
          emphasis: { focus: 'ancestor' },
          data: tree.roots.map((node) => datumOf(node, { given, all, ringPx, radiusPx })),
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

interface Rings {
  readonly given: Given
  readonly all: number
  readonly ringPx: number
  readonly radiusPx: number
}

const FONT_PX = 11
/** Of the radius. */
const HOLE = 0.24

/** Names run around the middle where the piece is long enough for that, else outwards. */
function datumOf(node: TreeNode, rings: Rings): object {
  const { given, all, ringPx, radiusPx } = rings
  const { theme } = given.look
  const color = colourOfNode(node, given, { fade: 0.25, palest: 0.4 })
  const middlePx = radiusPx * HOLE + ringPx * (node.depth + 0.5)
  const angle = (node.size / all) * 2 * Math.PI
  // As long as a straight line of text can be inside of a bent piece.
  const alongPx = 2 * middlePx * Math.sin(Math.min(angle, Math.PI * 0.6) / 2) * 0.9
  const isAlong = alongPx > ringPx && ringPx >= FONT_PX + 6
  const text = cutText(node.label, (isAlong ? alongPx : ringPx) - 8, FONT_PX)
  return {
    name: node.label,
    value: node.size,
    reading: node.reading,
    itemStyle: { color },
    label: {
      show: text.length > 2 && (isAlong || (angle * middlePx >= FONT_PX + 3 && ringPx >= 28)),
      rotate: isAlong ? 'tangential' : 'radial',
      minAngle: 0,
      fontFamily: theme.font,
      fontSize: FONT_PX,
      color: inkOn(color, theme),
      formatter: () => text,
    },
    ...(node.children.length > 0 && { children: node.children.map((child) => datumOf(child, rings)) }),
  }
}
