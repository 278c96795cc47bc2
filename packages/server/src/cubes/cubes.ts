import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { WEB_CUBE } from '@almanac/core/cubes/web.ts'
import { AppError } from '@almanac/core/errors.ts'

/** The cubes of this server by name. */
export const CUBES: Readonly<Record<string, CubeDefinition>> = { [WEB_CUBE.name]: WEB_CUBE }

export function cubeNamed(name: string): CubeDefinition {
  const cube = Object.hasOwn(CUBES, name) ? CUBES[name] : undefined
  if (cube) return cube
  throw new AppError('invalid_query', `there is no cube "${name}": expected one of ${Object.keys(CUBES).join(', ')}`)
}

export const cubeTable = (cube: CubeDefinition) => `cube_${cube.name}`
