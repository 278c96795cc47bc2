import { AppError } from '../errors.ts'
import type { QueryAnswer, Row, Value } from '../query/query.ts'
import type { ParameterValues } from './read-parameters.ts'
import { parameterValue } from './resolve-queries.ts'
import {
  type AnswerReference,
  type AnswerTemplate,
  type ColumnReference,
  type EachReference,
  type Formatting,
  isObject,
  type Joined,
  referenceKey,
} from './template.ts'

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json }

interface ShapeInput {
  readonly values: ParameterValues
  /** By the names of the queries. */
  readonly answers: Readonly<Record<string, Pick<QueryAnswer, 'rows' | 'totals'>>>
}

/** The answer of an endpoint, whose template was checked by `checkEndpoint`. */
export function shapeAnswer(template: AnswerTemplate, input: ShapeInput): Json {
  return shape(template, input, [])
}

/** `group` are the rows at hand: one of them, or those that are equal in the columns they were grouped by. */
function shape(template: AnswerTemplate, input: ShapeInput, group: readonly Row[]): Json {
  if (Array.isArray(template)) return template.map((item) => shape(item, input, group))
  if (!isObject(template)) return template as Json
  if (referenceKey(template) !== undefined) return shapeReference(template as AnswerReference, input, group)
  return Object.fromEntries(
    Object.entries(template).map(([key, part]) => [key, shape(part as AnswerTemplate, input, group)]),
  )
}

function shapeReference(reference: AnswerReference, input: ShapeInput, group: readonly Row[]): Json {
  if ('$parameter' in reference) return parameterValue(reference, input.values) ?? null
  if ('$column' in reference) return groupColumn(reference, group)
  if ('$each' in reference) return shapeEach(reference, input, group)
  const { column, ...format } = reference
  const row = '$value' in format ? answerOf(format.$value, input).rows[0] : grandTotal(format.$total, input)
  return formatted(valueIn(row, column), format)
}

function grandTotal(query: string, input: ShapeInput): Row | undefined {
  return answerOf(query, input).totals.find(({ dimensions }) => dimensions.length === 0)?.rows[0]
}

function groupColumn(reference: ColumnReference, group: readonly Row[]): Json {
  const [first = null, ...others] = group.map((row) => formatted(valueIn(row, reference.$column), reference))
  if (others.every((value) => value === first)) return first
  throw new AppError('invalid_config', `"${reference.$column}" has several values in one group of an endpoint's rows`, {
    hint: 'Group by more columns, or show the rows of the group with eachOfGroup(…).',
  })
}

function shapeEach({ $each, by, keyed, item }: EachReference, input: ShapeInput, group: readonly Row[]): Json {
  const rows = $each === null ? group : sourceRows($each, input)
  const groups = by ? grouped(rows, by) : rows.map((row) => [row])
  if (!keyed) return groups.map((one) => shape(item, input, one))
  const key = by?.[0] as ColumnReference
  return Object.fromEntries(
    groups.map((one) => [String(formatted(valueIn(one[0], key.$column), key) ?? ''), shape(item, input, one)]),
  )
}

/** By what is shown, not by what it was made of: days that are shown as months are groups of a month. */
function grouped(rows: readonly Row[], by: readonly ColumnReference[]): Row[][] {
  const keyOf = (row: Row) => JSON.stringify(by.map((column) => formatted(valueIn(row, column.$column), column)))
  return [...Map.groupBy(rows, keyOf).values()]
}

function sourceRows(source: string | Joined, input: ShapeInput): readonly Row[] {
  return typeof source === 'string' ? answerOf(source, input).rows : joinedRows(source, input)
}

/** In the order of the first query that has them; in the order of time when they are joined on it. */
function joinedRows({ join, on }: Joined, input: ShapeInput): Row[] {
  const joined = new Map<string, Row>()
  for (const query of join) {
    for (const row of answerOf(query, input).rows) {
      const shared = on.map((name): [string, Value] => [name, valueIn(row, name)])
      const others = Object.entries(row).filter(([name]) => !on.includes(name))
      const key = JSON.stringify(shared)
      joined.set(key, {
        ...(joined.get(key) ?? Object.fromEntries(shared)),
        ...Object.fromEntries(others.map(([name, value]) => [`${query}.${name}`, value])),
      })
    }
  }
  const rows = [...joined.values()]
  return on.includes('time') ? rows.toSorted((a, b) => epochMs(a) - epochMs(b)) : rows
}

const epochMs = (row: Row) => Date.parse(String(row.time))

function answerOf(query: string, { answers }: ShapeInput) {
  const answer = Object.hasOwn(answers, query) ? answers[query] : undefined
  if (!answer) throw new Error(`the query ${query} was not asked`)
  return answer
}

function valueIn(row: Row | undefined, column: string): Value {
  return (row && Object.hasOwn(row, column) ? row[column] : null) ?? null
}

function formatted(value: Value, { as, digits, otherwise }: Formatting): Value {
  if (value === null) return otherwise ?? null
  if (typeof value === 'number') return digits === undefined ? value : Number(value.toFixed(digits))
  return as === undefined || typeof value !== 'string' ? value : calendarName(value, as)
}

/** A time has its zone's offset, so its first ten characters are the date there. */
function calendarName(time: string, as: NonNullable<Formatting['as']>): string {
  const date = time.slice(0, 10)
  switch (as) {
    case 'date':
      return date
    case 'week': {
      const { yearOfWeek, weekOfYear } = Temporal.PlainDate.from(date)
      return `${yearOfWeek}-W${String(weekOfYear).padStart(2, '0')}`
    }
    case 'month':
      return date.slice(0, 7)
    case 'quarter':
      return `${date.slice(0, 4)}-Q${Math.ceil(Number(date.slice(5, 7)) / 3)}`
    case 'year':
      return date.slice(0, 4)
  }
}
