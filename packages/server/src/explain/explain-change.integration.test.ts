import { ChangeRequest, type ChangeRequestInput } from '@almanac/core/explain/change.ts'
import { Query } from '@almanac/core/query/query.ts'
import { beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { runQuery } from '../query/run-query.ts'
import { explainChange } from './explain-change.ts'
import { withRatioTables } from './ratio-tables.ts'
import { APP, computeAll, storeApp } from './testing/explained-app.ts'

let db: TestDatabase
let deps: Awaited<ReturnType<typeof storeApp>>

useTestDatabase((fresh) => {
  db = fresh
})
beforeEach(async () => {
  deps = await storeApp(db)
})

const compute = () => computeAll(db)
const SECOND = '2026-03-02T00:00:00+01:00'
const CURRENT = { from: '2026-03-02', to: '2026-03-03' }
const PREVIOUS = { from: '2026-03-01', to: '2026-03-02' }
const change = (asked: Partial<ChangeRequestInput>) =>
  explainChange(
    deps,
    ChangeRequest.parse({ cube: 'app', measure: 'actions', current: CURRENT, previous: PREVIOUS, ...asked }),
  )

test('a change is made up of the differences of the slices of each dimension', async () => {
  for (let round = 0; round < 2; round++) {
    const answer = await change({})
    expect(answer).toMatchObject({
      current: { value: 6, from: SECOND },
      previous: { value: 1 },
      difference: 5,
      percent: 500,
    })
    expect(answer.dimensions.map(({ name }) => name).toSorted()).toEqual(
      Object.entries(APP.dimensions)
        .flatMap(([name, { kind }]) => (kind === 'calendar' ? [] : [name]))
        .toSorted(),
    )
    for (const { name, slices, rest } of answer.dimensions) {
      const sum = slices.reduce((total, { contribution }) => total + contribution, rest?.contribution ?? 0)
      expect(sum, name).toBe(5)
    }
    const countries = answer.dimensions.find(({ name }) => name === 'country')
    expect(countries?.slices.map(({ dimensions, contribution }) => [dimensions.country, contribution])).toEqual([
      ['PL', 3],
      ['DE', 2],
    ])
    expect(answer.dimensions.find(({ name }) => name === 'environment')).toMatchObject({ score: 0 })
    await compute()
  }
})

test('a change is told by a pair where two dimensions say more than each', async () => {
  // A thousand of every pair on both days, and two thousand more in Poland of the plan "pro".
  await db.clickhouse.command({
    query: `INSERT INTO events (source, environment, name, occurred_at, country, properties)
      SELECT 'app', 'production', 'view', if(number < 4000, '2026-03-01 11:30:00', '2026-03-02 08:30:00')::DateTime64(3, 'UTC'),
        if(number >= 8000 OR number % 2 = 0, 'PL', 'DE'),
        concat('{"plan":"', if(number >= 8000 OR intDiv(number, 2) % 2 = 0, 'pro', 'free'), '"}') FROM numbers(10000)`,
  })
  const { slices } = await change({})
  expect(slices[0]).toMatchObject({
    dimensions: { country: 'PL', plan: 'pro' },
    previous: { value: 1000 },
    current: { value: 3000 },
    contribution: 2000,
  })
  for (const { dimensions } of slices) expect(dimensions).not.toHaveProperty('environment')
})

test('a change from nothing is new everywhere alike, and nothing is special', async () => {
  const previous = { from: '2026-02-01', to: '2026-03-02' }
  expect((await change({ measure: 'orders', previous, limit: 50 })).slices).toEqual([])
})

test('a change of a ratio is split into what its slices changed by, and what their parts did', async () => {
  for (let round = 0; round < 2; round++) {
    const current = { from: '2026-03-02', to: '2026-03-04' }
    const answer = await change({ measure: 'rate', current, previous: { from: '2026-03-01', to: '2026-03-03' } })
    // 2 orders of 6 views against 2 of 5.
    expect(answer).toMatchObject({
      previous: { value: 0.4, numerator: 2, denominator: 5 },
      current: { value: expect.closeTo(2 / 6, 12), numerator: 2, denominator: 6 },
    })
    for (const { name, slices, rest } of answer.dimensions) {
      const sum = slices.reduce((total, { contribution }) => total + contribution, rest?.contribution ?? 0)
      expect(sum, name).toBeCloseTo(2 / 6 - 2 / 5, 9)
      for (const { rateEffect = 0, mixEffect = 0, contribution } of slices)
        expect(rateEffect + mixEffect).toBeCloseTo(contribution, 12)
    }
    await compute()
  }
  const parts = Query.parse({
    cube: 'app',
    measures: ['rate_numerator', 'rate_denominator'],
    from: '2026-03-01',
    to: '2026-03-04',
  })
  const { rows, meta } = await runQuery({ ...deps, registry: withRatioTables(deps.registry) }, parts)
  expect([rows, meta.tables]).toEqual([
    [{ rate_numerator: 2, rate_denominator: 7 }],
    [deps.registry.tables('app')[0]?.table],
  ])
})

test('a change counts the rest of a dimension with more values than are compared, and looks up what is missing', async () => {
  await db.clickhouse.command({
    query: `INSERT INTO events (source, environment, name, occurred_at, country)
      SELECT 'app', 'production', 'view', if(number < 2500, '2026-03-01 11:30:00', '2026-03-02 08:00:00')::DateTime64(3, 'UTC'),
        concat('c', toString(if(number < 2500, number, number - 1500))) FROM numbers(5000)`,
  })
  await db.clickhouse.command({
    query: `INSERT INTO events (source, environment, name, occurred_at, country)
      SELECT 'app', 'production', 'view', '2026-03-02 08:30:00'::DateTime64(3, 'UTC'), 'c3' FROM numbers(40)`,
  })
  const answer = await change({ dimensions: ['country'] })
  const [countries] = answer.dimensions
  expect(countries?.slices[0]).toMatchObject({
    dimensions: { country: 'c3' },
    previous: { value: 1 },
    current: { value: 40 },
  })
  expect(countries?.rest?.hasUncompared).toBe(true)
  const listed = countries?.slices.reduce((total, { contribution }) => total + contribution, 0) ?? 0
  expect(listed + (countries?.rest?.contribution ?? 0)).toBe(answer.difference)
})

test('a change of what slices do not add up to is refused, with the reason', async () => {
  for (const { measure, why } of [
    { measure: 'people', why: 'in several slices' },
    { measure: 'greatest', why: 'one single row' },
    { measure: 'per_person', why: 'turnover / people' },
    { measure: 'people_2d', why: 'ask about people' },
  ]) {
    await expect(change({ measure }), measure).rejects.toMatchObject({
      code: 'invalid_query',
      message: expect.stringContaining(why),
      hint: expect.stringContaining('actions, orders, turnover, rate'),
    })
  }
})

test('a change from nothing has no percentage, and of a ratio without a base no slices', async () => {
  const previous = { from: '2025-01-01', to: '2025-01-02' }
  expect(await change({ previous })).toMatchObject({ previous: { value: 0 }, difference: 6, percent: null })
  expect(await change({ measure: 'rate', previous })).toMatchObject({
    previous: { value: null },
    difference: null,
    slices: [],
    dimensions: [],
  })
})
