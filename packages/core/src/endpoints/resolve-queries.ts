import { AppError, type Issue } from '../errors.ts'
import { Query } from '../query/query.ts'
import type { EndpointDefinition } from './endpoint.ts'
import type { ParameterValues } from './read-parameters.ts'
import { isObject, isParameterReference, type ParameterReference } from './template.ts'

/** An answer that leaves rows out would look whole: without a limit of its own, a query may have this many. */
const MOST_ROWS = 100_000

/** The queries of an endpoint for these values of its parameters. */
export function resolveQueries(definition: EndpointDefinition, values: ParameterValues): Record<string, Query> {
  return Object.fromEntries(
    Object.entries(definition.queries).map(([name, template]) => {
      const result = parseQuery(template, values)
      if ('query' in result) return [name, result.query]
      const messages = result.issues.map(({ path, message }) => `${path.join('.')}: ${message}`)
      throw new AppError(
        'invalid_query',
        `the query "${name}" of ${definition.path} is not right: ${messages.join('; ')}`,
      )
    }),
  )
}

/** One query for these values. Its issues have their place in the query. */
export function parseQuery(
  template: unknown,
  values: ParameterValues,
): { readonly query: Query } | { readonly issues: readonly Issue[] } {
  const resolved = resolveTemplate(template, values)
  const result = Query.safeParse(isObject(resolved) ? { limit: MOST_ROWS, ...resolved } : resolved)
  if (result.success) return { query: result.data }
  return { issues: result.error.issues.map(({ path, message }) => ({ path: path.map(pathPart), message })) }
}

const pathPart = (key: PropertyKey) => (typeof key === 'symbol' ? String(key) : key)

function resolveTemplate(template: unknown, values: ParameterValues): unknown {
  if (Array.isArray(template)) return template.flatMap((item) => resolveItem(item, values))
  if (!isObject(template)) return template
  if (isParameterReference(template)) return parameterValue(template, values)
  return Object.fromEntries(Object.entries(template).map(([key, part]) => [key, resolveTemplate(part, values)]))
}

function resolveItem(item: unknown, values: ParameterValues): unknown[] {
  if (!isObject(item) || typeof item.$when !== 'string') return [resolveTemplate(item, values)]
  return Object.hasOwn(values, item.$when) ? [resolveTemplate(item.item, values)] : []
}

/** `undefined` for an optional parameter that was not given. */
export function parameterValue({ $parameter, plusDays }: ParameterReference, values: ParameterValues) {
  const value = Object.hasOwn(values, $parameter) ? values[$parameter] : undefined
  if (plusDays === undefined || typeof value !== 'string') return value
  return Temporal.PlainDate.from(value).add({ days: plusDays }).toString()
}
