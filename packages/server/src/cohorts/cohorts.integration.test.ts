import { type CohortAnswer, CohortRequest, type CohortRequestInput } from '@almanac/core/cohorts/cohort.ts'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { type CohortDeps, runCohorts } from './run-cohorts.ts'

const APP: CubeDefinition = {
  name: 'app',
  label: 'App',
  base: {
    from: 'events',
    tables: ['events'],
    where: `app_platform != ''`,
    timeColumn: 'occurred_at',
    person: 'visitor_id',
  },
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {
    channel: { kind: 'expression', label: 'Channel', sql: 'channel', type: 'string' },
    event: { kind: 'expression', label: 'Event', sql: 'name', type: 'string' },
    plan: { kind: 'property', label: 'Plan', path: 'plan', type: 'string' },
    environment: { kind: 'expression', label: 'Environment', sql: 'environment', type: 'string' },
  },
  measures: {},
  defaultFilters: { environment: ['production'] },
  rollups: [],
}

let db: TestDatabase
let deps: CohortDeps
let now = Date.UTC(2026, 5, 1)

useTestDatabase((fresh) => {
  db = fresh
})
beforeEach(() => {
  now = Date.UTC(2026, 5, 1)
  deps = {
    clickhouse: db.clickhouse,
    registry: { definition: () => APP, tables: () => [] },
    segmentFilters: async () => [{ dimension: 'plan', op: 'in', values: ['pro'] }],
    now: () => now,
  }
})

/** Times are UTC. */
type Event = readonly [time: string, name: string, visitor: number, more?: object]

async function store(events: readonly Event[]): Promise<void> {
  const values = events.map(([time, name, visitor_id, more]) => ({
    environment: 'production',
    app_platform: 'ios',
    occurred_at: `${time.replace(' ', 'T')}:00Z`,
    name,
    visitor_id,
    ...more,
  }))
  const clickhouse_settings = { date_time_input_format: 'best_effort' } as const
  await db.clickhouse.insert({ table: 'events', values, format: 'JSONEachRow', clickhouse_settings })
}

const ask = (request: Partial<CohortRequestInput> = {}) =>
  runCohorts(
    deps,
    CohortRequest.parse({
      cube: 'app',
      start: { events: ['install'] },
      return: { events: ['session'] },
      grain: 'day',
      from: '2026-03-02',
      to: '2026-03-05',
      periods: 3,
      ...request,
    }),
  )

/** Size and persons by period of each cohort. */
const figures = ({ cohorts }: CohortAnswer['all']) =>
  cohorts.map(({ size, periods }) => [size, periods.map(({ persons }) => persons)])

const paid = { channel: 'Paid Social' }
const organic = { channel: 'Organic' }

/** Berlin's days: 1 and 9 are one person, and 7 had installed long before. */
const EVENTS: readonly Event[] = [
  ['2026-03-02 08:00', 'install', 1, paid],
  ['2026-03-02 08:05', 'session', 1, organic],
  ['2026-03-02 09:00', 'session', 1],
  ['2026-03-03 09:00', 'session', 9],
  ['2026-03-03 09:30', 'session', 1],
  ['2026-03-05 09:00', 'session', 1],
  // In Berlin this is the day after.
  ['2026-03-02 23:30', 'install', 2, organic],
  ['2026-03-02 23:30', 'session', 2],
  ['2026-03-05 23:30', 'session', 2],
  ['2026-03-02 10:00', 'session', 3],
  ['2026-03-02 11:00', 'install', 3, organic],
  ['2026-03-04 11:00', 'install', 3, paid],
  ['2026-03-04 11:00', 'install', 4, paid],
  ['2026-02-01 10:00', 'install', 7, paid],
  ['2026-03-02 10:00', 'install', 7, paid],
  ['2026-03-03 10:00', 'session', 7],
  ['2026-03-02 10:00', 'install', 0, paid],
  ['2026-03-02 10:00', 'install', 5, { environment: 'sandbox' }],
  ['2026-03-02 10:00', 'install', 6, { app_platform: '' }],
  ['2026-03-20 10:00', 'session', 3],
]

