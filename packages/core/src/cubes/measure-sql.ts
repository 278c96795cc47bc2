import type { CubeBase, Measure } from './cube.ts'

/**
 * The life of a measure in SQL, one table for each step and one entry for each additivity class. A cube's rows hold
 * parts; an answer is made of parts from the cube and of parts from the raw events alike.
 */

/** What stands behind FROM where these measures are made from raw rows. */
export function baseSql({ table, isReplacing, join }: CubeBase, measures: readonly Measure[]): string {
  const isJoined = join !== undefined && measures.some(({ usesJoin }) => usesJoin)
  return `${table}${isReplacing ? ' FINAL' : ''}${isJoined ? ` ${join}` : ''}`
}

/** From raw rows to a part. */
export function partSql(measure: Measure): string {
  switch (measure.class) {
    case 'additive':
      return measure.sql
    case 'mergeable':
      return `${measure.aggregate}StateIf(${measure.of}, ${measure.only})`
  }
}

/** From the parts in `column` to the finished value. */
export function finalSql(measure: Measure, column: string): string {
  switch (measure.class) {
    case 'additive':
      return `sum(${column})`
    case 'mergeable':
      return `${measure.aggregate}Merge(${column})`
  }
}

/** The type of the column that holds parts. */
export function partType(measure: Measure): string {
  switch (measure.class) {
    case 'additive':
      return 'SimpleAggregateFunction(sum, UInt64)'
    case 'mergeable':
      return `AggregateFunction(${measure.aggregate}, ${measure.ofType})`
  }
}
