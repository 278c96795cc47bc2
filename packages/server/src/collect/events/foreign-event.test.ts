import { expect, test } from 'vitest'
import { createVisitors } from '../visitors/visitor.ts'
import { collectForeignEvent, type ForeignEvent } from './foreign-event.ts'

const CONTEXT = {
  source: 'website',
  environment: 'production',
  receivedAtMs: Date.UTC(2026, 10, 22),
  address: '192.0.2.1',
  userAgent: 'Mozilla/5.0',
  visitors: createVisitors(Buffer.alloc(32, 1), { kind: 'stable' }),
} as const
const collect = (event: Partial<ForeignEvent>) => collectForeignEvent({ name: 'x', ...event }, CONTEXT)

test('without an address, the connection is the visitor', () => {
  expect(collect({})).toMatchObject({ visitorKind: 'stable_hash', userAgent: 'Mozilla/5.0' })
})

test('with an empty address, the connection is a server, and nobody is known by it', () => {
  const event = collect({ address: '' })
  expect(event).not.toHaveProperty('visitor')
  expect(event).not.toHaveProperty('userAgent')
})

test('another address is another visitor', () => {
  expect(collect({ address: '192.0.2.2' })?.visitor).not.toBe(collect({})?.visitor)
})

test.each([
  { given: { method: 'GET', status: 404, bytes: 0 }, kept: { method: 'GET', status: 404, bytes: 0 } },
  { given: { status: 1000, bytes: -1 }, kept: {} },
  { given: { status: 2.5, bytes: Number.NaN }, kept: {} },
])('of $given is kept $kept', ({ given, kept }) => {
  const { method, status, bytes } = collect(given) ?? {}
  expect(JSON.parse(JSON.stringify({ method, status, bytes }))).toEqual(kept)
})

const HINTS = { platform: 'Windows', platformVersion: '15.0.0' }

test('the hints of the connection go with its user agent', () => {
  const context = { ...CONTEXT, clientHints: HINTS, botHint: 'prefetch' }
  const hinted = (event: Partial<ForeignEvent>) => collectForeignEvent({ name: 'x', ...event }, context)

  expect(hinted({})).toMatchObject({ clientHints: HINTS, botHint: 'prefetch' })
  expect(hinted({ userAgent: 'Mozilla/5.0' })).toMatchObject({ clientHints: HINTS })
  for (const other of [hinted({ userAgent: 'Other/1.0' }), hinted({ address: '' })]) {
    expect(other).not.toHaveProperty('clientHints')
    expect(other).not.toHaveProperty('botHint')
  }
})

test('hints that a script has read go before those of the request', () => {
  const own = { model: 'Pixel 9' }
  const event = collectForeignEvent({ name: 'x', clientHints: own }, { ...CONTEXT, clientHints: HINTS })
  expect(event?.clientHints).toEqual(own)
})

test('an event has the place of the address that its visitor has', () => {
  const asked: string[] = []
  const placeOf = (address: string) => {
    asked.push(address)
    return { country: 'DE' }
  }
  const placed = (event: Partial<ForeignEvent>) => collectForeignEvent({ name: 'x', ...event }, { ...CONTEXT, placeOf })

  expect(placed({})).toMatchObject({ country: 'DE' })
  expect(placed({ address: '192.0.2.9' })).toMatchObject({ country: 'DE' })
  expect(placed({ country: 'fr' })).toMatchObject({ country: 'FR' })
  expect(placed({ address: '' })).not.toHaveProperty('country')
  expect(asked).toEqual(['192.0.2.1', '192.0.2.9'])
})
