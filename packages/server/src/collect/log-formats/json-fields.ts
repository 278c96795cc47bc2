import { jsonOf } from '../read/json-text.ts'

/** A line of JSON as its fields, which are taken one after the other: what is left at the end are the properties. */
export interface JsonFields {
  /** Of the first of these names that says something (`-` does not), as text; a number is text too. */
  text(...names: string[]): string | undefined
  number(...names: string[]): number | undefined
  record(name: string): JsonFields | undefined
  has(name: string): boolean
  /** Numbers, texts and the like that nobody took. */
  rest(): Record<string, unknown>
}

/** Undefined when the line is not a JSON object, or nested too deeply. */
export function jsonFields(line: string): JsonFields | undefined {
  if (!line.startsWith('{')) return undefined
  return fieldsOf(jsonOf(line))
}

function fieldsOf(value: unknown): JsonFields | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
  const left = new Map(Object.entries(value as Record<string, unknown>))
  const take = (names: readonly string[]) => {
    for (const name of names) {
      const found = left.get(name)
      left.delete(name)
      if (found !== undefined && found !== null && found !== '' && found !== '-') return found
    }
    return undefined
  }
  return {
    text(...names) {
      const found = firstOf(take(names))
      return typeof found === 'string' ? found : typeof found === 'number' ? String(found) : undefined
    },
    number(...names) {
      const found = take(names)
      const number = typeof found === 'string' && found.trim() !== '' ? Number(found) : found
      return typeof number === 'number' && Number.isFinite(number) ? number : undefined
    },
    record: (name) => fieldsOf(take([name])),
    has: (name) => left.has(name),
    rest: () => Object.fromEntries([...left].filter(([, found]) => typeof found !== 'object')),
  }
}

/** Headers come as lists. */
function firstOf(value: unknown): unknown {
  return Array.isArray(value) ? value[0] : value
}
