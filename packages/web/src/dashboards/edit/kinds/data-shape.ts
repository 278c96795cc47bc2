import type { WidgetData } from '@almanac/core/boards/board.ts'
import type { Column } from '@almanac/core/query/query.ts'

/** What a widget's data has to draw from, as far as is to be seen before it was asked. */
export interface DataShape {
  readonly hasTime: boolean
  readonly dimensions: readonly string[]
  readonly measures: readonly string[]
  readonly isCohorts: boolean
}

/**
 * `undefined` when only the answer can tell, as for a statement in SQL, and there is none yet. Give the columns of the
 * answer where there is one.
 */
export function shapeOf(data: readonly WidgetData[], columns?: readonly Column[]): DataShape | undefined {
  if (data.some(({ from }) => from === 'sql' || from === 'saved')) return columns && shapeOfColumns(columns)
  const cubes = data.flatMap((one) => (one.from === 'cube' ? [one] : []))
  return {
    hasTime: cubes.some(({ grain }) => grain !== 'none'),
    dimensions: [...new Set(cubes.flatMap(({ dimensions }) => dimensions))],
    measures: cubes.flatMap(({ measures }) => measures),
    isCohorts: data.some(({ from }) => from === 'cohorts'),
  }
}

function shapeOfColumns(columns: readonly Column[]): DataShape {
  const names = (kind: Column['kind']) => columns.filter((column) => column.kind === kind).map(({ name }) => name)
  return {
    hasTime: names('time').length > 0,
    dimensions: names('dimension'),
    measures: names('measure'),
    isCohorts: false,
  }
}
