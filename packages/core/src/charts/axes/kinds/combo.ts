import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Look } from '../../drawing.ts'
import type { Frame } from '../../frame.ts'
import { drawCartesian } from '../cartesian.ts'
import { isOnRight } from '../series/layers.ts'
import { seriesSet } from '../series/series.ts'

/** Bars and lines: the first measure as bars and the others as lines, unless the spec says which. */
export function drawCombo(spec: ChartOf<'combo'>, frame: Frame, look: Look): Drawing {
  const set = seriesSet(spec, frame, look)
  const bars = new Set(spec.bars ?? [set.series[0]?.column.name])
  const right = spec.right && new Set(spec.right)
  const hasLeft = set.series.some(({ column }) => !right?.has(column.name))
  return drawCartesian(spec, frame, look, set, {
    layerOf: (series, { series: all }) => ({
      series,
      as: bars.has(series.column.name) ? 'bar' : 'line',
      isStacked: false,
      isRight: hasLeft && (right ? right.has(series.column.name) : isOnRight(spec, series, all)),
    }),
  })
}
