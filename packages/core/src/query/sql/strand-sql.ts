import type { Measure } from '../../cubes/measure.ts'
import { finalSql, partsOf } from '../../cubes/sql/measure-sql.ts'
import type { NamedMeasure } from '../resolve/resolve-measures.ts'
import type { Window } from '../resolve/resolve-query.ts'
import {
  BUCKET,
  IS_WHOLE,
  lastName,
  mergedName,
  OUTER_BUCKET,
  partName,
  thingName,
  valueName,
  WHOLE,
} from './own-names.ts'
import { keyNames, partsSql, rawSelect } from './parts-sql.ts'
import type { Statement } from './statement.ts'
import type { Strand } from './strands.ts'

/** A strand as a subquery with the bucket, the keys and a value for each measure of it. */
export interface StrandSql {
  readonly text: string
  readonly names: readonly string[]
}

export function strandSql(statement: Statement, strand: Strand, windows: readonly Window[]): StrandSql {
  switch (strand.kind) {
    case 'plain':
      return { text: mergedSql(statement, strand.measures, windows), names: namesOf(strand.measures) }
    case 'total':
      throw new Error('totals are joined, not laid beside the others')
    case 'last':
      return lastSql(statement, strand, windows)
    case 'exact':
      return exactSql(statement, strand.measures, windows)
    case 'spread':
      return { text: spreadSql(statement, strand, windows), names: [strand.name] }
    case 'mean':
      return { text: meanSql(statement, strand, windows), names: [strand.name] }
  }
}

const namesOf = (measures: readonly NamedMeasure[]) => measures.map(({ name }) => name)

/** Finished values of measures whose parts are merged. */
export function mergedSql(statement: Statement, measures: readonly NamedMeasure[], windows: readonly Window[]): string {
  const keys = [BUCKET, ...keyNames(statement)]
  return `SELECT ${[...keys, ...mergedValues(measures)].join(', ')}
FROM (
${partsSql(statement, { measures, windows })}
)
GROUP BY ${keys.join(', ')}`
}

/**
 * The same, and once more of the windows of each whole together: `IS_WHOLE` says which, and `WHOLE` is its start. The parts are read
 * once for both.
 */
export function mergedWithWholesSql(
  statement: Statement,
  measures: readonly NamedMeasure[],
  windows: readonly Window[],
  wholes: readonly Window[],
): string {
  const starts = statement.bindList('wholes', 'Int64', startsOf(wholes))
  return `SELECT ${[BUCKET, WHOLE, `toBool(grouping(${BUCKET})) AS ${IS_WHOLE}`, ...mergedValues(measures)].join(', ')}
FROM (
SELECT *, roundDown(${BUCKET}, ${starts}) AS ${WHOLE} FROM (
${partsSql(statement, { measures, windows })}
)
)
GROUP BY GROUPING SETS ((${BUCKET}), (${WHOLE}))`
}

const mergedValues = (measures: readonly NamedMeasure[]) =>
  measures.map(({ name, measure }) => `${final(measure, partName(name))} AS ${valueName(name)}`)

/** From parts in columns of which the names begin with `prefix`. */
function final(measure: Measure, prefix: string): string {
  if (measure.class === 'exact' || measure.class === 'derived' || measure.class === 'window') {
    throw new Error(`the measure of ${prefix} has no parts`)
  }
  return finalSql(measure, prefix)
}

function lastSql(
  statement: Statement,
  { measures, per }: Extract<Strand, { kind: 'last' }>,
  windows: readonly Window[],
): StrandSql {
  const things = per.flatMap((name) => {
    const dimension = statement.cube.dimensions[name]
    return dimension ? [{ name, dimension }] : []
  })
  const keys = [BUCKET, ...keyNames(statement)]
  const inner = [...keys, ...things.map(({ name }) => thingName(name))]
  const values = measures.map(({ name, measure }) => `${final(measure, partName(name))} AS ${lastName(name)}`)
  return {
    names: namesOf(measures),
    text: `SELECT ${[...keys, ...measures.map(({ name }) => `sum(${lastName(name)}) AS ${valueName(name)}`)].join(', ')}
FROM (
SELECT ${[...inner, ...values].join(', ')}
FROM (
${partsSql(statement, { measures, windows, per: things })}
)
GROUP BY ${inner.join(', ')}
)
GROUP BY ${keys.join(', ')}`,
  }
}

