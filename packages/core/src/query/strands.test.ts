import { expect, test } from 'vitest'
import type { CubeDefinition } from '../cubes/cube.ts'
import type { Measure } from '../cubes/measure.ts'
import { strandsOf } from './strands.ts'

const MEASURE = { label: 'x', better: 'higher', gaps: 'zero', format: 'integer' } as const
const HOURLY: Measure = { ...MEASURE, class: 'window', measure: 'hits', window: { kind: 'mean', grain: 'hour' } }
const LAST_2_DAYS: Measure = { ...MEASURE, class: 'window', measure: 'hits', window: { kind: 'trailing', days: 2 } }
const CUBE: CubeDefinition = {
  name: 'web',
  label: 'Web',
  base: { from: 'events', tables: ['events'], where: 'true', timeColumn: 'occurred_at' },
  calendar: { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {},
  measures: {
    hits: { ...MEASURE, class: 'additive', part: { number: 'integer' } },
    hourly: HOURLY,
    last_2_days: LAST_2_DAYS,
  },
  defaultFilters: {},
  rollups: [],
}
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const window = (from: string, to: string) => ({ start: at(from), from: at(from), to: at(to) })
const LONG_AFTER = at('2027-01-01T00:00Z')

function strandOf(name: string, measure: Measure, windows: ReturnType<typeof window>[], nowMs = LONG_AFTER) {
  const [strand] = strandsOf([{ name, measure }], CUBE, windows, CUBE.calendar, nowMs)
  return strand
}

test('two windows that share an hour have parts of it with names of their own', () => {
  const windows = [
    window('2026-05-01T09:30:00Z', '2026-05-01T10:20:00Z'),
    window('2026-05-01T10:20:00Z', '2026-05-01T11:00:00Z'),
  ]
  expect(strandOf('hourly', HOURLY, windows)).toMatchObject({
    kind: 'mean',
    begun: [2, 1],
    windows: [
      { start: at('2026-05-01T09:30:00Z'), to: at('2026-05-01T10:00:00Z') },
      { start: at('2026-05-01T10:00:00Z'), to: at('2026-05-01T10:20:00Z') },
      { start: at('2026-05-01T10:20:00Z'), to: at('2026-05-01T11:00:00Z') },
    ],
  })
})

test('hours that have not begun are not counted', () => {
  const windows = [window('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z')]
  expect(strandOf('hourly', HOURLY, windows, at('2026-05-01T03:00:00Z'))).toMatchObject({ begun: [4] })
})

test('each piece of windows that overlap lies in those that follow one another', () => {
  const days = [1, 2, 3].map((day) => window(`2026-05-0${day}T00:00:00Z`, `2026-05-0${day + 1}T00:00:00Z`))
  const strand = strandOf('last_2_days', LAST_2_DAYS, days)
  const pieces = strand?.kind === 'spread' ? strand.pieces : []
  expect(pieces.map(({ from, first, last }) => [new Date(from).toISOString().slice(0, 10), first, last])).toEqual([
    ['2026-04-30', 0, 0],
    ['2026-05-01', 0, 1],
    ['2026-05-02', 1, 2],
    ['2026-05-03', 2, 2],
  ])
})

test('what lies between two windows is no piece', () => {
  const days = [
    window('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'),
    window('2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z'),
  ]
  const strand = strandOf('last_2_days', LAST_2_DAYS, days)
  expect(strand?.kind === 'spread' && strand.pieces).toHaveLength(2)
})
