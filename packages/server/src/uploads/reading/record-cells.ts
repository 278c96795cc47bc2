import type { Cell } from './file-rows.ts'

/** Objects as rows: `{"user": {"name": "Ada"}}` has the column `user.name`; lists are kept as JSON. */

const DEEPEST = 4

/** Calls back for each value in it, with its path. */
export function eachLeaf(record: object, found: (path: string, value: Cell) => void, before = '', depth = 1): void {
  for (const [key, value] of Object.entries(record)) {
    const path = before === '' ? key : `${before}.${key}`
    if (isPlainObject(value) && depth < DEEPEST) eachLeaf(value, found, path, depth + 1)
    else found(path, cellOf(value))
  }
}

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' &&
  value !== null &&
  !Array.isArray(value) &&
  !(value instanceof Date) &&
  !ArrayBuffer.isView(value)

/** Of a value as a library gives it. */
export function cellOf(value: unknown): Cell {
  if (value === null || value === undefined) return null
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  if (typeof value === 'string' || typeof value === 'boolean') return value
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value.toString()
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString()
  if (value instanceof Uint8Array) return Buffer.from(value).toString('base64')
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? part.toString() : part))
}
