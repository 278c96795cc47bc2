import { randomUUID } from 'node:crypto'
import type { CollectedEvent } from '../../src/collect/events/collected-event.ts'
import type { Visitors } from '../../src/collect/visitors/visitor.ts'
import type { Random } from './random.ts'

/** An event of the trial cube's world, as plain as can be. */
export interface TrialEvent {
  readonly id: string
  readonly name: string
  readonly atMs: number
  readonly environment: 'production' | 'sandbox'
  readonly path: string
  readonly status: number
  readonly bytes: number
  readonly durationMs: number
  readonly revenue: number
  readonly country: string
  readonly session: string
  readonly properties: {
    readonly plan?: string
    readonly seats?: number
    readonly beta?: boolean
    readonly cart?: { readonly size: number }
  }
  readonly userId?: string
  readonly anonymousId?: string
}

/** Days around which clocks change, and a day that Apia never had; the last is somewhere in between. */
const CENTRE_TEXTS = [
  '2011-12-30T10:00Z',
  '2025-03-30T01:00Z',
  '2025-10-05T00:00Z',
  '2025-10-26T01:00Z',
  '2025-11-02T06:00Z',
  '2026-03-08T07:00Z',
  '2026-03-29T01:00Z',
  '2026-04-04T15:00Z',
  '2026-02-28T23:30Z',
]
const CENTRES = CENTRE_TEXTS.map((text) => Temporal.Instant.from(text).epochMilliseconds)
/** The dates of these days, for queries about them. */
export const TRIAL_DATES = CENTRE_TEXTS.map((text) => text.slice(0, 10))

const HOUR_MS = 3_600_000

/** Most lie within days of a clock change, many within hours, some anywhere in a year. No two have the same time. */
export function createTrialEvents(random: Random): (count: number) => TrialEvent[] {
  const taken = new Set<number>()
  const newTime = (): number => {
    for (;;) {
      const spreadHours = random.pick([3, 24, 24 * 6, 24 * 40])
      const atMs = random.pick(CENTRES) + random.below(2 * spreadHours * HOUR_MS) - spreadHours * HOUR_MS
      // Now and then on the dot, where a mistake by one would show.
      const time = random.chance(0.15) ? Math.round(atMs / (HOUR_MS / 4)) * (HOUR_MS / 4) : atMs
      if (taken.has(time)) continue
      taken.add(time)
      return time
    }
  }
  return (count) => Array.from({ length: count }, () => someEvent(random, newTime()))
}

function someEvent(random: Random, atMs: number): TrialEvent {
  const name = random.pick(['page_view', 'page_view', 'page_view', 'request', 'order', 'login'])
  return {
    id: randomUUID(),
    name,
    atMs,
    environment: random.chance(0.85) ? 'production' : 'sandbox',
    path: random.pick(['/', '/', '/a', '/a/b', '/é😀', "/it's", '/%25_']),
    status: random.pick([200, 200, 200, 301, 404, 500]),
    bytes: random.pick([0, 99, 100, 500, 999, 1000, random.below(2000)]),
    durationMs: random.below(4000) / 4,
    revenue: name === 'order' ? random.below(10_000) / 100 : 0,
    country: random.pick(['DE', 'DE', 'NP', 'AU', 'US', '']),
    session: random.chance(0.2) ? '' : `s${random.below(60)}`,
    properties: someProperties(random),
    ...someone(random, name),
  }
}

function someProperties(random: Random): TrialEvent['properties'] {
  return {
    ...(random.chance(0.8) && { plan: random.pick(['free', 'pro', 'team', "o'plan"]) }),
    ...(random.chance(0.7) && { seats: random.pick([0, 1, 2.5, 40]) }),
    ...(random.chance(0.6) && { beta: random.chance(0.5) }),
    ...(random.chance(0.5) && { cart: { size: random.below(4) } }),
  }
}

/** Devices that log in at some time, some to a second user; some users that are never seen on a device; and nobody. */
function someone(random: Random, name: string): Pick<TrialEvent, 'userId' | 'anonymousId'> {
  if (random.chance(0.08)) return {}
  const device = random.below(40)
  const anonymousId = `device-${device}`
  const userId = `user-${random.chance(0.9) ? device % 12 : random.below(12)}`
  if (name === 'login') return { userId, anonymousId }
  if (random.chance(0.15)) return { userId }
  return { anonymousId }
}

/** As collect writes it. */
export function collected(event: TrialEvent, visitors: Visitors): CollectedEvent {
  const { id, name, atMs, path, status, bytes, durationMs, revenue, country, session, properties } = event
  const { userId, anonymousId } = event
  return {
    id,
    name,
    at: atMs,
    url: path,
    status,
    bytes,
    durationMs,
    properties,
    ...(country !== '' && { country }),
    ...(session !== '' && { sessionId: session }),
    ...(revenue > 0 && { revenue: { amount: revenue, currency: 'EUR' } }),
    ...(userId !== undefined && { userId }),
    ...(anonymousId !== undefined && { anonymousId }),
    ...visitors.visitorOf({ userId, anonymousId, source: 'website', atMs }),
  }
}

/** Who stands behind each event: a device is the user of its first login, from its first event on. */
export function personsOf(events: readonly TrialEvent[]): (event: TrialEvent) => string | undefined {
  const first = new Map<string, TrialEvent>()
  for (const event of events) {
    if (event.userId === undefined || event.anonymousId === undefined) continue
    const known = first.get(event.anonymousId)
    if (!known || event.atMs < known.atMs) first.set(event.anonymousId, event)
  }
  return ({ userId, anonymousId }) =>
    userId ?? (anonymousId === undefined ? undefined : (first.get(anonymousId)?.userId ?? anonymousId))
}
