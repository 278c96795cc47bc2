import type { LegendItem, Look } from '../../drawing.ts'
import type { AxesSpec, Layer } from './layers.ts'
import { comparisonKey } from './layers.ts'
import type { SeriesSet } from './series.ts'

interface Legend {
  readonly items: readonly LegendItem[]
  readonly place: 'top' | 'right' | 'none'
}

/** An item for each series and for each comparison. A single series needs none: the title says what it is. */
export function seriesLegend(spec: AxesSpec, set: SeriesSet, layers: readonly Layer[], look: Look): Legend {
  const hasRight = layers.some(({ isRight }) => isRight)
  const own = layers.map(
    ({ series, as, isRight }): LegendItem => ({
      key: series.key,
      label: hasRight ? `${series.label} (${isRight ? 'right' : 'left'})` : series.label,
      ink: series.ink,
      mark: as === 'line' ? 'line' : 'box',
      isHidden: look.hidden.has(series.key),
    }),
  )
  const [first] = set.series
  // Stacked areas of another time would lie over these.
  const hasGhosts = layers.some(({ as, isStacked }) => as === 'bar' || !isStacked)
  const compared = (hasGhosts ? set.comparisons : []).map(
    ({ name, label }): LegendItem => ({
      key: comparisonKey(name),
      label,
      ink: set.series.length === 1 && first ? first.ink : 'muted',
      mark: layers.every(({ as }) => as === 'bar') ? 'box' : 'dashed',
      isGhost: true,
      isHidden: look.hidden.has(comparisonKey(name)),
    }),
  )
  // What is folded away first is at the end, and nothing else says what the pale ones are.
  const items = own.length > 5 ? [...compared, ...own] : [...own, ...compared]
  if (items.length < 2) return { items: [], place: 'none' }
  return { items, place: spec.legend ?? 'top' }
}
