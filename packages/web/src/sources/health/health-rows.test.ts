import { expect, test } from 'vitest'
import { healthRows } from './health-rows.ts'

const NOTHING = { accepted: 0, duplicates: 0, rejected: [], filtered: [] }
const health = { eventsPerSecond: 0, lastEventAt: null, lastHour: NOTHING, today: NOTHING }

test('a source without events has the four totals and no reason', () => {
  expect(healthRows(health).map(({ id, today }) => [id, today])).toEqual([
    ['accepted', 0],
    ['duplicates', 0],
    ['rejected', 0],
    ['filtered', 0],
  ])
})

test('reasons stand under their total in words, the most frequent first, also those that only one of the times has', () => {
  const rows = healthRows({
    ...health,
    lastHour: { ...NOTHING, filtered: [{ reason: 'origin', count: 1 }] },
    today: {
      ...NOTHING,
      rejected: [
        { reason: 'expected a name', count: 2 },
        { reason: 'rate_limit', count: 40 },
      ],
    },
  })
  expect(rows.slice(2).map(({ label, lastHour, today }) => [label, lastHour, today])).toEqual([
    ['Rejected', 0, 42],
    ['More events a second than the limit', 0, 40],
    ['Expected a name', 0, 2],
    ['Left out by the settings', 1, 0],
    ['The website is not among the allowed origins', 1, 0],
  ])
})

test('only rejections of the last hour are a problem', () => {
  const rejected = [{ reason: 'x', count: 1 }]
  const problems = (rows: ReturnType<typeof healthRows>) => rows.filter(({ isProblem }) => isProblem).length
  expect(problems(healthRows({ ...health, today: { ...NOTHING, rejected } }))).toBe(0)
  expect(problems(healthRows({ ...health, lastHour: { ...NOTHING, rejected } }))).toBe(1)
})
