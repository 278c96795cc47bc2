import { expect, test } from 'vitest'
import { cohortTables, MOST_SLICES } from './cohort-table.ts'
import type { CohortRow } from './cohorts-sql.ts'

const WEEK = 7 * 24 * 3600 * 1000
const FIRST = Date.UTC(2026, 0, 5)
/** Two weekly cohorts, looked at in the week of the beginning and in the two after it. */
const PLAN = {
  starts: [0, 1, 2, 3].map((n) => FIRST + n * WEEK),
  end: FIRST + 4 * WEEK,
  cohortCount: 2,
  periods: 2,
  timezone: 'UTC',
  by: undefined,
  to: FIRST + 2 * WEEK,
}
const LATER = FIRST + 10 * WEEK
const row = (cohort: number, size: number, came: number[], slice: CohortRow['slice'] = ''): CohortRow => ({
  cohort,
  slice,
  size,
  came,
})
const BY = {
  name: 'channel',
  dimension: { kind: 'expression', label: 'Channel', sql: 'channel', type: 'string' },
} as const

test('the average is of persons and not of cohorts: a large cohort counts for more', () => {
  const { all } = cohortTables([row(0, 10, [5, 5, 1]), row(1, 90, [9, 9, 9])], PLAN, LATER)
  expect(all.size).toBe(100)
  expect(all.average[1]).toEqual({ persons: 14, of: 100, share: 0.14, cohorts: 2 })
})

test('a period that has not ended is open and no part of the average, and one that has not begun has no figure', () => {
  const inThirdWeek = FIRST + 2.5 * WEEK
  const { all } = cohortTables([row(0, 10, [5, 4, 1]), row(1, 10, [5, 2, 0])], PLAN, inThirdWeek)
  expect(all.cohorts.map(({ periods }) => periods.map(({ persons, isOpen }) => [persons, isOpen]))).toEqual([
    [
      [5, false],
      [4, false],
      [1, true],
    ],
    [
      [5, false],
      [2, true],
      [null, true],
    ],
  ])
  expect(all.average.map(({ cohorts, share }) => [cohorts, share])).toEqual([
    [2, 0.5],
    [1, 0.4],
    [0, null],
  ])
})

test('a cohort is open until nobody can begin in it any more', () => {
  const { all } = cohortTables([], PLAN, FIRST + 1.5 * WEEK)
  expect(all.cohorts.map(({ isOpen, start, size }) => [isOpen, start, size])).toEqual([
    [false, '2026-01-05T00:00:00+00:00', 0],
    [true, '2026-01-12T00:00:00+00:00', 0],
  ])
})

test('a cohort of nobody has no share, and is no part of the average', () => {
  const { all } = cohortTables([row(0, 4, [1, 1, 1])], PLAN, LATER)
  expect(all.cohorts[1]?.periods[1]).toEqual({ persons: 0, share: null, isOpen: false })
  expect(all.average[1]).toEqual({ persons: 1, of: 4, share: 0.25, cohorts: 1 })
})

test('beyond the largest values everybody else is one slice, and all slices together are everybody', () => {
  const rows = Array.from({ length: MOST_SLICES + 3 }, (_, i) => row(0, 100 - i, [10, 5, i], `c${i}`))
  const { all, slices } = cohortTables(rows, { ...PLAN, by: BY }, LATER)
  expect(slices).toHaveLength(MOST_SLICES + 1)
  expect(slices[0]).toMatchObject({ value: 'c0', size: 100 })
  expect(slices.at(-1)).toMatchObject({ value: null, size: 90 + 89 + 88 })
  expect(slices.reduce((sum, { size }) => sum + size, 0)).toBe(all.size)
})
