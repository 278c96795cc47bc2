import { timeInMs } from '../events/event-time.ts'

/** Reading what a client sent without trusting it: each answers `undefined` for what is not of the kind. */

export type JsonRecord = Readonly<Record<string, unknown>>

export function isRecord(value: unknown): value is JsonRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The fields of an object, none of anything else. */
export function recordOf(value: unknown): JsonRecord {
  return isRecord(value) ? value : NOTHING
}

const NOTHING: JsonRecord = {}

/** Ids come as numbers, too. Empty text says nothing. */
export function textOf(value: unknown): string | undefined {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value)
  return typeof value === 'string' && value !== '' ? value : undefined
}

/** Amounts come as text, too: `"9.90"`. */
export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined
}

/** A clock's reading as text of a date, or as a number (or its text) whose size tells its unit. */
export function timeMsOf(value: unknown): number | undefined {
  const number = numberOf(value)
  const ms = number === undefined ? timeInMs(textOf(value) ?? '') : timeInMs(number)
  return Number.isFinite(ms) ? ms : undefined
}

/** All but the fields that were understood; objects with nothing in them say nothing and are left out as well. */
export function leftOf(record: JsonRecord, understood: ReadonlySet<string>): Record<string, unknown> {
  const left: Record<string, unknown> = {}
  for (const key in record) {
    const value = record[key]
    if (understood.has(key) || !saysSomething(value)) continue
    // Assigned, a key of that name would change the object instead.
    if (key === '__proto__') Object.defineProperty(left, key, { value, enumerable: true })
    else left[key] = value
  }
  return left
}

function saysSomething(value: unknown): boolean {
  if (value === undefined || value === null) return false
  if (!isRecord(value)) return true
  for (const _ in value) return true
  return false
}

/** For quarantine: text as it came, anything else as JSON. */
export function rawOf(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '')
}
