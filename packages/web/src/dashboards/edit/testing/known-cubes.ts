import { READY_CUBES } from '@almanac/core/cubes/ready/ready-cubes.ts'
import { typeOf } from '@almanac/core/cubes/sql/dimension-sql.ts'
import type { CubeEntry } from '../../../api/cubes.ts'

/** The ready cubes, as the server describes them. */
export const KNOWN_CUBES: readonly CubeEntry[] = READY_CUBES.map(({ name, label, calendar, dimensions, measures }) => ({
  name,
  label,
  ...calendar,
  dimensions: Object.entries(dimensions).map(([key, dimension]) => ({
    name: key,
    label: dimension.label,
    type: typeOf(dimension),
    kind: dimension.kind,
  })),
  measures: Object.entries(measures).map(([key, measure]) => ({
    name: key,
    label: measure.label,
    format: measure.format,
    better: measure.better,
    class: measure.class,
  })),
}))

export function knownCube(name: string): CubeEntry {
  const cube = KNOWN_CUBES.find((one) => one.name === name)
  if (!cube) throw new Error(`there is no ready cube ${name}`)
  return cube
}
