import { beforeEach, expect, test, vi } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { changeSource, createSource, findSource } from '../accounts/sources/sources.ts'
import { noteIngested, openSourceHealth, type SourceHealth } from './source-health.ts'

let database: TestDatabase
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(async () => {
  await createSource(database.db, { name: 'website', label: 'Website' })
})

const NOON = Date.UTC(2026, 0, 15, 12)
const MINUTE_MS = 60_000
const SUBJECT = { source: 'website', timezone: 'UTC' } as const

async function withHealth(run: (health: SourceHealth, clock: { ms: number }) => Promise<void>, pool = database.pool) {
  const clock = { ms: NOON }
  const health = openSourceHealth({ pool, now: () => clock.ms, onError: () => {}, flushMs: 1_000_000 })
  try {
    await run(health, clock)
  } finally {
    await health.close()
  }
}

test('what was noted is told at once, by kind and reason', async () => {
  await withHealth(async (health, clock) => {
    clock.ms = NOON + 30_000
    health.note('website', 'production', 'accepted', 90)
    health.note('website', 'sandbox', 'accepted', 9)
    health.note('website', 'production', 'rejected', 2, 'time: expected a time, got 1')
    health.note('website', 'production', 'filtered', 3, 'path')
    noteIngested(health, [
      {
        ...{ source: 'website', environment: 'production', imported: 1, duplicates: 4 },
        quarantined: [{ reason: 'no name', count: 1 }],
      },
    ])

    expect(await health.read({ ...SUBJECT, environment: 'production' })).toEqual({
      eventsPerSecond: 1.01,
      lastEventAt: new Date(clock.ms),
      lastHour: {
        accepted: 91,
        duplicates: 4,
        rejected: [
          { reason: 'time: expected a time', count: 2 },
          { reason: 'no name', count: 1 },
        ],
        filtered: [{ reason: 'path', count: 3 }],
      },
      today: expect.objectContaining({ accepted: 91 }),
    })
    expect((await health.read(SUBJECT)).today.accepted).toBe(100)
  })
})

test('counts of several servers add up and survive their end', async () => {
  await withHealth(async (one) => {
    await withHealth(async (other) => {
      one.note('website', 'production', 'accepted', 1)
      other.note('website', 'production', 'accepted', 2)
    })
  })

  await withHealth(async (later, clock) => {
    clock.ms = NOON + 59 * MINUTE_MS
    expect((await later.read(SUBJECT)).lastHour.accepted).toBe(3)
    clock.ms = NOON + 60 * MINUTE_MS
    const { lastHour, today, eventsPerSecond, lastEventAt } = await later.read(SUBJECT)
    expect([lastHour.accepted, today.accepted, eventsPerSecond]).toEqual([0, 3, 0])
    expect(lastEventAt).toEqual(new Date(NOON))
  })
})

test('counts of a source that is not there are dropped, and do not keep the others back', async () => {
  await withHealth(async (health) => {
    health.note('nowhere', 'production', 'accepted', 1)
    health.note('website', 'production', 'accepted', 1)

    expect((await health.read(SUBJECT)).today.accepted).toBe(1)
  })
})

test('what could not be written is written later, once', async () => {
  const query = vi.spyOn(database.pool, 'query')
  await withHealth(async (health) => {
    health.note('website', 'production', 'accepted', 2)
    query.mockRejectedValueOnce(new Error('away') as never)
    await expect(health.read(SUBJECT)).rejects.toThrow('away')
    health.note('website', 'production', 'accepted', 1)

    expect((await health.read(SUBJECT)).today.accepted).toBe(3)
    expect((await health.read(SUBJECT)).today.accepted).toBe(3)
  })
  query.mockRestore()
})

test('counts older than two days are forgotten, and when the last event came is not', async () => {
  const errors: unknown[] = []
  const clock = { ms: NOON }
  const health = openSourceHealth({
    ...{ pool: database.pool, now: () => clock.ms, flushMs: 5 },
    onError: (error) => errors.push(error),
  })
  health.note('website', 'production', 'accepted', 2)
  const rows = async () => (await database.pool.query('SELECT count FROM source_health')).rows.length
  await expect.poll(rows).toBe(1)

  clock.ms = NOON + 50 * 60 * MINUTE_MS
  await expect.poll(rows).toBe(0)
  expect((await health.read(SUBJECT)).lastEventAt).toEqual(new Date(NOON))
  await health.close()
  expect(errors).toEqual([])
})

test('settings are changed one by one, and two changes at once both hold', async () => {
  const { db } = database
  expect((await findSource(db, 'website')).settings.privacy).toBe('full')

  await Promise.all([
    changeSource(db, 'website', { settings: { privacy: 'masked' } }),
    changeSource(db, 'website', { settings: { blockedPaths: ['/a'] }, kind: 'app' }),
  ])
  const changed = await changeSource(db, 'website', { label: 'New' })

  expect(changed).toMatchObject({
    ...{ label: 'New', kind: 'app' },
    settings: { privacy: 'masked', blockedPaths: ['/a'], eventsPerSecond: null },
  })
  await expect(changeSource(db, 'nowhere', { label: 'x' })).rejects.toMatchObject({ code: 'not_found' })
})
