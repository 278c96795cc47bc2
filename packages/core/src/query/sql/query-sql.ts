import type { CubeDefinition } from '../../cubes/cube.ts'
import { formulaSql, parseFormula } from '../../cubes/formula/formula.ts'
import { bucketIndexSql } from '../../cubes/sql/dimension-sql.ts'
import { isImported, type NamedMeasure } from '../resolve/resolve-measures.ts'
import type { NamedDimension, ResolvedQuery, Window } from '../resolve/resolve-query.ts'
import {
  BUCKET,
  besideName,
  IS_REST,
  IS_WHOLE,
  keyName,
  OUTER_BUCKET,
  totalName,
  valueName,
  WHOLE,
} from './own-names.ts'
import { keyNames } from './parts-sql.ts'
import { type CubeStorage, type Keys, type RejectedRollup, Statement } from './statement.ts'
import { mergedSql, mergedWithWholesSql, strandSql } from './strand-sql.ts'
import { type Strand, strandsOf } from './strands.ts'

/**
 * A query as SQL for ClickHouse. Settled buckets are read from the cube's table and touched ones from raw rows, both as parts
 * that are then merged, so that an answer never mixes a settled part with a second count of the same rows.
 *
 * Names come from the cube's definition, values are bound parameters; no text of a request is part of the SQL.
 */
export interface QuerySql {
  readonly text: string
  readonly parameters: Record<string, unknown>
  readonly tables: readonly string[]
  /** The dimensions of the rollup that was read, absent where all came from raw rows. */
  readonly rollup: readonly string[] | undefined
  readonly rejected: readonly RejectedRollup[]
}

/** A part of a query that is one statement: the main rows, the rows of a comparison, totals, the keys of a top list. */
export interface SeriesRequest
  extends Pick<ResolvedQuery, 'cube' | 'measures' | 'dimensions' | 'filters' | 'calendar' | 'having' | 'order'> {
  readonly windows: readonly Window[]
  /** Rows carry `time`, the start of their window in milliseconds. */
  readonly hasTime: boolean
  readonly keys?: Keys
  /** Of several windows, the one that says which combinations of dimensions come first: those that it has, in this order. */
  readonly ranking?: { readonly window: Window; readonly order: ResolvedQuery['order'] }
  readonly limit: number
  readonly nowMs: number
  /**
   * Stretches of several windows: rows with `isWhole` have the values of each. Only for measures that are plain (`arePlain`), with time
   * and without dimensions; the windows of each whole fill it.
   */
  readonly wholes?: readonly Window[]
}

export function seriesSql(request: SeriesRequest, storage: CubeStorage | undefined): QuerySql {
  const { cube, measures, windows, calendar } = request
  const statement = new Statement({ ...request, storage, keys: request.keys })
  const strands = strandsOf(measures, cube, windows, calendar, request.nowMs)
  const totals = strands.filter((strand) => strand.kind === 'total')
  const beside = () =>
    strands.filter((strand) => strand.kind !== 'total').map((strand) => strandSql(statement, strand, windows))
  const rows = request.wholes
    ? withWholes(statement, strands, windows, request.wholes)
    : laidBeside(statement, beside())
  const from = [
    ...(totals.length > 0 ? [`SELECT * FROM (\n${rows}\n) AS beside`] : [rows]),
    ...totals.map(({ measures }) => totalJoin(statement, measures, windows)),
  ]
  // None of them is cut off by the limit.
  const wholesFirst = request.wholes ? [`${IS_WHOLE} DESC`] : []
  const text = `SELECT ${answerColumns(request).join(', ')}
FROM (
${from.join('\n')}
)${havingSql(request, statement)}
ORDER BY ${[...wholesFirst, ...rankingSql(request, statement), ...orderSql(request)].join(', ')}
LIMIT ${statement.bind('limit', 'UInt32', request.limit)}`
  return {
    text,
    parameters: statement.parameters,
    tables: [...statement.tables],
    rollup: statement.rollup,
    rejected: statement.rejected,
  }
}

function withWholes(
  statement: Statement,
  [strand, ...others]: readonly Strand[],
  windows: readonly Window[],
  wholes: readonly Window[],
): string {
  if (strand?.kind !== 'plain' || others.length > 0) throw new Error('only plain measures have wholes')
  return mergedWithWholesSql(statement, strand.measures, windows, wholes)
}

/** One row for each window and combination of dimensions that any strand has. */
function laidBeside(statement: Statement, strands: readonly { text: string; names: readonly string[] }[]): string {
  const [only, ...others] = strands
  if (!only) throw new Error('a query has measures')
  if (others.length === 0) return only.text
  const keys = [BUCKET, ...keyNames(statement)]
  const names = strands.flatMap((strand) => strand.names)
  const parts = strands.map((strand) => {
    const columns = names.map((name) => {
      return `${strand.names.includes(name) ? valueName(name) : 'NULL'} AS ${besideName(name)}`
    })
    return `SELECT ${[...keys, ...columns].join(', ')} FROM (\n${strand.text}\n)`
  })
  const values = names.map((name) => {
    const isZero = statement.cube.measures[name]?.gaps === 'zero'
    const any = `any(${besideName(name)})`
    return `${isZero ? `ifNull(${any}, 0)` : any} AS ${valueName(name)}`
  })
  return `SELECT ${[...keys, ...values].join(', ')}
FROM (
${parts.join('\nUNION ALL\n')}
)
GROUP BY ${keys.join(', ')}`
}

