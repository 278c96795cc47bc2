import { AppError } from '../errors.ts'
import type { QueryInput } from '../query/query.ts'
import { checkEndpoint } from './check-endpoint.ts'
import type { EndpointDefinition, EndpointParameterInput } from './endpoint.ts'
import type {
  AnswerTemplate,
  ColumnReference,
  EachReference,
  Formatting,
  Joined,
  ParameterReference,
  Templated,
  TotalReference,
  ValueReference,
  WhenReference,
} from './template.ts'

/** The module `almanac/endpoints` of a workspace: the words that an endpoint is written with. */

export interface EndpointInput {
  /** Behind `/api`, such as `/pipeline/{period}`. */
  readonly path: string
  readonly summary: string
  readonly description?: string
  readonly parameters?: Readonly<Record<string, EndpointParameterInput>>
  readonly queries: Readonly<Record<string, Templated<QueryInput>>>
  readonly answer: AnswerTemplate
  readonly isPublic?: boolean
  readonly maxAgeSeconds?: number
  readonly timezone?: string
}

/** Checks the endpoint and fills in what was left out. Throws one `invalid_config` with everything that is wrong. */
export function defineEndpoint(input: EndpointInput): EndpointDefinition {
  const result = checkEndpoint(input)
  if ('definition' in result) return result.definition
  const { issues } = result
  throw new AppError(
    'invalid_config',
    `the endpoint ${input.path} has ${issues.length === 1 ? 'a mistake' : `${issues.length} mistakes`}`,
    { issues },
  )
}

/** The value of a parameter; of a date, so many days later. */
export function param(name: string, options: Omit<ParameterReference, '$parameter'> = {}): ParameterReference {
  return { $parameter: name, ...options }
}

/** In a list of a query, such as its filters: the item is only there when this optional parameter was given. */
export function when<Item>(parameter: string, item: Item): WhenReference<Item> {
  return { $when: parameter, item }
}

/** A column of the row at hand. */
export function column(name: string, format: Formatting = {}): ColumnReference {
  return { $column: name, ...format }
}

/** One number: a column of a query without dimensions and grain. */
export function value(query: string, column: string, format: Formatting = {}): ValueReference {
  return { $value: query, column, ...format }
}

/** The total of a query with `totals: [[]]`. */
export function total(query: string, column: string, format: Formatting = {}): TotalReference {
  return { $total: query, column, ...format }
}

/** A list with an item for each row. */
export function each(rows: string | Joined, item: AnswerTemplate): EachReference {
  return { $each: rows, item }
}

/** A list with an item for each group of rows that are equal in these columns; `rows` are those of the group. */
export function groups(
  rows: string | Joined | null,
  by: readonly (string | ColumnReference)[],
  item: AnswerTemplate,
): EachReference {
  return { $each: rows, by: by.map(asColumn), item }
}

/** An object with a key for each value of a column. */
export function keyed(rows: string | Joined | null, by: string | ColumnReference, item: AnswerTemplate): EachReference {
  return { $each: rows, by: [asColumn(by)], keyed: true, item }
}

/** Inside a group: a list with an item for each of its rows. */
export function eachOfGroup(item: AnswerTemplate): EachReference {
  return { $each: null, item }
}

/** Rows of several queries side by side, where these columns are equal. */
export function join(queries: readonly string[], on: readonly string[]): Joined {
  return { join: [...queries], on: [...on] }
}

function asColumn(by: string | ColumnReference): ColumnReference {
  return typeof by === 'string' ? column(by) : by
}
