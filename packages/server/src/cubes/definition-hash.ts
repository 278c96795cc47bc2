import { createHash } from 'node:crypto'
import type { CubeDefinition, Dimension } from '@almanac/core/cubes/cube.ts'
import { columnType, dimensionSql, lookupJoin } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { partsOf } from '@almanac/core/cubes/sql/measure-sql.ts'

/**
 * Of all that the rows of a cube's table depend on. Labels, formats and what is computed from kept measures are not part of it:
 * changing them keeps the table.
 */
export function definitionHash(definition: CubeDefinition): string {
  const { name, base, calendar, dimensions, measures, rollups } = definition
  const kept = {
    layout: LAYOUT,
    name,
    base,
    timezone: calendar.timezone,
    dimensions: sorted(dimensions).flatMap(([name, dimension]) => dimensionKey(name, dimension)),
    measures: sorted(measures).flatMap(([name, measure]) => {
      const parts = partsOf(measure, base).map(({ suffix, type, fromRaw }) => [suffix, type, fromRaw])
      return parts.length === 0 ? [] : [[name, ...parts]]
    }),
    rollups: rollups.map(({ dimensions, measures, step, states }) => [
      dimensions,
      measures ?? null,
      step,
      states ?? null,
    ]),
  }
  return createHash('sha256').update(canonical(kept)).digest('hex')
}

/** Goes up when what is kept of the same definition changes: every cube is then built anew beside the old. */
const LAYOUT = 1

function dimensionKey(name: string, dimension: Dimension): (readonly string[])[] {
  if (dimension.kind === 'calendar') return []
  const join = dimension.kind === 'lookup' ? lookupJoin(name, dimension) : ''
  return [[name, columnType(dimension), dimensionSql(name, dimension), join]]
}

const sorted = <T>(named: Readonly<Record<string, T>>) => Object.entries(named).sort(([a], [b]) => (a < b ? -1 : 1))

/** JSON with sorted keys: PostgreSQL does not keep the order of an object's keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