test('everybody is in the cohort of the first beginning, and came back in the days with a later event', async () => {
  await store(EVENTS)
  await db.clickhouse.command({ query: 'INSERT INTO identities (visitor_id, person_id, version) VALUES (9, 1, 1)' })
  const { all, timezone } = await ask()
  expect(timezone).toBe('Europe/Berlin')
  expect(all.cohorts.map(({ start }) => start)).toEqual([
    '2026-03-02T00:00:00+01:00',
    '2026-03-03T00:00:00+01:00',
    '2026-03-04T00:00:00+01:00',
  ])
  expect(figures(all)).toEqual([
    // 1 and 3: 1 came back on the same day, the next one and three days later; 3 only long after.
    [2, [1, 1, 0, 1]],
    // 2 came back only on the fourth day in Berlin, which is the third after.
    [1, [0, 0, 0, 1]],
    [1, [0, 0, 0, 0]],
  ])
  expect(all.size).toBe(4)
  expect(all.average.map(({ persons, of }) => [persons, of])).toEqual([
    [1, 4],
    [1, 4],
    [0, 4],
    [2, 4],
  ])
})

test('without a link two visitors are two persons', async () => {
  await store(EVENTS)
  const later = await ask({ start: { events: ['session'] } })
  await db.clickhouse.command({ query: 'INSERT INTO identities (visitor_id, person_id, version) VALUES (9, 1, 1)' })
  const linked = await ask({ start: { events: ['session'] } })
  expect(later.all.size - linked.all.size).toBe(1)
})

test('unbounded: who comes back later has come back in every period before', async () => {
  await store(EVENTS)
  const { all } = await ask({ kind: 'unbounded' })
  expect(figures(all)).toEqual([
    [2, [2, 2, 2, 2]],
    [1, [1, 1, 1, 1]],
    [1, [0, 0, 0, 0]],
  ])
})

test('by a dimension each value has its own table, by the event that began it, and they add up', async () => {
  await store(EVENTS)
  const { all, slices } = await ask({ by: 'channel' })
  expect(slices.map(({ value, size }) => [value, size])).toEqual([
    ['Organic', 2],
    ['Paid Social', 2],
  ])
  expect(slices.map(figures)).toEqual([
    [
      [1, [0, 0, 0, 0]],
      [1, [0, 0, 0, 1]],
      [0, [0, 0, 0, 0]],
    ],
    [
      [1, [1, 1, 0, 1]],
      [0, [0, 0, 0, 0]],
      [1, [0, 0, 0, 0]],
    ],
  ])
  expect(slices.reduce((sum, { size }) => sum + size, 0)).toBe(all.size)
})

test('weeks begin where the calendar says, and days of 23 hours are days', async () => {
  await store([
    ['2026-03-28 12:00', 'install', 1],
    // Berlin's clocks go forward in the night to the 29th; 22:30 is half past midnight on the 30th.
    ['2026-03-29 22:30', 'session', 1],
    ['2026-03-29 21:30', 'install', 2],
    ['2026-03-29 22:30', 'session', 2],
  ])
  const days = await ask({ from: '2026-03-28', to: '2026-03-30', periods: 2 })
  expect(figures(days.all)).toEqual([
    [1, [0, 0, 1]],
    [1, [0, 1, 0]],
  ])
  const weeks = await ask({ grain: 'week', from: '2026-03-23', to: '2026-04-06', periods: 1 })
  expect(figures(weeks.all)).toEqual([
    [2, [0, 2]],
    [0, [0, 0]],
  ])
  const fromSunday = await ask({ grain: 'week', firstDayOfWeek: 7, from: '2026-03-22', to: '2026-04-05', periods: 1 })
  expect(figures(fromSunday.all)).toEqual([
    [1, [0, 1]],
    [1, [1, 0]],
  ])
})

test('what has not ended is open, and what has not begun has no figure', async () => {
  await store(EVENTS)
  now = Date.UTC(2026, 2, 5, 12)
  const { all } = await ask()
  expect(
    all.cohorts.map(({ isOpen, periods }) => [isOpen, periods.map((one) => (one.persons === null ? '-' : one.isOpen))]),
  ).toEqual([
    [false, [false, false, false, true]],
    [false, [false, false, true, '-']],
    [false, [false, true, '-', '-']],
  ])
})