/** The values of all rows of a window together, beside each of its rows. */
function totalJoin(statement: Statement, measures: readonly NamedMeasure[], windows: readonly Window[]): string {
  const whole = statement.withoutDimensions()
  const columns = measures.map(({ name }) => `${valueName(name)} AS ${totalName(name)}`)
  return `LEFT ANY JOIN (
SELECT ${[`${BUCKET} AS ${OUTER_BUCKET}`, ...columns].join(', ')} FROM (
${mergedSql(whole, measures, windows)}
)
) AS totals ON ${BUCKET} = ${OUTER_BUCKET}`
}

function answerColumns({ hasTime, dimensions, measures, cube, keys, wholes }: SeriesRequest): string[] {
  const time = wholes ? `if(${IS_WHOLE}, ${WHOLE}, ${BUCKET})` : BUCKET
  return [
    ...(hasTime ? [`${time} AS \`time\``] : []),
    ...(wholes ? [`${IS_WHOLE} AS \`isWhole\``] : []),
    ...dimensions.map(
      ({ name }) => `${keys?.rest ? `if(${IS_REST}, NULL, ${keyName(name)})` : keyName(name)} AS \`${name}\``,
    ),
    ...(keys?.rest ? [`${IS_REST} AS \`isRest\``] : []),
    ...measures.map(({ name }) => `${rowValueSql(name, cube, keys)} AS \`${name}\``),
  ]
}

/** Of a row: what another system computed for single combinations says nothing about the rest of them. */
function rowValueSql(name: string, cube: CubeDefinition, keys: Keys | undefined): string {
  const value = valueSql(name, cube)
  const measure = cube.measures[name]
  return keys?.rest && measure && isImported({ name, measure }, cube) ? `if(${IS_REST}, NULL, ${value})` : value
}

/** The value of a measure from those that the strands have. */
function valueSql(name: string, cube: CubeDefinition): string {
  const measure = cube.measures[name]
  if (measure?.class === 'derived') {
    return formulaSql(parseFormula(measure.formula), (input) => `(${valueSql(input, cube)})`)
  }
  if (measure?.class === 'window' && measure.window.kind === 'share') {
    return `toFloat64(${valueName(measure.measure)}) / nullIf(toFloat64(${totalName(measure.measure)}), 0)`
  }
  return valueName(name)
}

const OPERATORS = { gt: '>', gte: '>=', lt: '<', lte: '<=', eq: '=', neq: '!=' } as const

function havingSql({ having, cube, keys }: SeriesRequest, statement: Statement): string {
  if (having.length === 0) return ''
  const conditions = having.map(
    ({ measure, op, value }) =>
      `${rowValueSql(measure, cube, keys)} ${OPERATORS[op]} ${statement.bind('having', 'Float64', value)}`,
  )
  return `\nWHERE ${conditions.join(' AND ')}`
}

/** The rest comes after what it is the rest of. */
function orderSql({ order, cube, dimensions, keys }: SeriesRequest): string[] {
  const terms = order.map(({ by, direction }) => {
    const named = dimensions.find(({ name }) => name === by)
    const sql = by === 'time' ? BUCKET : named ? dimensionOrder(named) : valueSql(by, cube)
    return { by, text: `${sql} ${direction.toUpperCase()} NULLS LAST` }
  })
  if (!keys?.rest) return terms.length > 0 ? terms.map(({ text }) => text) : [`${BUCKET} ASC`]
  const first = terms[0]?.by === 'time' ? 1 : 0
  return terms.map(({ text }) => text).toSpliced(first, 0, `${IS_REST} ASC`)
}

function rankingSql(request: SeriesRequest, statement: Statement): string[] {
  const { ranking, cube, dimensions } = request
  if (!ranking) return []
  const isIn = `${BUCKET} = ${statement.bind('ranking', 'Int64', ranking.window.start)}`
  const over = `OVER (PARTITION BY ${dimensions.map(({ name }) => keyName(name)).join(', ')})`
  const terms = orderSql({ ...request, order: ranking.order })
  const values = ranking.order.map(({ by, direction }, i) =>
    dimensions.some(({ name }) => name === by)
      ? (terms[i] as string)
      : `max(if(${isIn}, toNullable(${valueSql(by, cube)}), NULL)) ${over} ${direction.toUpperCase()} NULLS LAST`,
  )
  return [`max(${isIn}) ${over} DESC`, ...values]
}

/** Ranges of numbers stand in the order of the numbers, everything else in its own. */
function dimensionOrder({ name, dimension }: NamedDimension): string {
  return dimension.kind === 'buckets' ? bucketIndexSql(dimension, keyName(name)) : keyName(name)
}