function exactSql(statement: Statement, measures: readonly NamedMeasure[], windows: readonly Window[]): StrandSql {
  const { timeColumn } = statement.cube.base
  const values = measures.map(({ name, measure }) => {
    if (measure.class !== 'exact') throw new Error(`the measure ${name} is not exact`)
    const { state } = measure
    const sql =
      state.kind === 'median'
        ? `quantileExactInclusiveOrNullIf(0.5)(toFloat64(${state.of}), ${state.only ?? 'true'})`
        : `argMax(toFloat64(${state.of}), ${timeColumn})`
    return `${sql} AS ${valueName(name)}`
  })
  const keys = [BUCKET, ...keyNames(statement)]
  return {
    names: namesOf(measures),
    text: `${rawSelect(statement, { measures, windows }, windows, values)}\nGROUP BY ${keys.join(', ')}`,
  }
}

/**
 * Windows that overlap: parts are merged by the pieces that all windows are made of, and each of these goes into the windows that
 * it lies in.
 */
function spreadSql(
  statement: Statement,
  { name, base, pieces }: Extract<Strand, { kind: 'spread' }>,
  windows: readonly Window[],
): string {
  const keys = keyNames(statement)
  const parts = partsOf(base.measure, statement.cube.base)
  const merged = parts.map(({ suffix, merged }) => {
    return `${merged(`${partName(base.name)}${suffix}`)} AS ${mergedName(base.name)}${suffix}`
  })
  const starts = statement.bindList('starts', 'Int64', startsOf(windows))
  const places = statement.bindList('pieces', 'Int64', startsOf(pieces))
  const list = (name: string, values: number[]) => statement.bindList(name, 'Int64', values)
  const first = list(
    'first',
    pieces.map(({ first }) => first + 1),
  )
  const count = list(
    'count',
    pieces.map(({ first, last }) => last - first + 1),
  )
  const inWindows = `arraySlice(${starts}, transform(${BUCKET}, ${places}, ${first}, 0), transform(${BUCKET}, ${places}, ${count}, 0))`
  return `SELECT ${[`${OUTER_BUCKET} AS ${BUCKET}`, ...keys, `${final(base.measure, mergedName(base.name))} AS ${valueName(name)}`].join(', ')}
FROM (
SELECT ${[`arrayJoin(${inWindows}) AS ${OUTER_BUCKET}`, ...keys, ...parts.map(({ suffix }) => `${mergedName(base.name)}${suffix}`)].join(', ')}
FROM (
SELECT ${[BUCKET, ...keys, ...merged].join(', ')}
FROM (
${partsSql(statement, { measures: [base], windows: pieces })}
)
GROUP BY ${[BUCKET, ...keys].join(', ')}
)
)
GROUP BY ${[OUTER_BUCKET, ...keys].join(', ')}`
}

const startsOf = (windows: readonly Window[]) => windows.map(({ start }) => start)

/** Of measures that are zero where nothing is, empty buckets count; buckets that have not begun never do. */
function meanSql(
  statement: Statement,
  { name, base, windows: fine, begun }: Extract<Strand, { kind: 'mean' }>,
  windows: readonly Window[],
): string {
  const keys = keyNames(statement)
  const now = statement.bind('now', 'Int64', statement.nowMs)
  const starts = statement.bindList('starts', 'Int64', startsOf(windows))
  const divisor =
    base.measure.gaps === 'zero'
      ? `nullIf(transform(${OUTER_BUCKET}, ${starts}, ${statement.bindList('begun', 'Int64', begun)}, 0), 0)`
      : `count(${valueName(base.name)})`
  return `SELECT ${[`${OUTER_BUCKET} AS ${BUCKET}`, ...keys, `toFloat64(sum(${valueName(base.name)})) / ${divisor} AS ${valueName(name)}`].join(', ')}
FROM (
SELECT ${[`roundDown(${BUCKET}, ${starts}) AS ${OUTER_BUCKET}`, ...keys, valueName(base.name)].join(', ')}
FROM (
${mergedSql(statement, [base], fine)}
)
WHERE ${BUCKET} <= ${now}
)
GROUP BY ${[OUTER_BUCKET, ...keys].join(', ')}`
}
