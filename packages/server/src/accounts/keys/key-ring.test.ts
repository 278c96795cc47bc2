import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { hashToken } from '../sign-in/secret-token.ts'
import { type ActiveKey, type ApiKey, newKeySecret } from './api-key.ts'
import { openKeyRing } from './key-ring.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

function activeKey(overrides: Partial<ApiKey> = {}): ActiveKey & { readonly secret: string } {
  const { prefix, secret } = newKeySecret()
  const key: ApiKey = {
    id: prefix,
    prefix,
    name: 'test',
    scopes: ['ingest'],
    source: 'website',
    environment: null,
    createdAt: new Date(),
    expiresAt: null,
    lastUsedAt: null,
    revokedAt: null,
    ...overrides,
  }
  return { key, secretHash: hashToken(secret), secret }
}

async function openRing(keys: ActiveKey[]) {
  const touched: string[][] = []
  const errors: unknown[] = []
  const state = { keys, fails: false }
  const ring = await openKeyRing({
    load: async () => {
      if (state.fails) throw new Error('no database')
      return state.keys
    },
    touch: async (ids) => void touched.push([...ids]),
    now: Date.now,
    onError: (error) => errors.push(error),
  })
  return { ring, state, touched, errors }
}

test('a key is found by its whole secret only', async () => {
  const active = activeKey()
  const { ring } = await openRing([active])

  expect(ring.verify(active.secret)).toBe(active.key)
  for (const wrong of ['', 'alm_', `alm_${active.key.prefix}_`, `${active.secret}x`, active.secret.slice(0, -1)]) {
    expect(ring.verify(wrong)).toBeUndefined()
  }
  await ring.close()
})

test('an expired key does not work from the instant it expires', async () => {
  const active = activeKey({ expiresAt: new Date(Date.now() + 5000) })
  const { ring } = await openRing([active])

  vi.setSystemTime(Date.now() + 4999)
  expect(ring.verify(active.secret)).toBe(active.key)
  vi.setSystemTime(Date.now() + 1)
  expect(ring.verify(active.secret)).toBeUndefined()
  await ring.close()
})

test('a key revoked elsewhere stops working within a second', async () => {
  const active = activeKey()
  const { ring, state } = await openRing([active])
  state.keys = []

  expect(ring.verify(active.secret)).toBe(active.key)
  await vi.advanceTimersByTimeAsync(1000)
  expect(ring.verify(active.secret)).toBeUndefined()
  await ring.close()
})

test('while the database is away the last list stays in force', async () => {
  const active = activeKey()
  const { ring, state, errors } = await openRing([active])
  state.fails = true

  await vi.advanceTimersByTimeAsync(3000)

  expect(ring.verify(active.secret)).toBe(active.key)
  expect(errors).toHaveLength(3)
  await ring.close()
})

test('uses are noted once a minute, each key once, and the rest at the end', async () => {
  const [one, two] = [activeKey(), activeKey()]
  const { ring, touched } = await openRing([one, two])
  for (let use = 0; use < 5; use += 1) ring.verify(one.secret)

  await vi.advanceTimersByTimeAsync(59_999)
  expect(touched).toEqual([])
  await vi.advanceTimersByTimeAsync(1)
  expect(touched).toEqual([[one.key.id]])

  ring.verify(two.secret)
  await ring.close()
  expect(touched).toEqual([[one.key.id], [two.key.id]])
})
