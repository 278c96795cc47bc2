import { describe, expect, test } from 'vitest'
import { newCubeData } from '../../dashboards/edit/kinds/fitting-data.ts'
import type { ExplainedCell } from '../explore-search.ts'
import { cellOf, changeQuestion, numberQuestion, pickedCell } from './cell-questions.ts'

const SCOPE = {
  from: '2026-05-01T00:00:00Z',
  to: '2026-06-01T00:00:00Z',
  grain: 'day' as const,
  timezone: 'Europe/Berlin',
  firstDayOfWeek: 1,
  compare: [],
  filters: [{ dimension: 'device', op: 'in' as const, values: ['phone'] }],
  variables: {},
}
const DATA = newCubeData('web', {
  measures: ['hits', 'visitors'],
  dimensions: ['country', 'channel'],
  isOverTime: true,
})
const LATER = Temporal.Instant.from('2027-01-01T00:00:00Z')
const cell = (part: Partial<ExplainedCell> = {}): ExplainedCell => ({
  of: 'number',
  measure: 'visitors',
  dimensions: {},
  ...part,
})

describe('the value in a row', () => {
  const row = { time: '2026-05-17T00:00:00+02:00', country: 'DE', channel: 'Search', hits: 3 }

  test('is that of its time and its dimensions', () => {
    expect(cellOf('hits', row, DATA)).toEqual({
      of: 'number',
      measure: 'hits',
      time: row.time,
      dimensions: { country: 'DE', channel: 'Search' },
    })
  })

  test.each([{ isRest: true }, { country: null }])(
    'has no explanation where it is one of several things: %o',
    (part) => {
      expect(cellOf('hits', { ...row, ...part }, DATA)).toBeUndefined()
    },
  )
})

test('what a mark does not name is summed up over', () => {
  const picks = [
    { dimension: 'country', value: 'DE' },
    { dimension: 'channel', value: null },
    { dimension: 'gone', value: 'x' },
  ]
  expect(pickedCell('hits', picks, DATA).dimensions).toEqual({ country: 'DE' })
})

test('a number is asked for with the filters of the page, by its own dimensions only', () => {
  const asked = numberQuestion(DATA, SCOPE, cell({ dimensions: { country: 'DE' } }))
  expect(asked).toEqual({
    query: {
      cube: 'web',
      measures: ['visitors'],
      dimensions: ['country'],
      filters: SCOPE.filters,
      segments: [],
      from: SCOPE.from,
      to: SCOPE.to,
      timezone: 'Europe/Berlin',
      firstDayOfWeek: 1,
    },
    cell: { dimensions: { country: 'DE' } },
  })
})

describe('what moved a value', () => {
  const asked = (part: Partial<ExplainedCell>, comparisons = NONE, now = LATER) =>
    changeQuestion(DATA, SCOPE, cell(part), comparisons, now)
  const NONE: readonly { readonly name: string; readonly from: string; readonly to: string }[] = []

  test('of a day, is asked against the day before', () => {
    expect(asked({ time: '2026-05-17T00:00:00+02:00' })).toMatchObject({
      current: { from: '2026-05-16T22:00:00Z', to: '2026-05-17T22:00:00Z' },
      previous: { from: '2026-05-15T22:00:00Z', to: '2026-05-16T22:00:00Z' },
    })
  })

  test('of the whole range, is asked against what it is compared with', () => {
    const compared = [{ name: 'previous_year', from: '2025-05-01T02:00:00+02:00', to: '2025-06-01T02:00:00+02:00' }]
    expect(asked({}, compared).previous).toEqual({ from: '2025-05-01T00:00:00Z', to: '2025-06-01T00:00:00Z' })
  })

  test('of a day that is still running, is asked as far as both have come', () => {
    const now = Temporal.Instant.from('2026-05-17T10:40:00Z')
    expect(asked({ time: '2026-05-17T00:00:00+02:00' }, NONE, now)).toMatchObject({
      current: { from: '2026-05-16T22:00:00Z', to: '2026-05-17T10:00:00Z' },
      previous: { from: '2026-05-15T22:00:00Z', to: '2026-05-16T10:00:00Z' },
    })
  })

  test('is looked for among the same rows', () => {
    expect(asked({ dimensions: { country: 'DE' } }).filters).toEqual([
      ...SCOPE.filters,
      { dimension: 'country', op: 'in', values: ['DE'] },
    ])
  })
})
