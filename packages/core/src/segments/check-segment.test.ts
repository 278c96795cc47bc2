import { expect, test } from 'vitest'
import type { QueryFilter } from '../query/filter.ts'
import { checkSegment, problemsWith } from './check-segment.ts'
import { PAGES, SESSIONS } from './testing/two-cubes.ts'

const CUBES = [PAGES, SESSIONS]
const onBrowser: QueryFilter = { dimension: 'browser', op: 'in', values: ['Firefox'] }
const onStatus: QueryFilter = { dimension: 'status', op: 'range', from: 400 }

test('a segment for every cube fits those that have its dimensions', () => {
  const segment = { cube: null, filter: { and: [onBrowser, onStatus] } }

  expect(problemsWith(segment, PAGES)).toEqual([])
  expect(problemsWith(segment, SESSIONS)).toEqual([
    {
      path: ['filter', 'and', 1, 'dimension'],
      message: 'the cube sessions has no dimension "status": expected one of browser, duration, environment',
    },
  ])
  expect(checkSegment(segment, CUBES)).toEqual([])
})

test('a segment that fits no cube is told what each of them lacks', () => {
  const messages = checkSegment({ cube: null, filter: { dimension: 'plan', op: 'not_empty' } }, CUBES)
  expect(messages.map(({ message }) => message)).toEqual([
    expect.stringContaining('the cube pages has no dimension "plan"'),
    expect.stringContaining('the cube sessions has no dimension "plan"'),
  ])
})

test('a segment of one cube is checked against that cube alone', () => {
  expect(checkSegment({ cube: 'pages', filter: onStatus }, CUBES)).toEqual([])
  expect(checkSegment({ cube: 'sessions', filter: onStatus }, CUBES)).toHaveLength(1)
  expect(problemsWith({ cube: 'pages', filter: onBrowser }, SESSIONS)).toEqual([
    { path: ['cube'], message: 'it belongs to the cube pages, not to sessions' },
  ])
})

test('a cube that nobody has defined is refused with the names of those there are', () => {
  expect(checkSegment({ cube: 'pagse', filter: onBrowser }, CUBES)).toEqual([
    { path: ['cube'], message: 'there is no cube "pagse": expected one of pages, sessions' },
  ])
})

test('everything that is wrong is said at once, with its place in the filter', () => {
  const filter: QueryFilter = {
    or: [
      { dimension: 'status', op: 'in', values: ['many'] },
      { not: { dimension: 'status', op: 'contains', values: ['4'] } },
      { dimension: 'nonsense', op: 'empty' },
    ],
  }
  expect(checkSegment({ cube: 'pages', filter }, CUBES).map(({ path }) => path.join('.'))).toEqual([
    'filter.or.0.values.0',
    'filter.or.1.not.op',
    'filter.or.2.dimension',
  ])
})

test("a cube's usual filters are none of the segment's business", () => {
  const broken = { ...PAGES, defaultFilters: { gone: ['x'] } }
  expect(problemsWith({ cube: null, filter: onBrowser }, broken)).toEqual([])
})
