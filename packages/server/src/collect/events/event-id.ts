import { hash, randomFillSync } from 'node:crypto'

/**
 * Ids decide what is counted once. Three ways lead to one:
 *
 * - **From a client id**: hashed with source and environment, so the same event delivered again has the same id.
 * - **Made by us** on arrival, when a client sends none: time-ordered and random. Nothing else can have it.
 * - **From the content**, for lines of log files (`content-ids.ts`).
 */
export interface IdScope {
  readonly source: string
  readonly environment: 'production' | 'sandbox'
}

export function clientEventId({ source, environment }: IdScope, clientId: string): string {
  // Neither name can hold NUL, so different triples never make the same text.
  return uuidFromSha256(hash('sha256', `event by client id\0${environment}\0${source}\0${clientId}`))
}

/** UUID version 8 of the first 122 bits of a hash in hex. */
export function uuidFromSha256(hex: string): string {
  const variant = VARIANT[Number.parseInt(hex[16] as string, 16)]
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-${variant}${hex.slice(17, 20)}-${hex.slice(20, 32)}`
}

const VARIANT = Array.from({ length: 16 }, (_, digit) => (8 + (digit & 3)).toString(16))

/**
 * UUID version 7, greater than every other that this process made before. The twelve bits after the milliseconds count
 * within one millisecond, from a random start in their lower half; when they are used up, the next millisecond is begun
 * early. (Node's own `randomUUIDv7` has random bits there, and so no order within a millisecond.)
 */
export function newEventId(nowMs: number): string {
  if (nowMs > lastMs) {
    lastMs = nowMs
    counter = random32() & 0x7ff
  } else if (++counter > 0xfff) {
    lastMs++
    counter = random32() & 0x7ff
  }
  if (lastMs !== textMs) {
    const time = lastMs.toString(16).padStart(12, '0')
    timeText = `${time.slice(0, 8)}-${time.slice(8)}-7`
    textMs = lastMs
  }
  const random = random32()
  const count = `${DIGITS[counter >>> 8]}${BYTES[counter & 0xff]}`
  return `${timeText}${count}-${hex16(0x8000 | (random & 0x3fff))}-${hex32(random32())}${hex16(random >>> 16)}`
}

let lastMs = 0
let counter = 0
let textMs = Number.NaN
let timeText = ''

// Asking the system for a few bytes at a time costs more than all the rest.
const pool = new Uint32Array(1024)
let poolUsed = pool.length

function random32(): number {
  if (poolUsed === pool.length) {
    randomFillSync(pool)
    poolUsed = 0
  }
  return pool[poolUsed++] as number
}

// Looked up: writing a number out as text takes several times as long.
const DIGITS = Array.from({ length: 16 }, (_, digit) => digit.toString(16))
const BYTES = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))

function hex16(value: number): string {
  return `${BYTES[value >>> 8]}${BYTES[value & 0xff]}`
}

function hex32(value: number): string {
  return hex16(value >>> 16) + hex16(value & 0xffff)
}
