import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { VISITS_CUBE } from '@almanac/core/cubes/visits.ts'
import { WEB_CUBE } from '@almanac/core/cubes/web.ts'
import { AppError } from '@almanac/core/errors.ts'

/** The cubes of this server by name. */
export const CUBES: Readonly<Record<string, CubeDefinition>> = {
  [WEB_CUBE.name]: WEB_CUBE,
  [VISITS_CUBE.name]: VISITS_CUBE,
}

/** The names of those that are computed from a table: what a change of it touches. */
export function cubesOf(table: string): string[] {
  return Object.values(CUBES).flatMap(({ name, base }) => (base.table === table ? [name] : []))
}

export function cubeNamed(name: string): CubeDefinition {
  const cube = Object.hasOwn(CUBES, name) ? CUBES[name] : undefined
  if (cube) return cube
  throw new AppError('invalid_query', `there is no cube "${name}": expected one of ${Object.keys(CUBES).join(', ')}`)
}

export const cubeTable = (cube: CubeDefinition) => `cube_${cube.name}`
