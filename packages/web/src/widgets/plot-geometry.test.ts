import { expect, test } from 'vitest'
import { indexAt, xOf } from './plot-geometry.ts'

const plot = { widthPx: 1060, count: 11 }

test('every bucket is found again at its own place', () => {
  for (let index = 0; index < plot.count; index++) expect(indexAt(plot, xOf(plot, index))).toBe(index)
})

test('beside the plot it is the first or the last bucket', () => {
  expect(indexAt(plot, -50)).toBe(0)
  expect(indexAt(plot, 5000)).toBe(10)
})

test('one bucket stands in the middle, and none is nowhere', () => {
  expect(indexAt({ widthPx: 300, count: 1 }, 10)).toBe(0)
  expect(indexAt({ widthPx: 300, count: 0 }, 10)).toBeUndefined()
})
