import { expect, test } from 'vitest'
import { sparklinePath } from './sparkline.tsx'

test.each([
  { values: [], path: '' },
  { values: [5], path: '' },
  { values: [0, 0], path: 'M0 27L100 27' },
  { values: [0, 10], path: 'M0 27L100 1' },
  { values: [10, 5, 10], path: 'M0 1L50 14L100 1' },
])('$values is drawn as "$path"', ({ values, path }) => {
  expect(sparklinePath(values)).toBe(path)
})
