import type { Issue } from '@almanac/core/errors.ts'
import { MAX_PROPERTY_COUNT, MAX_PROPERTY_DEPTH, type NativeEvent } from '@almanac/core/events/native-event.ts'

type Properties = NonNullable<NativeEvent['properties']>
type Json = Properties[string]

/**
 * Checks what a client put into `properties`, down to the last value, without trusting its depth: the recursion stops at
 * `MAX_PROPERTY_DEPTH`, and the count at `MAX_PROPERTY_COUNT`. Strings that no database can hold are replaced, as in the
 * other fields of an event, and whole numbers beyond 64 bits become text. Answers with the properties, the same object if nothing had to be replaced, or the issue.
 */
export function checkProperties(input: unknown): { readonly properties: Properties } | { readonly issue: Issue } {
  const walk: Walk = { count: 0, path: ['properties'], unstorable: false }
  const problem = isObject(input) ? checkObject(input, 1, walk) : `expected an object, got ${kindOf(input)}`
  if (problem !== undefined) return { issue: { path: walk.path, message: problem } }
  const properties = input as Properties
  return { properties: walk.unstorable ? (storableCopy(properties) as Properties) : properties }
}

interface Walk {
  count: number
  /** Of the value under inspection; it stays where the first problem was met. */
  readonly path: (string | number)[]
  unstorable: boolean
}

// An own key of this name comes out of JSON.parse, and would change the prototype of any object it is copied to.
const PROTOTYPE_KEY = '__proto__'
const UNSTORABLE = /[\0\ud800-\udfff]/u

/** Each check answers with the problem, `undefined` if there is none. */
function checkValue(value: unknown, depth: number, walk: Walk): string | undefined {
  if (++walk.count > MAX_PROPERTY_COUNT) return `expected at most ${MAX_PROPERTY_COUNT} values`
  if (typeof value === 'string') return checkText(value, walk)
  if (typeof value === 'boolean' || value === null) return undefined
  if (typeof value === 'number') return checkNumber(value, walk)
  if (depth > MAX_PROPERTY_DEPTH) return `expected at most ${MAX_PROPERTY_DEPTH} levels`
  if (Array.isArray(value)) return checkArray(value, depth, walk)
  return isObject(value) ? checkObject(value, depth, walk) : `expected JSON, got ${kindOf(value)}`
}

function checkArray(values: readonly unknown[], depth: number, walk: Walk): string | undefined {
  for (let index = 0; index < values.length; index++) {
    walk.path.push(index)
    const problem = checkValue(values[index], depth + 1, walk)
    if (problem !== undefined) return problem
    walk.path.pop()
  }
  return undefined
}

function checkObject(object: Record<string, unknown>, depth: number, walk: Walk): string | undefined {
  for (const key in object) {
    walk.path.push(key)
    if (key === PROTOTYPE_KEY) return `expected a name other than ${PROTOTYPE_KEY}`
    const problem = checkText(key, walk) ?? checkValue(object[key], depth + 1, walk)
    if (problem !== undefined) return problem
    walk.path.pop()
  }
  return undefined
}

function checkNumber(value: number, walk: Walk): string | undefined {
  if (!Number.isFinite(value)) return `expected a finite number, got ${value}`
  if (isTooLong(value)) walk.unstorable = true
  return undefined
}

/** A whole number that JSON writes out in digits, more of them than the database's whole numbers have. */
function isTooLong(value: number): boolean {
  return (value >= 2 ** 64 || value < -(2 ** 63)) && Math.abs(value) < 1e21
}

function checkText(text: string, walk: Walk): undefined {
  if (UNSTORABLE.test(text)) walk.unstorable = true
}

/** Only of what was checked, so its depth is bounded. */
function storableCopy(value: Json): Json {
  if (typeof value === 'string') return storable(value)
  if (typeof value === 'number' && isTooLong(value)) return String(value)
  if (Array.isArray(value)) return value.map(storableCopy)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [storable(key), storableCopy(inner)]))
}

function storable(text: string): string {
  return text.toWellFormed().replaceAll('\0', '\ufffd')
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function kindOf(value: unknown): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'an array' : typeof value
}
