import { expect, test } from 'vitest'
import { createVisitors, utcDay, type Who } from './visitor.ts'

const KEY = Buffer.alloc(32, 1)
const DAY_MS = 86_400_000
const who: Who = {
  source: 'website',
  address: '192.0.2.1',
  userAgent: 'Mozilla/5.0',
  atMs: Date.parse('2026-01-15T12:00:00Z'),
}
const stable = createVisitors(KEY, { kind: 'stable' })
const daily = createVisitors(KEY, { kind: 'daily', saltOf: (day) => Buffer.from(`salt of ${day}`) })

test('a visitor is an unsigned number of 64 bits as text', () => {
  const { visitor = '' } = stable.visitorOf(who)
  expect(visitor).toMatch(/^\d{1,20}$/)
  expect(BigInt(visitor) < 2n ** 64n).toBe(true)
})

test('a user goes before a device, a device before an address, and who is not known has no number', () => {
  expect(stable.visitorOf({ ...who, userId: 'u', anonymousId: 'a' }).visitorKind).toBe('user')
  expect(stable.visitorOf({ ...who, anonymousId: 'a' }).visitorKind).toBe('anonymous')
  expect(stable.visitorOf(who).visitorKind).toBe('stable_hash')
  expect(daily.visitorOf(who).visitorKind).toBe('daily_hash')
  expect(stable.visitorOf({ source: 'website', userAgent: 'x', atMs: 0 })).toEqual({})
  expect(stable.visitorOf({ ...who, userId: '', anonymousId: '' }).visitorKind).toBe('stable_hash')
})

test('a user is the same on every source, an address is not', () => {
  const user = { ...who, userId: 'u' }
  expect(stable.visitorOf({ ...user, source: 'app' })).toEqual(stable.visitorOf(user))
  expect(stable.visitorOf({ ...who, source: 'app' })).not.toEqual(stable.visitorOf(who))
})

test('a user, a device and an address of the same text are three visitors, and another key makes others', () => {
  const numbers = [
    stable.visitorOf({ ...who, userId: 'x' }),
    stable.visitorOf({ ...who, anonymousId: 'x' }),
    stable.visitorOf({ ...who, address: 'x' }),
    daily.visitorOf({ ...who, address: 'x' }),
    createVisitors(Buffer.alloc(32, 2), { kind: 'stable' }).visitorOf({ ...who, userId: 'x' }),
  ].map(({ visitor }) => visitor)
  expect(new Set(numbers).size).toBe(5)
})

test('a daily visitor changes at midnight UTC, a stable one does not', () => {
  const beforeMidnight = { ...who, atMs: Date.parse('2026-01-15T23:59:59.999Z') }
  const afterMidnight = { ...who, atMs: Date.parse('2026-01-16T00:00:00Z') }
  expect(daily.visitorOf(beforeMidnight)).toEqual(daily.visitorOf(who))
  expect(daily.visitorOf(afterMidnight)).not.toEqual(daily.visitorOf(who))
  expect(stable.visitorOf(afterMidnight)).toEqual(stable.visitorOf(who))
})

test('without a salt of the day nobody is known by the address, even who was known while there was one', () => {
  let salt: Buffer | undefined = Buffer.from('salt')
  const visitors = createVisitors(KEY, { kind: 'daily', saltOf: () => salt })
  expect(visitors.visitorOf(who)).toHaveProperty('visitor')
  salt = undefined
  expect(visitors.visitorOf(who)).toEqual({})
})

test('the numbers are right beyond what is remembered, and for days in any order', () => {
  const address = (n: number) => ({ ...who, address: `host-${n}`, atMs: who.atMs + ((n * 7) % 20) * DAY_MS })
  const first = Array.from({ length: 50_000 }, (_, n) => daily.visitorOf(address(n)).visitor)
  expect(new Set(first).size).toBe(50_000)
  for (let n = 0; n < 50_000; n += 997) expect(daily.visitorOf(address(n)).visitor).toBe(first[n])
})

test('the day of an instant is its UTC day', () => {
  expect([0, DAY_MS - 1, DAY_MS].map(utcDay)).toEqual(['1970-01-01', '1970-01-01', '1970-01-02'])
})
