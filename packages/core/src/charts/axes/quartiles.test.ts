import { expect, test } from 'vitest'
import { boxOf } from './quartiles.ts'

test('quartiles lie between the neighbouring values', () => {
  expect(boxOf([4, 1, 3, 2])).toEqual({ least: 1, lower: 1.75, median: 2.5, upper: 3.25, greatest: 4, outliers: [] })
})

test('what lies far outside is an outlier, and the whiskers end before it', () => {
  expect(boxOf([1, 2, 3, 4, 100])).toMatchObject({ greatest: 4, outliers: [100] })
})

test('one value is its own box, and none has none', () => {
  expect(boxOf([7])).toEqual({ least: 7, lower: 7, median: 7, upper: 7, greatest: 7, outliers: [] })
  expect(boxOf([])).toBeUndefined()
})
