import type { CubeDefinition, Rollup } from '../cubes/cube.ts'
import type { AdditiveMeasure, Measure } from '../cubes/measure.ts'

/** The measures whose figures add up and make up another one: itself, or the two that a ratio is made of. */
export function summedMeasures(name: string, measure: Measure): readonly string[] | undefined {
  if (measure.class === 'additive') return [name]
  return measure.class === 'decomposable' ? [`${name}_numerator`, `${name}_denominator`] : undefined
}

/**
 * The cube with the numerators and denominators of its ratios as measures of their own. They are kept in the cube's table
 * already, under just these names, so that the same table answers.
 */
export function withRatioParts(cube: CubeDefinition): CubeDefinition {
  const parts = Object.entries(cube.measures).flatMap(([name, measure]) => partMeasures(name, measure))
  if (parts.length === 0) return cube
  return {
    ...cube,
    measures: { ...Object.fromEntries(parts), ...cube.measures },
    rollups: cube.rollups.map((rollup) => withParts(rollup, cube)),
  }
}

function partMeasures(name: string, measure: Measure): [string, AdditiveMeasure][] {
  if (measure.class !== 'decomposable') return []
  const { numerator, denominator, label } = measure
  const shared = { class: 'additive', format: 'decimal', better: 'higher', gaps: 'zero' } as const
  return [
    [`${name}_numerator`, { ...shared, label: `${label}: numerator`, part: numerator }],
    [`${name}_denominator`, { ...shared, label: `${label}: denominator`, part: denominator }],
  ]
}

function withParts(rollup: Rollup, { measures }: CubeDefinition): Rollup {
  if (!rollup.measures) return rollup
  const all = rollup.measures.flatMap((name) => {
    const measure = measures[name]
    return [name, ...(measure?.class === 'decomposable' ? (summedMeasures(name, measure) ?? []) : [])]
  })
  return { ...rollup, measures: all }
}
