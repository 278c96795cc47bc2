import type { CubeDefinition } from '../cubes/cube.ts'
import type { Issue } from '../errors.ts'

export function unknownName(
  kind: 'dimension' | 'measure',
  name: string,
  table: Readonly<Record<string, unknown>>,
  cube: CubeDefinition,
  path: Issue['path'],
): Issue {
  const known = Object.keys(table).join(', ')
  return { path, message: `the cube ${cube.name} has no ${kind} "${name}": expected one of ${known}` }
}
