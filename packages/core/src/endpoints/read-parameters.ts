import type { Issue } from '../errors.ts'
import { type EndpointDefinition, type EndpointParameter, pathParameters } from './endpoint.ts'

export type ParameterValue = string | number | boolean
/** Optional parameters that were not given are not in it. */
export type ParameterValues = Readonly<Record<string, ParameterValue>>

/** What was asked with, as text. A name that came twice has an array. */
export type RawParameters = Readonly<Record<string, string | readonly string[] | undefined>>

/** The parameters of a request, all that is wrong with them at once, with the parameter as the path. */
export function readParameters(
  definition: EndpointDefinition,
  raw: RawParameters,
  now: Temporal.Instant,
): { readonly values: ParameterValues } | { readonly issues: readonly Issue[] } {
  const { parameters } = definition
  const issues: Issue[] = unknownParameters(definition, raw)
  const values: Record<string, ParameterValue> = {}
  const today = now.toZonedDateTimeISO(definition.timezone).toPlainDate()
  for (const [name, parameter] of Object.entries(parameters)) {
    const result = readParameter(parameter, raw[name], today)
    if ('message' in result) issues.push({ path: [name], message: result.message })
    else if (result.value !== undefined) values[name] = result.value
  }
  issues.push(...orderIssues(definition, values))
  return issues.length > 0 ? { issues } : { values }
}

function unknownParameters({ parameters, path }: EndpointDefinition, raw: RawParameters): Issue[] {
  const known = Object.keys(parameters).filter((name) => !pathParameters(path).includes(name))
  const expected = known.length === 0 ? 'this endpoint has none' : `expected ${known.join(', ')}`
  return Object.keys(raw)
    .filter((name) => raw[name] !== undefined && !Object.hasOwn(parameters, name))
    .map((name) => ({ path: [name], message: `there is no parameter "${name}": ${expected}` }))
}

type Read = { readonly value: ParameterValue | undefined } | { readonly message: string }

function readParameter(parameter: EndpointParameter, raw: RawParameters[string], today: Temporal.PlainDate): Read {
  if (raw !== undefined && typeof raw !== 'string') return { message: 'expected one value, got several' }
  if (raw !== undefined) return readText(parameter, raw)
  if (parameter.default !== undefined) return { value: defaultValue(parameter.default, today) }
  return parameter.optional ? { value: undefined } : { message: `expected ${expectation(parameter)}, got nothing` }
}

function defaultValue(value: ParameterValue | { readonly daysFromToday: number }, today: Temporal.PlainDate) {
  return typeof value === 'object' ? today.add({ days: value.daysFromToday }).toString() : value
}

function readText(parameter: EndpointParameter, text: string): Read {
  const value = typedValue(parameter, text)
  return value === undefined ? { message: `expected ${expectation(parameter)}, got "${shortened(text)}"` } : { value }
}

function typedValue(parameter: EndpointParameter, text: string): ParameterValue | undefined {
  switch (parameter.type) {
    case 'choice':
      return parameter.oneOf.includes(text) ? text : undefined
    case 'date':
      return isDate(text) ? text : undefined
    case 'number':
      return numberOf(parameter, text)
    case 'text':
      return text !== '' && text.length <= parameter.maxLength ? text : undefined
    case 'boolean':
      return text === 'true' || text === 'false' ? text === 'true' : undefined
  }
}

function numberOf(
  { min = -Infinity, max = Infinity, integer }: Extract<EndpointParameter, { type: 'number' }>,
  text: string,
): number | undefined {
  if (!/^-?\d+(\.\d+)?$/.test(text)) return undefined
  const number = Number(text)
  return number >= min && number <= max && (!integer || Number.isSafeInteger(number)) ? number : undefined
}

export function isDate(text: string): boolean {
  if (!/^\d{4}-\d\d-\d\d$/.test(text)) return false
  try {
    Temporal.PlainDate.from(text)
    return true
  } catch {
    return false
  }
}

/** What a parameter takes, in words. */
export function expectation(parameter: EndpointParameter): string {
  switch (parameter.type) {
    case 'choice':
      return `one of ${parameter.oneOf.join(', ')}`
    case 'date':
      return 'a date such as 2026-01-31'
    case 'number': {
      const { min, max, integer } = parameter
      const bounds = [...(min === undefined ? [] : [`from ${min}`]), ...(max === undefined ? [] : [`up to ${max}`])]
      return [integer ? 'a whole number' : 'a number', ...bounds].join(' ')
    }
    case 'text':
      return `text of at most ${parameter.maxLength} characters`
    case 'boolean':
      return 'true or false'
  }
}

function orderIssues({ parameters }: EndpointDefinition, values: ParameterValues): Issue[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => {
    if (parameter.type !== 'date' || parameter.after === undefined) return []
    const [later, earlier] = [values[name], values[parameter.after]]
    // Dates of four digits for the year are in the order of their text.
    if (later === undefined || earlier === undefined || String(later) > String(earlier)) return []
    return [{ path: [name], message: `expected a date after ${parameter.after} (${earlier}), got ${later}` }]
  })
}

const shortened = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text)
