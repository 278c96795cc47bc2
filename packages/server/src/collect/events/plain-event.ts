import type { NativeEvent } from '@almanac/core/events/native-event.ts'

/**
 * The quick way through the check of a native event. Most events hold nothing but texts of an ordinary length, a status
 * and properties; for those this says in a quarter of the time what the schema says. It only ever says yes: whatever it
 * does not recognise, right or wrong, is the schema's to judge (`native-events.ts`). A test holds the two against each other.
 */
export type PlainEvent = Omit<NativeEvent, 'id' | 'time' | 'sentAt' | 'ip' | 'environment' | 'properties'> & {
  properties?: unknown
}

export function plainEvent(input: unknown): PlainEvent | undefined {
  if (typeof input !== 'object' || input === null || Array.isArray(input)) return undefined
  const values = input as Record<string, unknown>
  for (const key in values) {
    const value = values[key]
    const maxLength = TEXTS.get(key)
    if (maxLength !== undefined) {
      if (typeof value !== 'string' || value.length > maxLength || UNSTORABLE.test(value)) return undefined
    } else if (key === 'status') {
      if (!Number.isInteger(value) || (value as number) < 0 || (value as number) > 999) return undefined
    } else if (key !== 'properties' || value === undefined) {
      return undefined
    }
  }
  return values.name ? (values as unknown as PlainEvent) : undefined
}

const UNSTORABLE = /[\0\ud800-\udfff]/u
const TEXTS = new Map([
  ['name', 200],
  ['userId', 200],
  ['anonymousId', 200],
  ['sessionId', 200],
  ['url', 8192],
  ['title', 1000],
  ['referrer', 8192],
  ['userAgent', 2000],
  ['language', 50],
  ['screen', 50],
  ['timezone', 100],
])
