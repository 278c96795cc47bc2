import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Look } from '../../drawing.ts'
import type { Frame } from '../../frame.ts'
import { drawCartesian } from '../cartesian.ts'
import { isOnRight } from '../series/layers.ts'
import { seriesSet } from '../series/series.ts'

export function drawBar(spec: ChartOf<'bar'>, frame: Frame, look: Look): Drawing {
  return drawCartesian(spec, frame, look, seriesSet(spec, frame, look), {
    layerOf: (series, { series: all }) => ({
      series,
      as: 'bar',
      isStacked: false,
      isRight: isOnRight(spec, series, all),
    }),
  })
}

/** Names have room beside their bars; the first row is on top. */
export function drawHorizontalBar(spec: ChartOf<'horizontal_bar'>, frame: Frame, look: Look): Drawing {
  return drawCartesian(spec, frame, look, seriesSet(spec, frame, look), {
    isSideways: true,
    layerOf: (series, { series: all }) => ({
      series,
      as: 'bar',
      isStacked: false,
      isRight: isOnRight(spec, series, all),
    }),
  })
}

export function drawStackedBar(spec: ChartOf<'stacked_bar'>, frame: Frame, look: Look): Drawing {
  return drawCartesian(spec, frame, look, seriesSet(spec, frame, look), {
    isSideways: spec.direction === 'right',
    isShare: spec.share === true,
    layerOf: (series) => ({ series, as: 'bar', isStacked: true, isRight: false }),
  })
}
