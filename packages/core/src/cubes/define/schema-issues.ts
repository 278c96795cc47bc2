import type { z } from 'zod'
import type { Issue } from '../../errors.ts'

/** What a schema found, said as everything else here says it: what was expected, and what came. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map(({ path, message }) => ({ path: path.map(pathPart), message }))
}

/** For `safeParse(value, { error: expectation })`. A message that the schema brings itself goes first. */
export function expectation(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case 'invalid_type':
      return `expected ${TYPES[issue.expected] ?? issue.expected}, got ${described(issue.input)}`
    case 'invalid_value':
      return `expected ${oneOf(issue.values)}, got ${described(issue.input)}`
    case 'unrecognized_keys':
      return `expected nothing by the name of ${issue.keys.map((key) => `"${key}"`).join(', ')}`
    case 'invalid_union':
      return 'options' in issue && Array.isArray(issue.options)
        ? `expected ${oneOf(issue.options)}, got ${described(discriminator(issue))}`
        : `expected another value, got ${described(issue.input)}`
    case 'too_small':
      return `expected ${sized(issue.origin, 'at least', Number(issue.minimum), issue.input)}`
    case 'too_big':
      return `expected ${sized(issue.origin, 'at most', Number(issue.maximum), issue.input)}`
    default:
      return undefined
  }
}

/** A value in a sentence, cut where it is long. */
export function described(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'a list'
  if (typeof value === 'object') return 'an object'
  if (typeof value === 'function') return 'a function'
  if (typeof value !== 'string') return String(value)
  return JSON.stringify(value.length > 80 ? `${value.slice(0, 80)}…` : value)
}

function sized(origin: string, bound: 'at least' | 'at most', size: number, input: unknown): string {
  switch (origin) {
    case 'number':
    case 'int':
      return `${bound} ${size}, got ${described(input)}`
    case 'string':
      return `${bound} ${size} ${size === 1 ? 'character' : 'characters'}, got ${described(input)}`
    default:
      return `${bound} ${size} of them`
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
}

function oneOf(values: readonly unknown[]): string {
  const texts = values.map(described)
  return texts.length === 1 ? String(texts[0]) : `one of ${texts.join(', ')}`
}

function discriminator({
  input,
  discriminator: key,
}: {
  input?: unknown
  discriminator?: string | undefined
}): unknown {
  if (typeof input !== 'object' || input === null || key === undefined) return input
  return (input as Readonly<Record<string, unknown>>)[key]
}

const pathPart = (key: PropertyKey) => (typeof key === 'symbol' ? String(key) : key)
