import { z } from 'zod'

/**
 * The least that a schema reads back as this value: without what it would fill in itself. The value must be what the schema
 * made.
 */
export function withoutDefaults(schema: z.core.$ZodType, value: unknown): unknown {
  const { def } = schema._zod as z.core.$ZodTypes['_zod']
  switch (def.type) {
    case 'object':
      return mapped(literalsFirst(def.shape, value), (part, key) => {
        const shape = def.shape[key]
        if (shape === undefined) return part
        return equal(part, filledIn(shape)) ? undefined : withoutDefaults(shape, part)
      })
    case 'record':
      return mapped(value, (part) => withoutDefaults(def.valueType, part))
    case 'array':
      return (value as readonly unknown[]).map((item) => withoutDefaults(def.element, item))
    case 'union': {
      const option = def.options.find((one) => equal(z.safeParse(one, value).data, value))
      return option === undefined ? value : withoutDefaults(option, value)
    }
    case 'lazy':
      return withoutDefaults(def.getter(), value)
    case 'optional':
    case 'nullable':
    case 'default':
    case 'prefault':
    case 'readonly':
      return value === undefined || value === null ? value : withoutDefaults(def.innerType, value)
    default:
      return value
  }
}

/** What says of which kind a value is stands before the rest of it. */
function literalsFirst(shape: Readonly<Record<string, z.core.$ZodType>>, value: unknown): Record<string, unknown> {
  const rank = ([key]: [string, unknown]) => (shape[key]?._zod.def.type === 'literal' ? 0 : 1)
  return Object.fromEntries(Object.entries(value as object).sort((a, b) => rank(a) - rank(b)))
}

/** What the schema makes of nothing; `undefined` where it needs something. */
function filledIn(schema: z.core.$ZodType): unknown {
  return z.safeParse(schema, undefined).data
}

function mapped(value: unknown, change: (part: unknown, key: string) => unknown): Record<string, unknown> {
  const entries = Object.entries(value as Record<string, unknown>).map(([key, part]) => [key, change(part, key)])
  return Object.fromEntries(entries.filter(([, part]) => part !== undefined))
}

/** Plain data, whatever the order of keys; a key without a value is as good as none. */
function equal(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a) !== Array.isArray(b)) return false
  const keys = new Set([...Object.keys(a), ...Object.keys(b)])
  return [...keys].every((key) => equal((a as Record<string, unknown>)[key], (b as Record<string, unknown>)[key]))
}
