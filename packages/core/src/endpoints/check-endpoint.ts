import type { Issue } from '../errors.ts'
import { checkAnswer } from './check-answer.ts'
import { checkQueryReferences } from './check-references.ts'
import { EndpointDefinition, type EndpointParameter, pathParameters } from './endpoint.ts'
import { queryColumns } from './query-columns.ts'
import { expectation, isDate, type ParameterValue, type ParameterValues } from './read-parameters.ts'
import { parseQuery } from './resolve-queries.ts'

export type CheckedEndpoint = { readonly definition: EndpointDefinition } | { readonly issues: readonly Issue[] }

/** Everything that is wrong with an endpoint and can be seen without the cubes that it asks. */
export function checkEndpoint(value: unknown): CheckedEndpoint {
  const parsed = EndpointDefinition.safeParse(value)
  if (!parsed.success) {
    return { issues: parsed.error.issues.map(({ path, message }) => ({ path: path.map(pathPart), message })) }
  }
  const definition = parsed.data
  const used = new Set(pathParameters(definition.path))
  const issues = [...checkPath(definition), ...checkParameters(definition)]
  const columns = Object.fromEntries(
    Object.entries(definition.queries).map(([name, template]) => [name, queryColumns(template)]),
  )
  const references = [...checkQueries(definition, used), ...checkAnswer(definition, columns, used)]
  issues.push(...references, ...unusedParameters(definition, used))
  // A query can only be tried when everything that it refers to is there.
  if (issues.length === 0) issues.push(...tryQueries(definition))
  return issues.length > 0 ? { issues } : { definition }
}

const pathPart = (key: PropertyKey) => (typeof key === 'symbol' ? String(key) : key)

function checkPath({ path, parameters }: EndpointDefinition): Issue[] {
  const names = pathParameters(path)
  return names.flatMap((name, i): Issue[] => {
    if (names.indexOf(name) < i) return [{ path: ['path'], message: `{${name}} stands in it twice` }]
    const parameter = Object.hasOwn(parameters, name) ? parameters[name] : undefined
    if (!parameter) return [{ path: ['path'], message: `expected a parameter "${name}" for {${name}}` }]
    if (parameter.optional || parameter.default !== undefined) {
      const message = 'a part of the path is always there: expected no default and no optional'
      return [{ path: ['parameters', name], message }]
    }
    return []
  })
}

function checkParameters({ parameters }: EndpointDefinition): Issue[] {
  return Object.entries(parameters).flatMap(([name, parameter]) => [
    ...checkDefault(name, parameter),
    ...checkAfter(name, parameter, parameters),
  ])
}

function checkDefault(name: string, parameter: EndpointParameter): Issue[] {
  const { default: value } = parameter
  if (value === undefined || fits(parameter, value)) return []
  return [
    {
      path: ['parameters', name, 'default'],
      message: `expected ${expectation(parameter)}, got ${JSON.stringify(value)}`,
    },
  ]
}

function fits(parameter: EndpointParameter, value: unknown): boolean {
  switch (parameter.type) {
    case 'choice':
      return typeof value === 'string' && parameter.oneOf.includes(value)
    case 'date':
      return typeof value !== 'string' || isDate(value)
    case 'number': {
      const { min = -Infinity, max = Infinity, integer } = parameter
      return typeof value === 'number' && value >= min && value <= max && (!integer || Number.isSafeInteger(value))
    }
    case 'text':
      return typeof value === 'string' && value.length <= parameter.maxLength
    case 'boolean':
      return true
  }
}

function checkAfter(name: string, parameter: EndpointParameter, parameters: EndpointDefinition['parameters']): Issue[] {
  if (parameter.type !== 'date' || parameter.after === undefined) return []
  const other = Object.hasOwn(parameters, parameter.after) ? parameters[parameter.after] : undefined
  if (other?.type === 'date' && parameter.after !== name) return []
  const message = `expected the name of another parameter of type date, got "${parameter.after}"`
  return [{ path: ['parameters', name, 'after'], message }]
}

function checkQueries(definition: EndpointDefinition, used: Set<string>): Issue[] {
  return Object.entries(definition.queries).flatMap(([name, template]) => {
    const path = ['queries', name]
    const cube: Issue[] =
      typeof template.cube === 'string' ? [] : [{ path: [...path, 'cube'], message: 'expected the name of a cube' }]
    return [...cube, ...checkQueryReferences(template, definition, path, used)]
  })
}

function unusedParameters({ parameters }: EndpointDefinition, used: ReadonlySet<string>): Issue[] {
  return Object.keys(parameters)
    .filter((name) => !used.has(name) && !Object.values(parameters).some((one) => 'after' in one && one.after === name))
    .map((name) => ({ path: ['parameters', name], message: 'no query and no part of the answer uses it' }))
}

function tryQueries(definition: EndpointDefinition): Issue[] {
  const issues = new Map<string, Issue>()
  for (const values of samples(definition)) {
    for (const [name, template] of Object.entries(definition.queries)) {
      const result = parseQuery(template, values)
      for (const { path, message } of 'issues' in result ? result.issues : []) {
        issues.set(JSON.stringify([name, path, message]), { path: ['queries', name, ...path], message })
      }
    }
  }
  return [...issues.values()]
}

/** Sets of values that together have every choice, and every optional parameter both there and not. */
export function samples({ parameters }: EndpointDefinition): ParameterValues[] {
  const all = Object.entries(parameters)
  const usual = Object.fromEntries(all.map(([name, parameter]) => [name, sampleOf(parameter)]))
  const required = Object.fromEntries(
    all.flatMap(([name, parameter]) => (parameter.optional ? [] : [[name, sampleOf(parameter)]])),
  )
  const choices = all.flatMap(([name, parameter]) =>
    parameter.type === 'choice' ? parameter.oneOf.map((choice) => ({ ...usual, [name]: choice })) : [],
  )
  return [usual, required, ...choices]
}

/** Two dates are a day apart, so that no grain has too many buckets between them. */
function sampleOf(parameter: EndpointParameter): ParameterValue {
  if (parameter.type !== 'date') return exampleOf(parameter)
  return parameter.after ? '2026-01-02' : '2026-01-01'
}

/** A value that the parameter takes. */
export function exampleOf(parameter: EndpointParameter): ParameterValue {
  switch (parameter.type) {
    case 'choice':
      return parameter.default ?? (parameter.oneOf[0] as string)
    case 'date':
      if (typeof parameter.default === 'string') return parameter.default
      // Of two dates, the one that has to be later is.
      return parameter.after ? '2026-02-01' : '2026-01-01'
    case 'number':
      return parameter.default ?? parameter.min ?? Math.min(parameter.max ?? 1, 1)
    case 'text':
      return parameter.default ?? 'text'
    case 'boolean':
      return parameter.default ?? true
  }
}
