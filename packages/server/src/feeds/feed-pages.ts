import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { typeOf } from '@almanac/core/cubes/sql/dimension-sql.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { Query, QueryAnswer, Value } from '@almanac/core/query/query.ts'
import { endOfBucket } from '@almanac/core/time/buckets.ts'
import { instantText } from './whole-buckets.ts'

export type RunQuery = (query: Query, signal?: AbortSignal) => Promise<QueryAnswer>

/**
 * All rows of a query with a grain in the order of dimensions and time, a page at a time and each row once. A page that is
 * full ends inside of a group of rows with the same first dimension, or, where one of its values alone fills it, with the same
 * second one: that group is left out, and the next page begins with it. With dimensions only rows are there that something
 * happened in: an answer in the order of time would have a row for every bucket of each combination.
 */
export async function* feedPages(
  query: Query,
  cube: CubeDefinition,
  runQuery: RunQuery,
  signal?: AbortSignal,
): AsyncGenerator<QueryAnswer> {
  const keys = [...splittable(query, cube).slice(0, MAX_ORDERS - 1), 'time']
  const first = keys[0] === 'time' ? query.dimensions.slice(0, 1) : []
  const order = [...first, ...keys].map((by) => ({ by, direction: 'asc' as const }))
  yield* pagesFrom({ ...query, order }, first.length > 0 ? [] : keys, { runQuery, signal })
}

/** A query orders by that many. */
const MAX_ORDERS = 5

interface Reading {
  readonly runQuery: RunQuery
  readonly signal: AbortSignal | undefined
}

async function* pagesFrom(query: Query, keys: readonly string[], reading: Reading): AsyncGenerator<QueryAnswer> {
  const [key, ...further] = keys
  for (let rest = query; ; ) {
    const answer = await reading.runQuery(rest, reading.signal)
    if (!answer.meta.truncated) {
      yield answer
      return
    }
    if (key === undefined) throw tooManyRows(query)
    const last = answer.rows.at(-1)?.[key] ?? null
    const whole = answer.rows.filter((row) => row[key] !== last)
    if (whole.length > 0) {
      yield { ...answer, rows: whole }
      rest = fromValue(query, key, last)
    } else {
      yield* pagesFrom(onlyValue(rest, key, last), further, reading)
      rest = behindValue(query, key, last)
      if (isEmpty(rest)) return
    }
  }
}

/**
 * Dimensions whose values have an order that a filter knows. A filter on a dimension takes the place of the cube's default
 * filter, which it must not do here.
 */
function splittable({ dimensions }: Query, cube: CubeDefinition): string[] {
  return dimensions.filter((name) => {
    const dimension = cube.dimensions[name]
    if (!dimension || dimension.kind === 'buckets') return false
    return typeOf(dimension) !== 'boolean' && !Object.hasOwn(cube.defaultFilters, name)
  })
}

function fromValue(query: Query, key: string, value: Value): Query {
  if (key === 'time') return { ...query, from: laterOf(query.from, String(value)) }
  const from = value as string | number
  return { ...query, filters: [...query.filters, { dimension: key, op: 'range', from }] }
}

function onlyValue(query: Query, key: string, value: Value): Query {
  if (key === 'time') return { ...query, from: laterOf(query.from, String(value)), to: endOf(query, String(value)) }
  const values = [value as string | number]
  return { ...query, filters: [...query.filters, { dimension: key, op: 'in', values }] }
}

function behindValue(query: Query, key: string, value: Value): Query {
  if (key === 'time') return { ...query, from: endOf(query, String(value)) }
  const rest = fromValue(query, key, value)
  const values = [value as string | number]
  return { ...rest, filters: [...rest.filters, { dimension: key, op: 'not_in', values }] }
}

function endOf({ grain, timezone, firstDayOfWeek, to }: Query, time: string): string {
  const start = Temporal.Instant.from(time).toZonedDateTimeISO(timezone ?? 'UTC')
  const end = instantText(endOfBucket(start, grain ?? 'day', firstDayOfWeek))
  return Date.parse(end) < Date.parse(to) ? end : to
}

const isEmpty = ({ from, to }: Query) => Date.parse(from) >= Date.parse(to)

/** A first bucket may begin before the range does. */
function laterOf(one: string, other: string): string {
  return Date.parse(one) > Date.parse(other) ? one : other
}

function tooManyRows({ from }: Query): AppError {
  return new AppError(
    'too_large',
    `the feed from ${from} on has more rows with the same dimensions than can be read at once`,
    {
      hint: 'Leave out a dimension with many values, or filter on it.',
    },
  )
}
