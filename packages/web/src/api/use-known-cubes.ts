import type { KnownCube } from '@almanac/core/boards/widget-query.ts'
import { useQuery } from '@tanstack/react-query'
import { type CubeEntry, cubesQuery } from './cubes.ts'

/** The cubes and their dimensions by name; none while they are not known yet. */
export function useKnownCubes(): readonly KnownCube[] {
  const { data = NONE } = useQuery({ ...cubesQuery, select: namesOf })
  return data
}

const NONE: readonly KnownCube[] = []

const namesOf = (cubes: readonly CubeEntry[]): readonly KnownCube[] =>
  cubes.map(({ name, dimensions }) => ({ name, dimensions: dimensions.map((dimension) => dimension.name) }))
