import type { Issue } from '../errors.ts'
import type { Dimension } from './cube.ts'

/** What is wrong with a name where a dimension is needed that can be kept in a rollup. */
export function keptDimensionIssue(
  dimensions: Readonly<Record<string, { readonly kind: Dimension['kind'] }>>,
  name: string,
  path: Issue['path'],
): Issue[] {
  const dimension = Object.hasOwn(dimensions, name) ? dimensions[name] : undefined
  if (!dimension) {
    const known = Object.keys(dimensions).join(', ') || 'none'
    return [{ path, message: `expected a dimension of the cube, one of ${known}, got "${name}"` }]
  }
  if (dimension.kind !== 'calendar') return []
  return [
    { path, message: `expected a dimension of the rows, got "${name}", which depends on the time zone of the query` },
  ]
}
