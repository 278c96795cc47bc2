import type { BarSeriesOption } from 'echarts/types/dist/shared'
import type { Look } from '../../drawing.ts'
import { colourOf, mixed } from '../../inks.ts'
import type { Category } from '../categories.ts'
import { drawnGhosts, type Layer, type Shown } from './layers.ts'

interface Given {
  readonly look: Look
  readonly categories: readonly Category[]
  readonly isSideways: boolean
}

/**
 * Bars, with pale ones of other times before them. Those of running buckets are a little paler than the others, with a dashed edge: they
 * can still grow.
 */
export function barSeries(layer: Layer, shown: Shown, given: Given): BarSeriesOption[] {
  const { series } = layer
  const { theme } = given.look
  const colour = colourOf(series.ink, theme)
  const edge = layer.isStacked && given.categories.length <= 60 ? { borderColor: theme.surface, borderWidth: 0.75 } : {}
  const own = { ...common(layer, given), id: series.key, color: colour, z: 3, data: series.values.map(bar) }
  function bar(value: number | null, at: number) {
    if (value === null) return null
    const isOpen = given.categories[at]?.state !== 'closed'
    return {
      value,
      itemStyle: { ...corners(layer, value, given), ...edge, ...(isOpen && openStyle(colour, given.look)) },
    }
  }
  const ghosts = drawnGhosts(series, shown.ghosts).map(({ compared, values }, i) => ({
    ...common(layer, given),
    id: `${series.key} ${compared.name}`,
    color: mixed(colour, theme.surface, GHOST_SHARES[i % GHOST_SHARES.length] ?? 0.2),
    z: 2,
    ...(layer.isStacked && { stack: compared.name }),
    data: values.map((value) =>
      value === null ? null : { value, itemStyle: { ...corners(layer, value, given), ...edge } },
    ),
  }))
  // The earlier stands before the later.
  return [...ghosts.toReversed(), own]
}

const GHOST_SHARES = [0.38, 0.24, 0.16, 0.12]
const OPEN_SHARE = 0.66

function common({ isRight, isStacked }: Layer, { isSideways }: Given): BarSeriesOption {
  return {
    type: 'bar',
    ...(isSideways ? { xAxisIndex: isRight ? 1 : 0 } : { yAxisIndex: isRight ? 1 : 0 }),
    ...(isStacked && { stack: 'now' }),
    silent: true,
    animationDuration: 300,
    barMaxWidth: isSideways ? 26 : 48,
    barCategoryGap: '28%',
    barGap: '8%',
  }
}

/** Round where the bar ends, square where it stands. */
function corners({ isStacked }: Layer, value: number, { isSideways }: Given) {
  if (isStacked) return {}
  const borderRadius = isSideways ? (value < 0 ? [2, 0, 0, 2] : [0, 2, 2, 0]) : value < 0 ? [0, 0, 2, 2] : [2, 2, 0, 0]
  return { borderRadius }
}

export const openStyle = (colour: string, { theme }: Look) => ({
  color: mixed(colour, theme.surface, OPEN_SHARE),
  borderColor: colour,
  borderWidth: 1,
  borderType: 'dashed' as const,
})