test('events are chosen by names, by filters of the cube and by segments', async () => {
  await store([
    ['2026-03-02 08:00', 'open', 1, { properties: { plan: 'free' } }],
    ['2026-03-02 09:00', 'buy', 1, { properties: { plan: 'pro' } }],
    ['2026-03-03 09:00', 'open', 1, { properties: { plan: 'pro' } }],
    ['2026-03-02 09:00', 'open', 2, { properties: { plan: 'free' } }],
    ['2026-03-03 09:00', 'buy', 2, { properties: { plan: 'pro' } }],
  ])
  const pro = { filters: [{ dimension: 'plan', op: 'in' as const, values: ['pro'] }] }
  const one = { periods: 1, to: '2026-03-04' }
  expect(figures((await ask({ ...one, start: {}, return: {} })).all)).toEqual([
    [2, [1, 2]],
    [0, [0, 0]],
  ])
  expect(figures((await ask({ ...one, start: pro, return: {} })).all)).toEqual([
    [1, [0, 1]],
    [1, [0, 0]],
  ])
  expect(
    figures((await ask({ ...one, start: { events: ['open'] }, return: { events: ['buy'], ...pro } })).all),
  ).toEqual([
    [2, [1, 1]],
    [0, [0, 0]],
  ])
  expect(figures((await ask({ ...one, start: {}, return: {}, segments: ['pros'] })).all)).toEqual([
    [1, [0, 1]],
    [1, [0, 0]],
  ])
})

test('random people come back as a plain count says', async () => {
  let state = 42
  const next = (below: number) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const minutes = Array.from({ length: 600 }, () => ({
    visitor: 1 + next(40),
    at: Date.UTC(2026, 2, 1) + next(10 * 24 * 60) * 60_000,
    name: next(4) === 0 ? 'install' : 'session',
  }))
  const text = (at: number) => new Date(at).toISOString().slice(0, 16).replace('T', ' ')
  await store(minutes.map(({ visitor, at, name }) => [text(at), name, visitor]))
  for (const kind of ['retention', 'unbounded'] as const) {
    const { all } = await ask({ timezone: 'UTC', from: '2026-03-01', to: '2026-03-08', kind })
    expect(figures(all), kind).toEqual(countedPlainly(minutes, kind))
  }
})

/** The same by going through the events of each person, with days as whole numbers. */
function countedPlainly(events: readonly { visitor: number; at: number; name: string }[], kind: CohortRequest['kind']) {
  const day = (at: number) => Math.floor((at - Date.UTC(2026, 2, 1)) / 86_400_000)
  const table = Array.from({ length: 7 }, () => [0, [0, 0, 0, 0]] as [number, number[]])
  for (const own of Map.groupBy(events, ({ visitor }) => visitor).values()) {
    const began = Math.min(...own.filter(({ name }) => name === 'install').map(({ at }) => at))
    const cohort = table[day(began)]
    if (!cohort) continue
    cohort[0] += 1
    const days = own.filter(({ name, at }) => name === 'session' && at > began).map(({ at }) => day(at) - day(began))
    for (const n of [0, 1, 2, 3]) {
      const isBack = kind === 'retention' ? days.includes(n) : days.some((one) => one >= n)
      if (isBack) cohort[1][n] = (cohort[1][n] ?? 0) + 1
    }
  }
  return table
}

test('all that is wrong with a request is said at once', async () => {
  const wrong: Partial<CohortRequestInput> = {
    by: 'chanel',
    to: '2026-03-01',
    start: { filters: [{ dimension: 'plann', values: ['x'] }] },
  }
  await expect(ask(wrong)).rejects.toMatchObject({
    code: 'invalid_query',
    issues: [{ path: ['start', 'filters', 0, 'dimension'] }, { path: ['by'] }, { path: ['to'] }],
  })
  await expect(ask({ from: '2020-01-01', periods: 100 })).rejects.toMatchObject({
    message: expect.stringContaining('figures'),
  })
})
