import type { ChartOf } from '../../chart-spec.ts'
import type { Drawing, Look } from '../../drawing.ts'
import type { Frame } from '../../frame.ts'
import { drawCartesian } from '../cartesian.ts'
import { isOnRight } from '../series/layers.ts'
import { seriesSet } from '../series/series.ts'

export function drawLine(spec: ChartOf<'line'>, frame: Frame, look: Look): Drawing {
  return drawCartesian(spec, frame, look, seriesSet(spec, frame, look), {
    layerOf: (series, { series: all }) => ({
      series,
      as: 'line',
      isStacked: false,
      isRight: isOnRight(spec, series, all),
    }),
  })
}

export function drawArea(spec: ChartOf<'area'>, frame: Frame, look: Look): Drawing {
  return drawCartesian(spec, frame, look, seriesSet(spec, frame, look), {
    layerOf: (series, { series: all }) => ({
      series,
      as: 'area',
      isStacked: false,
      isRight: isOnRight(spec, series, all),
    }),
  })
}

export function drawStackedArea(spec: ChartOf<'stacked_area'>, frame: Frame, look: Look): Drawing {
  return drawCartesian(spec, frame, look, seriesSet(spec, frame, look), {
    layerOf: (series) => ({ series, as: 'area', isStacked: true, isRight: false }),
  })
}

export function drawShareArea(spec: ChartOf<'share_area'>, frame: Frame, look: Look): Drawing {
  return drawCartesian(spec, frame, look, seriesSet(spec, frame, look), {
    isShare: true,
    layerOf: (series) => ({ series, as: 'area', isStacked: true, isRight: false }),
  })
}
