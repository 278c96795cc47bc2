import { hash } from 'node:crypto'
import type { VisitorKind } from '../events/collected-event.ts'

/**
 * Who did it, as a number that tells visitors apart and tells nothing else: 64 bits of a hash with the installation's
 * identity key. A user or a device is the same on every source. Address and user agent are hashed together with the
 * source, either for good (`stable`) or with a random salt of the UTC day (`daily`), which is destroyed later, so that
 * nobody, and not with the key either, can find out which address a number was.
 */
export interface Visitors {
  /** The best identity there is: user, else device, else address and user agent, else nobody: no fields. */
  visitorOf(who: Who): VisitorFields
}

export interface Who {
  readonly userId?: string | undefined
  readonly anonymousId?: string | undefined
  readonly source: string
  readonly address?: string | undefined
  readonly userAgent?: string | undefined
  /** Decides which day's salt is taken. */
  readonly atMs: number
}

export interface VisitorFields {
  readonly visitor?: string
  readonly visitorKind?: VisitorKind
}

export type AddressIdentity =
  | { readonly kind: 'stable' }
  /** Without a salt of that day (`2026-05-17`), nobody is known by the address. */
  | { readonly kind: 'daily'; readonly saltOf: (utcDay: string) => Uint8Array | undefined }

export function createVisitors(identityKey: Uint8Array, addressIdentity: AddressIdentity): Visitors {
  const keyText = Buffer.from(identityKey).toString('hex')
  const ofStable = remembered((ingredients) => visitorHash(`${keyText}\0stable\0${ingredients}`))
  const ofDay = dailyVisitors(keyText)
  const ofUser = remembered((id) => visitorHash(`${keyText}\0user\0${id}`))
  const ofDevice = remembered((id) => visitorHash(`${keyText}\0anonymous\0${id}`))

  function byAddress(who: Who): VisitorFields {
    if (who.address === undefined) return NOBODY
    const ingredients = `${who.source}\0${who.address}\0${who.userAgent ?? ''}`
    if (addressIdentity.kind === 'stable') return { visitor: ofStable(ingredients), visitorKind: 'stable_hash' }
    const day = utcDay(who.atMs)
    const salt = addressIdentity.saltOf(day)
    return salt ? { visitor: ofDay(day, salt, ingredients), visitorKind: 'daily_hash' } : NOBODY
  }

  return {
    visitorOf(who) {
      if (who.userId) return { visitor: ofUser(who.userId), visitorKind: 'user' }
      if (who.anonymousId) return { visitor: ofDevice(who.anonymousId), visitorKind: 'anonymous' }
      return byAddress(who)
    },
  }
}

/** The UTC day of an instant, such as `2015-05-17`. */
export function utcDay(atMs: number): string {
  const day = Math.floor(atMs / DAY_MS)
  if (day !== lastDay) {
    lastDayText = new Date(day * DAY_MS).toISOString().slice(0, 10)
    lastDay = day
  }
  return lastDayText
}

const DAY_MS = 86_400_000
const NOBODY: VisitorFields = {}
let lastDay = Number.NaN
let lastDayText = ''

/** No ingredient but the last can hold NUL, or it would have been replaced, so no two lists make the same text. */
function visitorHash(text: string): string {
  return BigInt(`0x${hash('sha256', text).slice(0, 16)}`).toString()
}

/** Remembers nothing of a past day once a later one began: else the memory would know what the salt's end made unknowable. */
function dailyVisitors(keyText: string): (day: string, salt: Uint8Array, ingredients: string) => string {
  const days = new Map<string, (ingredients: string) => string>()
  let latest = ''
  return (day, salt, ingredients) => {
    if (day > latest) {
      days.clear()
      latest = day
    }
    let ofThatDay = days.get(day)
    if (!ofThatDay) {
      const prefix = `${keyText}\0daily\0${day}\0${Buffer.from(salt).toString('hex')}\0`
      ofThatDay = remembered((text) => visitorHash(prefix + text))
      if (days.size >= DAYS_REMEMBERED) days.clear()
      days.set(day, ofThatDay)
    }
    return ofThatDay(ingredients)
  }
}

const DAYS_REMEMBERED = 8
const REMEMBERED = 20_000

/** A visit is several events, and a log repeats the same few pairs of address and agent. Two generations: what was used lately is never forgotten. */
function remembered(compute: (key: string) => string): (key: string) => string {
  let young = new Map<string, string>()
  let old = new Map<string, string>()
  return (key) => {
    let value = young.get(key)
    if (value === undefined) {
      value = old.get(key) ?? compute(key)
      if (young.size >= REMEMBERED) {
        old = young
        young = new Map()
      }
      young.set(key, value)
    }
    return value
  }
}
