import { expect, test } from 'vitest'
import * as roles from './roles.ts'
import { compared, dimension, frameOf, measure, TIME } from './testing/frames-parts.ts'

const HITS = measure('hits', 'Hits')
const REVENUE = measure('revenue', 'Revenue', { format: 'currency', currency: 'EUR' })
const FRAME = frameOf(
  [
    TIME,
    dimension('page', 'Page'),
    dimension('device', 'Device'),
    HITS,
    REVENUE,
    ...compared(REVENUE, 'previous_year'),
  ],
  [],
)

test('without names, time is along the axis, the first dimension the series, and all measures the values', () => {
  expect(roles.axisFor(FRAME, undefined).name).toBe('time')
  expect(roles.dimensionFor(FRAME, undefined, ['time'])?.name).toBe('page')
  expect(roles.valuesFor(FRAME, undefined).map(({ name }) => name)).toEqual(['hits', 'revenue'])
})

test('a dimension that has a part is not given another', () => {
  const noTime = { ...FRAME, columns: FRAME.columns.slice(1) }
  expect(roles.axisFor(noTime, undefined, ['page']).name).toBe('device')
  expect(roles.dimensionFor(noTime, undefined, ['page', 'device'])).toBeUndefined()
})

test('what is missing is said in words', () => {
  const bare = frameOf([dimension('page', 'Page')], [])
  expect(() => roles.valuesFor(bare, undefined)).toThrow(roles.UnfitFrame)
  expect(() => roles.neededDimension(bare, undefined, 'its rows', ['page'])).toThrow('a dimension for its rows')
  expect(() => roles.columnOf(bare, 'x')).toThrow('There is no column “x”; there are page.')
})

test('comparisons go with their measure', () => {
  expect(roles.comparisonsOf(FRAME, HITS)).toEqual([])
  expect(roles.comparisonsOf(FRAME, REVENUE)).toMatchObject([
    {
      name: 'previous_year',
      label: 'Previous year',
      value: { name: 'revenue:previous_year' },
      percent: { unit: '%' },
      time: undefined,
    },
  ])
})

test('a spec’s format goes before that of the cube, for compared values, too', () => {
  const spec = { formats: { revenue: 'integer' as const } }
  expect(roles.formatOf(spec, REVENUE)).toEqual({ format: 'integer', currency: 'EUR' })
  expect(roles.formatOf(spec, roles.columnOf(FRAME, 'revenue:previous_year'))).toMatchObject({ format: 'integer' })
  expect(roles.formatOf({}, REVENUE)).toEqual({ format: 'currency', currency: 'EUR' })
})

test('the change in percent stays one, whatever the format of its measure is', () => {
  const percent = roles.columnOf(FRAME, 'revenue:previous_year:percent')
  expect(roles.formatOf({ formats: { revenue: 'integer' } }, percent)).toEqual({ format: 'decimal', unit: '%' })
})

test.each([
  { value: 5, number: 5 },
  { value: '12345678901234567890', number: 12345678901234567000 },
  { value: '-1.5e3', number: -1500 },
  { value: '', number: null },
  { value: 'five', number: null },
  { value: true, number: null },
  { value: null, number: null },
  { value: Number.POSITIVE_INFINITY, number: null },
])('$value is read as $number', ({ value, number }) => {
  expect(roles.numberIn({ hits: value }, HITS)).toBe(number)
})
