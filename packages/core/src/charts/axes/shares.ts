import { isAdditive } from '../roles.ts'
import type { Layer } from './series/layers.ts'
import type { Series } from './series/series.ts'
import { sumAt } from './series/series-readings.ts'

/** The series as shares of what is shown at each place. What is below zero is no share of anything. */
export function sharesOf(layers: readonly Layer[]) {
  const lists = layers.map(({ series }) => series.values.map((value) => (value === null ? null : Math.max(0, value))))
  const count = lists[0]?.length ?? 0
  const totals = Array.from({ length: count }, (_, at) => sumAt(lists, at) ?? 0)
  const shares = lists.map((values) =>
    values.map((value, at) => (value === null || totals[at] === 0 ? null : value / (totals[at] as number))),
  )
  const places = new Map(layers.map(({ series }, i) => [series.key, i]))
  return {
    layers: layers.map((layer, i) => ({ ...layer, series: { ...layer.series, values: shares[i] ?? [], ghosts: [] } })),
    shareOf: (series: Series, at: number) => shares[places.get(series.key) ?? -1]?.[at] ?? null,
  }
}

export function shareNotes(layers: readonly Layer[]): string[] {
  const [first] = layers
  const notes: string[] = []
  if (first && !layers.every(({ series }) => isAdditive(series.column))) {
    notes.push(
      `The shares are of the sum of the series; ${first.series.column.label} of several of them are less than their sum.`,
    )
  }
  if (layers.some(({ series }) => series.values.some((value) => value !== null && value < 0))) {
    notes.push('Values below zero are left out of the shares.')
  }
  return notes
}
