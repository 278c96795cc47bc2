import type { Issue } from '../errors.ts'
import type { EndpointDefinition } from './endpoint.ts'
import { isObject, type ParameterReference, REFERENCES, referenceKey } from './template.ts'

type Path = Issue['path']

/** What is wrong with the references to parameters in a query. `used` gets the names of all that it refers to. */
export function checkQueryReferences(
  template: unknown,
  definition: EndpointDefinition,
  path: Path,
  used: Set<string>,
  given: readonly string[] = [],
): Issue[] {
  const inside = (part: unknown, key: string | number, also: readonly string[] = given) =>
    checkQueryReferences(part, definition, [...path, key], used, also)
  if (Array.isArray(template)) {
    return template.flatMap((item, i) => {
      if (!isObject(item) || !Object.hasOwn(item, '$when')) return inside(item, i)
      const parsed = REFERENCES.$when.safeParse(item)
      if (!parsed.success) return [malformed('$when', [...path, i])]
      const { $when } = parsed.data
      return [...whenIssues($when, definition, [...path, i], used), ...inside(parsed.data.item, i, [...given, $when])]
    })
  }
  if (!isObject(template)) return []
  const key = referenceKey(template)
  if (key === undefined) return Object.entries(template).flatMap(([name, part]) => inside(part, name))
  if (key === '$when') return [{ path, message: 'expected when(…) as an item of a list' }]
  if (key !== '$parameter') return [{ path, message: `expected a value or param(…), got ${key}` }]
  return checkParameterReference(template, definition, path, used, given)
}

/** `given` are the optional parameters that are known to be there. */
export function checkParameterReference(
  reference: unknown,
  definition: EndpointDefinition,
  path: Path,
  used: Set<string>,
  given: readonly string[],
): Issue[] {
  const parsed = REFERENCES.$parameter.safeParse(reference)
  if (!parsed.success) return [malformed('$parameter', path)]
  const { $parameter, plusDays }: ParameterReference = parsed.data
  const parameter = parameterOf($parameter, definition)
  if (!parameter) return [unknownParameter($parameter, definition, path)]
  used.add($parameter)
  if (plusDays !== undefined && parameter.type !== 'date') {
    return [{ path, message: `"${$parameter}" is no date: expected no plusDays` }]
  }
  if (parameter.optional && parameter.default === undefined && !given.includes($parameter)) {
    const message = `"${$parameter}" may be missing: expected a default, or it inside when('${$parameter}', …)`
    return [{ path, message }]
  }
  return []
}

function whenIssues(name: string, definition: EndpointDefinition, path: Path, used: Set<string>): Issue[] {
  const parameter = parameterOf(name, definition)
  if (!parameter) return [unknownParameter(name, definition, path)]
  used.add(name)
  return parameter.optional ? [] : [{ path, message: `"${name}" is always there: expected optional: true, or no when` }]
}

function parameterOf(name: string, { parameters }: EndpointDefinition) {
  return Object.hasOwn(parameters, name) ? parameters[name] : undefined
}

function unknownParameter(name: string, { parameters }: EndpointDefinition, path: Path): Issue {
  const known = Object.keys(parameters).join(', ') || 'none'
  return { path, message: `there is no parameter "${name}": the endpoint has ${known}` }
}

export function malformed(key: string, path: Path): Issue {
  return { path, message: `the reference ${key} has parts that it does not know, or lacks one` }
}
