import { describe, expect, test } from 'vitest'
import { comparedRange } from './comparison.ts'
import { isRangePresetId, RANGE_PRESETS, type RangePresetId } from './range-preset.ts'

const at = (text: string) => Temporal.ZonedDateTime.from(text)
const short = (moment: Temporal.ZonedDateTime) => moment.toPlainDateTime().toString({ smallestUnit: 'minute' })
const rangeOf = (id: RangePresetId, now: string, firstDayOfWeek = 1) => RANGE_PRESETS[id].range(at(now), firstDayOfWeek)

// A Wednesday.
const NOW = '2026-11-18T10:42:07[Europe/Berlin]'

test.each([
  { id: 'today', from: '2026-11-18T00:00', to: '2026-11-19T00:00' },
  { id: 'yesterday', from: '2026-11-17T00:00', to: '2026-11-18T00:00' },
  { id: '24h', from: '2026-11-17T11:00', to: '2026-11-18T11:00' },
  { id: '7d', from: '2026-11-12T00:00', to: '2026-11-19T00:00' },
  { id: '28d', from: '2026-10-22T00:00', to: '2026-11-19T00:00' },
  { id: '30d', from: '2026-10-20T00:00', to: '2026-11-19T00:00' },
  { id: '90d', from: '2026-08-21T00:00', to: '2026-11-19T00:00' },
  { id: '12mo', from: '2025-11-19T00:00', to: '2026-11-19T00:00' },
  { id: 'this-week', from: '2026-11-16T00:00', to: '2026-11-23T00:00' },
  { id: 'last-week', from: '2026-11-09T00:00', to: '2026-11-16T00:00' },
  { id: 'this-month', from: '2026-11-01T00:00', to: '2026-12-01T00:00' },
  { id: 'last-month', from: '2026-10-01T00:00', to: '2026-11-01T00:00' },
  { id: 'this-quarter', from: '2026-10-01T00:00', to: '2027-01-01T00:00' },
  { id: 'last-quarter', from: '2026-07-01T00:00', to: '2026-10-01T00:00' },
  { id: 'this-year', from: '2026-01-01T00:00', to: '2027-01-01T00:00' },
  { id: 'last-year', from: '2025-01-01T00:00', to: '2026-01-01T00:00' },
] as const)('$id is $from up to and without $to', ({ id, from, to }) => {
  const range = rangeOf(id, NOW)
  expect([short(range.from), short(range.to)]).toEqual([from, to])
})

test('every preset is in the table above or it is not offered', () => {
  expect(Object.keys(RANGE_PRESETS)).toHaveLength(16)
})

test('a week that starts on Sunday begins on the Sunday before', () => {
  expect(short(rangeOf('this-week', NOW, 7).from)).toBe('2026-11-15T00:00')
  expect(short(rangeOf('this-week', '2026-11-15T12:00[UTC]', 7).from)).toBe('2026-11-15T00:00')
})

test('neighbouring ranges touch and do not overlap', () => {
  expect(rangeOf('yesterday', NOW).to.equals(rangeOf('today', NOW).from)).toBe(true)
  expect(rangeOf('last-month', NOW).to.equals(rangeOf('this-month', NOW).from)).toBe(true)
})

describe('when clocks change', () => {
  test.each([
    { now: '2026-03-29T12:00[Europe/Berlin]', hours: 23 },
    { now: '2026-10-25T12:00[Europe/Berlin]', hours: 25 },
    { now: '2026-10-26T12:00[Europe/Berlin]', hours: 24 },
    { now: '2026-10-04T12:00[Australia/Lord_Howe]', hours: 23.5 },
  ])('the day of $now has $hours hours', ({ now, hours }) => {
    const { from, to } = rangeOf('today', now)
    expect(from.until(to).total('hours')).toBe(hours)
  })

  test('a day without midnight begins at one o’clock, and the days around it at midnight', () => {
    const { from, to } = rangeOf('today', '2018-11-04T12:00[America/Sao_Paulo]')
    expect([short(from), short(to)]).toEqual(['2018-11-04T01:00', '2018-11-05T00:00'])
    expect(short(rangeOf('7d', '2018-11-04T12:00[America/Sao_Paulo]').from)).toBe('2018-10-29T00:00')
  })

  test('the last 24 hours are 24 hours on a day of 25', () => {
    const { from, to } = rangeOf('24h', '2026-10-25T20:30[Europe/Berlin]')
    expect(from.until(to).total('hours')).toBe(24)
  })

  test('an hour of a zone with a 45-minute offset begins on its own full hour', () => {
    expect(short(rangeOf('24h', '2026-11-18T10:42[Asia/Kathmandu]').to)).toBe('2026-11-18T11:00')
  })
})

describe('what a range is compared with', () => {
  const compared = (id: RangePresetId, now: string) => {
    const { from, to } = comparedRange({
      ...rangeOf(id, now),
      firstDayOfWeek: 1,
      fiscalYearStart: 1,
      comparison: { with: RANGE_PRESETS[id].comparison, align: 'date', toDate: true },
      now: at(now),
    })
    return [short(from), short(to)]
  }

  test('is the whole period before it when it is over', () => {
    expect(compared('yesterday', NOW)).toEqual(['2026-11-16T00:00', '2026-11-17T00:00'])
    expect(compared('last-week', NOW)).toEqual(['2026-11-02T00:00', '2026-11-09T00:00'])
    expect(compared('last-month', NOW)).toEqual(['2026-09-01T00:00', '2026-10-01T00:00'])
    expect(compared('last-quarter', NOW)).toEqual(['2026-04-01T00:00', '2026-07-01T00:00'])
    expect(compared('last-year', NOW)).toEqual(['2024-01-01T00:00', '2025-01-01T00:00'])
  })

  test('goes as far as a running one stands now', () => {
    expect(compared('today', NOW)).toEqual(['2026-11-17T00:00', '2026-11-17T10:42'])
    expect(compared('24h', NOW)).toEqual(['2026-11-16T11:00', '2026-11-17T10:42'])
    expect(compared('7d', NOW)).toEqual(['2026-11-05T00:00', '2026-11-11T10:42'])
    expect(compared('12mo', NOW)).toEqual(['2024-11-19T00:00', '2025-11-18T10:42'])
    expect(compared('this-month', NOW)).toEqual(['2026-10-01T00:00', '2026-10-18T10:42'])
  })

  test('touches the range when its month is shorter', () => {
    const [from, to] = compared('this-month', '2026-03-30T10:00[UTC]')
    expect(from).toBe('2026-02-01T00:00')
    expect(to && to <= '2026-03-01T00:00').toBe(true)
  })
})

test('only names of the table are presets', () => {
  expect(isRangePresetId('7d')).toBe(true)
  expect(isRangePresetId('toString')).toBe(false)
})
