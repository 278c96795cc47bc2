import { expect, test } from 'vitest'
import { clientEventId, newEventId, uuidFromSha256 } from './event-id.ts'

const SHOP = { source: 'shop', environment: 'production' } as const

test('the same client id of the same source is the same event, of another source or environment it is not', () => {
  const ids = [
    clientEventId(SHOP, 'm-1'),
    clientEventId(SHOP, 'm-2'),
    clientEventId({ ...SHOP, source: 'app' }, 'm-1'),
    clientEventId({ ...SHOP, environment: 'sandbox' }, 'm-1'),
  ]
  expect(clientEventId(SHOP, 'm-1')).toBe(ids[0])
  expect(new Set(ids).size).toBe(4)
})

test('an id from a hash is a UUID of version 8', () => {
  for (const digit of '0123456789abcdef') {
    expect(uuidFromSha256(digit.repeat(64))).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    )
  }
})

test('ids made by us are UUIDs of version 7, each greater than the one before, also when the clock stands or goes back', () => {
  const now = Date.parse('2099-01-15T12:00:00Z')
  const ids = Array.from({ length: 20_000 }, (_, n) => newEventId(n % 7 === 0 ? now - 5000 : now))
  expect(ids).toEqual([...ids].sort())
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids[1]?.replaceAll('-', '').slice(0, 12)).toBe(now.toString(16).padStart(12, '0'))
  for (const id of ids.slice(0, 100)) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  }
})
