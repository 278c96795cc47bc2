import { expect, test } from 'vitest'
import type { CubeDefinition } from '../../cubes/cube.ts'
import type { Measure } from '../../cubes/measure.ts'
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

test.each([
  {
    why: 'ends where it was cut off, and looks back from the end of that day',
    cut: { ...window('2026-05-01T00:00:00Z', '2026-05-10T10:42:00Z'), uncutTo: at('2026-06-01T00:00:00Z') },
    expected: ['2026-05-09T00:00Z', '2026-05-10T10:42Z'],
  },
  {
    why: 'looks back from its own end where that comes sooner than the end of the day',
    cut: { ...window('2026-05-10T10:00:00Z', '2026-05-10T10:42:00Z'), uncutTo: at('2026-05-10T11:00:00Z') },
    expected: ['2026-05-08T11:00Z', '2026-05-10T10:42Z'],
  },
  {
    why: 'looks back from the end of the day that has just begun, as a window that runs does',
    cut: { ...window('2026-05-01T00:00:00Z', '2026-05-10T00:00:00Z'), uncutTo: at('2026-06-01T00:00:00Z') },
    expected: ['2026-05-09T00:00Z', '2026-05-10T00:00Z'],
  },
])('what is compared to date $why', ({ cut, expected }) => {
  const strand = strandOf('last_2_days', LAST_2_DAYS, [cut])
  const { from = 0, to = 0 } = (strand?.kind === 'spread' && strand.windows[0]) || {}
  expect([from, to]).toEqual(expected.map(at))
})

test('both sides of a comparison to date look back on as much time, on days of 23 and 25 hours, too', () => {
  const calendar = { ...CUBE.calendar, timezone: 'Europe/Berlin' }
  const zoned = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/Berlin]`).epochMilliseconds
  const now = zoned('2026-11-01T10:30')
  const windows = [
    {
      start: zoned('2026-10-19'),
      from: zoned('2026-10-19'),
      to: zoned('2026-10-25T10:30'),
      uncutTo: zoned('2026-10-26'),
    },
    { start: zoned('2026-10-26'), from: zoned('2026-10-26'), to: zoned('2026-11-02') },
  ]
  const [strand] = strandsOf([{ name: 'last_2_days', measure: LAST_2_DAYS }], CUBE, windows, calendar, now)
  expect(strand?.kind === 'spread' && strand.windows.map(({ from, to }) => [from, to])).toEqual([
    [zoned('2026-10-24'), zoned('2026-10-25T10:30')],
    // Nothing has come yet of the rest of the day.
    [zoned('2026-10-31'), zoned('2026-11-02')],
  ])
})

test('what runs to date and is cut off at its very beginning is not empty', () => {
  const measure: Measure = { ...MEASURE, class: 'window', measure: 'hits', window: { kind: 'to_date', grain: 'day' } }
  const cut = { ...window('2026-05-01T00:00:00Z', '2026-05-10T00:00:00Z'), uncutTo: at('2026-06-01T00:00:00Z') }
  const strand = strandOf('last_2_days', measure, [cut])
  expect(strand?.kind === 'spread' && strand.pieces).toHaveLength(1)
})

test('what lies between two windows is no piece', () => {
  const days = [
    window('2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z'),
    window('2026-06-01T00:00:00Z', '2026-06-02T00:00:00Z'),
  ]
  const strand = strandOf('last_2_days', LAST_2_DAYS, days)
  expect(strand?.kind === 'spread' && strand.pieces).toHaveLength(2)
})
