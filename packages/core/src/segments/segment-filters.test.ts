import { expect, test } from 'vitest'
import { AppError } from '../errors.ts'
import type { QueryFilter } from '../query/filter.ts'
import type { Segment } from './segment.ts'
import { segmentFilters } from './segment-filters.ts'
import { PAGES, SESSIONS } from './testing/two-cubes.ts'

const firefox: QueryFilter = { dimension: 'browser', op: 'in', values: ['Firefox'] }
const errors: QueryFilter = { dimension: 'status', op: 'range', from: 400 }
const segments = new Map([
  ['firefox', segment('firefox', firefox)],
  ['errors', segment('errors', errors, 'pages')],
  ['lost', segment('lost', { dimension: 'plan', op: 'empty' })],
])

function segment(name: string, filter: QueryFilter, cube: string | null = null): Segment {
  return { name, label: name, description: '', cube, filter }
}

function refusal(names: string[], cube = PAGES): AppError {
  try {
    segmentFilters(names, segments, cube)
  } catch (error) {
    if (error instanceof AppError) return error
  }
  throw new Error('it was not refused')
}

test('the filters come in the order of the names', () => {
  expect(segmentFilters(['errors', 'firefox'], segments, PAGES)).toEqual([errors, firefox])
  expect(segmentFilters([], segments, PAGES)).toEqual([])
})

test('an unknown segment is refused with the names of those that fit the cube', () => {
  expect(refusal(['firefxo'])).toMatchObject({
    code: 'invalid_query',
    message: 'there is no segment "firefxo": expected one of errors, firefox',
    issues: [{ path: ['segments', 0] }],
  })
  expect(refusal(['errosr'], SESSIONS).message).toBe('there is no segment "errosr": expected one of firefox')
})

test('where no segment fits the cube, none is offered', () => {
  const bare = { ...PAGES, name: 'bare', dimensions: {} }
  expect(refusal(['x'], bare).message).toContain('there is no segment "x", and none for the cube bare')
})

test('a name that every object has is no segment', () => {
  expect(refusal(['constructor', '__proto__']).issues).toHaveLength(2)
})

test('a segment of another cube and one whose dimension is gone say so, both at once', () => {
  expect(refusal(['errors', 'lost', 'firefox'], SESSIONS).issues).toEqual([
    {
      path: ['segments', 0],
      message: 'the segment "errors" does not fit: it belongs to the cube pages, not to sessions',
    },
    {
      path: ['segments', 1],
      message:
        'the segment "lost" does not fit: the cube sessions has no dimension "plan": expected one of browser, duration, environment',
    },
  ])
})
