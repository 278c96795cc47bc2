import type { LineSeriesOption } from 'echarts/types/dist/shared'
import type { Look } from '../../drawing.ts'
import { colourOf, faded, mixed } from '../../inks.ts'
import type { Category } from '../categories.ts'
import { type AxesSpec, drawnGhosts, type Layer, type Shown } from './layers.ts'

type Values = readonly (number | null)[]
type Data = NonNullable<LineSeriesOption['data']>

interface Given {
  readonly spec: AxesSpec
  readonly look: Look
  readonly categories: readonly Category[]
  /** Of the comparisons, in their order. */
  readonly ghostNames: readonly string[]
}

/** Above so many points, what can't be seen is left out of the drawing. */
const SAMPLED_FROM = 3000

/**
 * A line, and beneath it those of other times. Its running buckets hang on a dashed line of their own, with hollow points, as
 * they can still grow.
 */
export function lineSeries(layer: Layer, shown: Shown, given: Given): LineSeriesOption[] {
  const { series } = layer
  const ghosts = layer.isStacked ? [] : drawnGhosts(series, shown.ghosts)
  const closed = series.values.map((value, at) => (given.categories[at]?.state === 'closed' ? value : null))
  const open = openPart(series.values, given.categories)
  return [
    ...ghosts.map(
      ({ compared, values }): LineSeriesOption => ({
        ...common(layer, values, given),
        id: `${series.key} ${compared.name}`,
        lineStyle: {
          width: 1.5,
          type: GHOST_DASHES[given.ghostNames.indexOf(compared.name) % GHOST_DASHES.length] ?? 'dashed',
          color: mixed(colourOf(series.ink, given.look.theme), given.look.theme.surface, 0.6),
        },
        z: 2,
      }),
    ),
    { ...common(layer, closed, given), id: series.key, ...area(layer, shown, given, false), z: 3 },
    ...(open ? [openSeries(layer, open, shown, given)] : []),
  ]
}

const GHOST_DASHES: [number, number][] = [
  [2, 3],
  [7, 4],
  [1, 5],
  [12, 4],
]

function common({ series, isRight, isStacked }: Layer, values: Values, { spec, look }: Given): LineSeriesOption {
  const colour = colourOf(series.ink, look.theme)
  return {
    type: 'line',
    yAxisIndex: isRight ? 1 : 0,
    color: colour,
    animationDuration: 300,
    silent: true,
    // A point between two gaps has no line that would show it.
    symbol: spec.points ? 'circle' : 'none',
    symbolSize: 5,
    showSymbol: true,
    showAllSymbol: true,
    data: spec.points ? [...values] : withLonePoints(values),
    ...(values.length > SAMPLED_FROM && { sampling: 'lttb' as const }),
    ...(spec.curve === 'smooth' && { smooth: 0.4, smoothMonotone: 'x' as const }),
    ...(spec.curve === 'step' && { step: 'middle' as const }),
    ...(spec.gaps === 'join' && { connectNulls: true }),
    ...(isStacked && { stack: 'closed' }),
    lineStyle: { width: isStacked ? 1.5 : 2, cap: 'round', join: 'round' },
  }
}

function area({ as, series, isStacked }: Layer, { layers }: Shown, { look }: Given, isOpen: boolean): LineSeriesOption {
  if (as !== 'area') return {}
  const colour = colourOf(series.ink, look.theme)
  const isDark = look.theme.name === 'dark'
  if (isStacked) {
    return {
      areaStyle: { color: mixed(colour, look.theme.surface, (isDark ? 0.7 : 0.62) * (isOpen ? 0.5 : 1)), opacity: 1 },
    }
  }
  const alpha = (layers.length > 1 ? 0.08 : 0.12) * (isDark ? 1.4 : 1) * (isOpen ? 0.5 : 1)
  return { areaStyle: { color: faded(colour, alpha), opacity: 1 } }
}

function openSeries(layer: Layer, data: Data, shown: Shown, given: Given): LineSeriesOption {
  const { series, isStacked } = layer
  const { theme } = given.look
  const colour = colourOf(series.ink, theme)
  const width = isStacked ? 1.5 : 2
  return {
    ...common(layer, [], given),
    id: `${series.key} open`,
    data,
    symbol: 'circle',
    symbolSize: isStacked ? 5 : 6,
    itemStyle: { color: theme.surface, borderColor: colour, borderWidth: 1.5 },
    lineStyle: { width, type: [4, 4], cap: 'butt', color: colour },
    ...(isStacked && { stack: 'open' }),
    ...area(layer, shown, given, true),
    z: 3,
  }
}

/** The running buckets, joined to the last finished one, which carries no mark; nothing when none is running. */
function openPart(values: Values, categories: readonly Category[]): Data | undefined {
  const first = categories.findIndex(({ state }) => state !== 'closed')
  if (first < 0 || values.slice(first).every((value) => value === null)) return undefined
  const last = values.findLastIndex((value) => value !== null)
  return values.map((value, at) => {
    if (at < first - 1 || value === null) return null
    return at === last && at >= first ? value : { value, symbol: 'none' }
  })
}

function withLonePoints(values: Values): Data {
  return values.map((value, at) => {
    const isLone = value !== null && (values[at - 1] ?? null) === null && (values[at + 1] ?? null) === null
    return isLone ? { value, symbol: 'circle', symbolSize: 6 } : value
  })
}
