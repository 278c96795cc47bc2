import type { Layer } from './series/layers.ts'
import type { ValueScale } from './value-scale.ts'

/** On a logarithmic axis, zeros stand at its foot, and there is no place for what is below zero. */
export function atFoot(layer: Layer, scale: ValueScale): Layer {
  if (!scale.isLog) return layer
  const place = (value: number | null) => (value === null || value < 0 ? null : Math.max(value, scale.min))
  const { series } = layer
  return {
    ...layer,
    series: {
      ...series,
      values: series.values.map(place),
      ghosts: series.ghosts.map((ghost) => ({ ...ghost, values: ghost.values.map(place) })),
    },
  }
}

export function logNotes(isLog: boolean, layers: readonly Layer[]): string[] {
  if (!isLog) return []
  const has = (test: (value: number) => boolean) =>
    layers.some(({ series }) => series.values.some((value) => value !== null && test(value)))
  return [
    'The scale is logarithmic.',
    ...(has((value) => value === 0) ? ['Zeros stand at its foot.'] : []),
    ...(has((value) => value < 0) ? ['Values below zero are not drawn.'] : []),
  ]
}
