import { expect, test } from 'vitest'
import { joinFrames } from './join-frames.ts'
import { beside, compared, dimension, frameOf, IS_REST, measure, TIME } from './testing/frames-parts.ts'

const HITS = measure('hits', 'Hits')
const day = (n: number) => `2026-10-0${n}T00:00:00+02:00`

test('rows of the same time become one, and what one frame lacks is null', () => {
  const joined = joinFrames([
    frameOf(
      [TIME, HITS],
      [
        { time: day(1), hits: 5 },
        { time: day(3), hits: 7 },
      ],
      { grain: 'day' },
    ),
    frameOf(
      [TIME, measure('errors', 'Errors')],
      [
        { time: '2026-09-30T22:00:00Z', errors: 1 },
        { time: day(2), errors: 2 },
      ],
    ),
  ])
  expect(joined.columns.map(({ name }) => name)).toEqual(['time', 'hits', 'errors'])
  expect(joined.rows).toEqual([
    { time: day(1), hits: 5, errors: 1 },
    { time: day(2), hits: null, errors: 2 },
    { time: day(3), hits: 7, errors: null },
  ])
  expect(joined.grain).toBe('day')
})

test('measures of the same name get the place of their frame, with their comparisons', () => {
  const columns = [HITS, ...compared(HITS, 'previous_year')]
  const one = frameOf(columns, [beside('hits', 'previous_year', 5, 4)])
  const other = frameOf(columns, [beside('hits', 'previous_year', 9, 3)])
  const joined = joinFrames([one, other])
  expect(joined.rows).toEqual([
    {
      ...beside('hits', 'previous_year', 5, 4),
      hits_2: 9,
      'hits_2:previous_year': 3,
      'hits_2:previous_year:difference': 6,
      'hits_2:previous_year:percent': 200,
    },
  ])
  expect(joined.columns.filter(({ measure }) => measure === 'hits_2').map(({ name }) => name)).toEqual([
    'hits_2:previous_year',
    'hits_2:previous_year:difference',
    'hits_2:previous_year:percent',
  ])
})

test('a dimension that only one frame has keeps its rows apart', () => {
  const joined = joinFrames([
    frameOf(
      [TIME, dimension('country', 'Country'), HITS],
      [
        { time: day(1), country: 'DE', hits: 5 },
        { time: day(1), country: 'FR', hits: 3 },
      ],
    ),
    frameOf([TIME, measure('errors', 'Errors')], [{ time: day(1), errors: 1 }]),
  ])
  expect(joined.rows).toEqual([
    { time: day(1), country: 'DE', hits: 5, errors: null },
    { time: day(1), country: 'FR', hits: 3, errors: null },
    { time: day(1), country: null, hits: null, errors: 1 },
  ])
})

test('the rest of two top lists is the same row', () => {
  const list = (name: string) =>
    frameOf(
      [dimension('page', 'Page'), IS_REST, measure(name, name)],
      [
        { page: '/', isRest: false, [name]: 3 },
        { page: null, isRest: true, [name]: 9 },
      ],
    )
  expect(joinFrames([list('hits'), list('errors')]).rows).toEqual([
    { page: '/', isRest: false, hits: 3, errors: 3 },
    { page: null, isRest: true, hits: 9, errors: 9 },
  ])
})

test('a top list and a frame without a rest have their values in common', () => {
  const top = frameOf(
    [dimension('page', 'Page'), IS_REST, HITS],
    [
      { page: '/', isRest: false, hits: 3 },
      { page: null, isRest: true, hits: 9 },
    ],
  )
  const plain = frameOf([dimension('page', 'Page'), measure('errors', 'Errors')], [{ page: '/', errors: 1 }])
  expect(joinFrames([top, plain]).rows).toEqual([
    { page: '/', isRest: false, hits: 3, errors: 1 },
    { page: null, isRest: true, hits: 9, errors: null },
  ])
})

test('totals are kept where every frame has them', () => {
  const frame = (name: string, sets: readonly (readonly string[])[]) =>
    frameOf([dimension('page', 'Page'), measure(name, name)], [{ page: '/', [name]: 3 }], {
      totals: sets.map((dimensions) => ({ dimensions, rows: [{ [name]: 8 }] })),
    })
  expect(joinFrames([frame('hits', [[], ['page']]), frame('errors', [[]])]).totals).toEqual([
    { dimensions: [], rows: [{ page: null, hits: 8, errors: 8 }] },
  ])
})

test('what is open in one of them is open, and the data is as old as the oldest', () => {
  const one = frameOf([TIME, HITS], [], { openFrom: day(3), asOf: day(4), isTruncated: true })
  const other = frameOf([TIME, measure('errors', 'Errors')], [], { openFrom: day(2), asOf: day(5) })
  expect(joinFrames([one, other])).toMatchObject({ openFrom: day(2), asOf: day(4), isTruncated: true })
})

test('one frame is itself', () => {
  const frame = frameOf([HITS], [{ hits: 1 }])
  expect(joinFrames([frame])).toBe(frame)
})

test('a frame that leads decides which rows there are', () => {
  const joined = joinFrames(
    [
      frameOf(
        [dimension('country', 'Country'), HITS],
        [
          { country: 'DE', hits: 5 },
          { country: 'FR', hits: 3 },
        ],
      ),
      frameOf(
        [dimension('country', 'Country'), measure('errors', 'Errors')],
        [
          { country: 'NL', errors: 9 },
          { country: 'FR', errors: 1 },
        ],
      ),
    ],
    true,
  )
  expect(joined.rows).toEqual([
    { country: 'DE', hits: 5, errors: null },
    { country: 'FR', hits: 3, errors: 1 },
  ])
})
