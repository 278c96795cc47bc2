import type { Measure } from '../../cubes/measure.ts'
import { bucketLabels } from '../../cubes/sql/dimension-sql.ts'
import type { Row, Value } from '../query.ts'
import type { NamedMeasure } from '../resolve/resolve-measures.ts'
import type { ResolvedQuery, Window } from '../resolve/resolve-query.ts'

/** From the engine's rows to those of the answer: gaps, comparisons, order. */

/** A row as the engine gives it: `time` is the start of a window in milliseconds. */
export type EngineRow = Row

export interface RowShape {
  readonly hasTime: boolean
  /** Names. */
  readonly dimensions: readonly string[]
  readonly measures: readonly NamedMeasure[]
  /** As they are in the rest of a top list. */
  readonly restMeasures?: readonly NamedMeasure[]
}

export const measuresOf = (row: EngineRow, { measures, restMeasures = measures }: RowShape): readonly NamedMeasure[] =>
  row.isRest ? restMeasures : measures

/**
 * A row for every window, for each combination of dimensions that has one: what nothing happened in is a point, not a hole. Its
 * value is what the measure says of gaps.
 */
export function withGapsFilled(rows: readonly EngineRow[], shape: RowShape, windows: readonly Window[]): EngineRow[] {
  const combinations = new Map(rows.map((row) => [combinationOf(row, shape), row]))
  if (shape.dimensions.length === 0 && combinations.size === 0) combinations.set('[]', {})
  const known = new Map(rows.map((row) => [`${row.time ?? ''} ${combinationOf(row, shape)}`, row]))
  return [...combinations].flatMap(([key, example]) => {
    let before: EngineRow | undefined
    return windows.map((window) => {
      const time = window.start
      const row = known.get(`${shape.hasTime ? time : ''} ${key}`)
      const filled = {
        ...(shape.hasTime && { time }),
        ...dimensionsOf(example, shape),
        ...valuesOf(row, before, measuresOf(example, shape)),
      }
      before = filled
      return filled
    })
  })
}

function valuesOf(
  row: EngineRow | undefined,
  before: EngineRow | undefined,
  measures: readonly NamedMeasure[],
): EngineRow {
  return Object.fromEntries(
    measures.map(({ name, measure }) => [name, row?.[name] ?? gapValue(measure, before?.[name] ?? null)]),
  )
}

function gapValue({ gaps }: Measure, before: Value): Value {
  return { zero: 0, null: null, previous: before }[gaps]
}

/** What tells a row from the others of its window. */
export function combinationOf(row: EngineRow, { dimensions }: RowShape): string {
  return JSON.stringify([...dimensions.map((name) => row[name]), ...(row.isRest ? [true] : [])])
}

function dimensionsOf(row: EngineRow, { dimensions }: RowShape): EngineRow {
  return {
    ...Object.fromEntries(dimensions.map((name) => [name, row[name] ?? null])),
    ...('isRest' in row && { isRest: row.isRest as Value }),
  }
}

/** The columns of a comparison in the row beside the values that it is compared with. */
export function comparisonValues(
  name: string,
  current: EngineRow,
  other: EngineRow,
  measures: readonly NamedMeasure[],
): Row {
  return Object.fromEntries(
    measures.flatMap(({ name: measure, measure: { gaps } }) => {
      const now = numberOf(current[measure])
      const then = numberOf(other[measure]) ?? (gaps === 'zero' ? 0 : null)
      const difference = now === null || then === null ? null : now - then
      return [
        [`${measure}:${name}`, then],
        [`${measure}:${name}:difference`, difference],
        // Growth from zero is not a percentage.
        [
          `${measure}:${name}:percent`,
          difference === null || then === 0 || then === null ? null : (difference / Math.abs(then)) * 100,
        ],
      ]
    }),
  )
}

const numberOf = (value: Value | undefined) => (typeof value === 'number' ? value : null)

/** In the order of the query, as the engine sorts: what is null comes last, the rest after what it is the rest of. */
export function sortedRows(
  rows: readonly EngineRow[],
  { order, dimensions }: Pick<ResolvedQuery, 'order' | 'dimensions'>,
): EngineRow[] {
  const labels = new Map(
    dimensions.flatMap(({ name, dimension }) =>
      dimension.kind === 'buckets' ? [[name, bucketLabels(dimension)] as const] : [],
    ),
  )
  const ranked = (by: string, value: Value) =>
    value === null ? null : (labels.get(by)?.indexOf(String(value)) ?? value)
  const first = order[0]?.by === 'time' ? 1 : 0
  const terms = [...order.slice(0, first), { by: 'isRest', direction: 'asc' as const }, ...order.slice(first)]
  return rows.toSorted((a, b) => {
    for (const { by, direction } of terms) {
      const difference = compareValues(ranked(by, a[by] ?? null), ranked(by, b[by] ?? null), direction)
      if (difference !== 0) return difference
    }
    return 0
  })
}

function compareValues(a: Value, b: Value, direction: 'asc' | 'desc'): number {
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1
  const order = typeof a === 'string' && typeof b === 'string' ? compareText(a, b) : Number(a) - Number(b)
  return direction === 'asc' ? order : -order
}

/** By code points, which is the order of UTF-8 bytes; JavaScript's own is that of UTF-16. */
function compareText(a: string, b: string): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    if (a[i] === b[i]) continue
    return (a.codePointAt(i) as number) - (b.codePointAt(i) as number)
  }
  return a.length - b.length
}
