import { randomUUID } from 'node:crypto'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { QueryInput } from '@almanac/core/query/query.ts'
import { beforeEach, expect, test } from 'vitest'
import { trialDefinition } from './reference/trial-cube.ts'
import type { TrialEvent } from './reference/trial-events.ts'
import { createTrialWorld, type TrialWorld } from './reference/trial-world.ts'
import type { TestDatabase } from './support/engines.ts'
import { useTestDatabase } from './support/use-test-database.ts'

/** Figures that another system computed: given as they are where they belong, and refused everywhere else. */

let db: TestDatabase
let world: TrialWorld
useTestDatabase((fresh) => {
  db = fresh
})

/** How many a channel, here called the kind, has reached in a week. */
function reportsCube(): CubeDefinition {
  const { measures, ...cube } = trialDefinition('reports', { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 })
  const { hits } = measures
  if (!hits) throw new Error('the trial cube has changed')
  const state = { kind: 'imported', of: 'bytes', grain: 'week', by: ['kind'] } as const
  const { gaps: _, ...shown } = { label: 'Reach', format: 'integer', better: 'higher', gaps: 'zero' } as const
  return {
    ...cube,
    measures: {
      hits,
      reach: { ...shown, gaps: 'zero', class: 'exact', state },
      reach_twice: { ...shown, gaps: 'null', class: 'derived', formula: 'reach + reach' },
    },
  }
}

const WEEKS = ['2026-03-02', '2026-03-09']
const REACH = { page_view: [100, 110], request: [70, 75], order: [7, 8] } as const

beforeEach(async () => {
  world = await createTrialWorld(db, () => Date.UTC(2026, 2, 29))
  await world.define([reportsCube()])
  const events = Object.entries(REACH).flatMap(([name, figures]) =>
    figures.map(
      (bytes, i): TrialEvent => ({
        id: randomUUID(),
        name,
        atMs: Date.parse(`${WEEKS[i]}T00:00:00Z`),
        environment: 'production',
        path: '/',
        status: 200,
        bytes,
        durationMs: 0,
        revenue: 0,
        country: 'DE',
        session: '',
        properties: {},
      }),
    ),
  )
  await world.store(events)
  await world.computeAll()
  return () => world[Symbol.asyncDispose]()
})

const WEEKLY: QueryInput = {
  cube: 'reports',
  measures: ['reach'],
  dimensions: ['kind'],
  grain: 'week',
  from: '2026-03-02',
  to: '2026-03-16',
}

test('a figure is given by the grain and the dimensions that it was computed for', async () => {
  const { rows } = await world.ask(WEEKLY)
  const expected = WEEKS.flatMap((week, i) =>
    Object.entries(REACH).map(([kind, figures]) => ({ time: `${week}T00:00:00+00:00`, kind, reach: figures[i] })),
  )
  expect(rows).toEqual(expected.toSorted((a, b) => a.time.localeCompare(b.time) || Number(b.reach) - Number(a.reach)))
})

test('it is compared with the one of the week before', async () => {
  const { rows } = await world.ask({ ...WEEKLY, from: '2026-03-09', compare: [{ with: 'previous_week' }] })
  expect(rows.map((row) => [row.kind, row.reach, row['reach:previous_week']])).toEqual([
    ['page_view', 110, 100],
    ['request', 75, 70],
    ['order', 8, 7],
  ])
})

test('it has no total, and neither has what is computed from it', async () => {
  const measures = ['reach', 'reach_twice', 'hits']
  const { totals } = await world.ask({ ...WEEKLY, measures, totals: [[], ['time'], ['kind']] })
  const figures = totals.flatMap(({ rows }) => rows.flatMap(({ reach, reach_twice: twice }) => [reach, twice]))
  expect(new Set(figures)).toEqual(new Set([null]))
})

test('the rest of a top list has none', async () => {
  const top = { by: 'hits', count: 1, rest: true }
  const measures = ['reach', 'reach_twice', 'hits']
  const { rows } = await world.ask({ ...WEEKLY, measures, top, compare: [{ with: 'previous_week' }] })
  const ofRest = rows.filter(({ isRest }) => isRest)
  expect(ofRest.map((row) => [row.reach, row.reach_twice, row['reach:previous_week']])).toEqual([
    [null, null, null],
    [null, null, null],
  ])
})

test.each<[string, Partial<QueryInput>]>([
  ['another grain', { grain: 'month' }],
  ['no grain', { grain: undefined }],
  ['fewer dimensions', { dimensions: [] }],
  ['more dimensions', { dimensions: ['kind', 'country'] }],
  ['another zone', { timezone: 'Asia/Kathmandu' }],
  ['weeks that begin on another day', { firstDayOfWeek: 7 }],
  ['a filter on what it was not computed by', { filters: [{ dimension: 'country', values: ['DE'] }] }],
  ['a ranking over several weeks', { top: { by: 'reach', count: 1 } }],
])('%s is refused', async (_, change) => {
  await expect(world.ask({ ...WEEKLY, ...change })).rejects.toMatchObject({ code: 'invalid_query' })
})

test('a filter on what it was computed by is none of that', async () => {
  const { rows } = await world.ask({ ...WEEKLY, filters: [{ dimension: 'kind', values: ['order'] }] })
  expect(rows.map(({ reach }) => reach)).toEqual([7, 8])
})
