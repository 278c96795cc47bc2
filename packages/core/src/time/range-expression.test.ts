import { describe, expect, test } from 'vitest'
import { isRelative, NAMED_RANGES, parseRange, rangeLabel, rangeText } from './range-expression.ts'

// A Wednesday.
const BERLIN = '2026-11-18T10:42:07[Europe/Berlin]'

function boundsOf(text: string, now = BERLIN, firstDayOfWeek = 1, fiscalYearStart = 1) {
  const parsed = parseRange(text, Temporal.ZonedDateTime.from(now), firstDayOfWeek, fiscalYearStart)
  if ('problem' in parsed) throw new Error(parsed.problem)
  return [parsed.range.from, parsed.range.to].map((at) => at.toPlainDateTime().toString({ smallestUnit: 'minute' }))
}

test.each([
  { text: '28d', from: '2026-10-22T00:00', to: '2026-11-19T00:00' },
  { text: ' yesterday ', from: '2026-11-17T00:00', to: '2026-11-18T00:00' },
  { text: 'now-7d to now', from: '2026-11-12T00:00', to: '2026-11-19T00:00' },
  { text: 'now-24h to now', from: '2026-11-17T11:00', to: '2026-11-18T11:00' },
  { text: 'now-90m to now', from: '2026-11-18T09:13', to: '2026-11-18T10:43' },
  { text: 'now-30s to now', from: '2026-11-18T10:42', to: '2026-11-18T10:43' },
  { text: '14d', from: '2026-11-05T00:00', to: '2026-11-19T00:00' },
  { text: '6h', from: '2026-11-18T04:43', to: '2026-11-18T10:43' },
  { text: 'now-7d/d to now', from: '2026-11-11T00:00', to: '2026-11-19T00:00' },
  { text: 'now-7d/d', from: '2026-11-11T00:00', to: '2026-11-19T00:00' },
  { text: 'now/d to now/d', from: '2026-11-18T00:00', to: '2026-11-19T00:00' },
  { text: 'now-1d/d to now-1d/d', from: '2026-11-17T00:00', to: '2026-11-18T00:00' },
  { text: 'now/w to now/w', from: '2026-11-16T00:00', to: '2026-11-23T00:00' },
  { text: 'now-1M/M to now-1M/M', from: '2026-10-01T00:00', to: '2026-11-01T00:00' },
  { text: 'now/q to now', from: '2026-10-01T00:00', to: '2026-11-19T00:00' },
  { text: 'now/y to now/y', from: '2026-01-01T00:00', to: '2027-01-01T00:00' },
  { text: 'now-1y/y+1M to now/y', from: '2025-02-01T00:00', to: '2027-01-01T00:00' },
  { text: 'now to now+7d', from: '2026-11-18T00:00', to: '2026-11-26T00:00' },
  { text: 'NOW-1h TO now', from: '2026-11-18T09:43', to: '2026-11-18T10:43' },
  { text: '2026-01-01 to 2026-02-01', from: '2026-01-01T00:00', to: '2026-02-01T00:00' },
  { text: '2026-01-01 to now', from: '2026-01-01T00:00', to: '2026-11-19T00:00' },
  { text: '2026', from: '2026-01-01T00:00', to: '2027-01-01T00:00' },
  { text: '2024-02', from: '2024-02-01T00:00', to: '2024-03-01T00:00' },
  { text: '2026-03-12', from: '2026-03-12T00:00', to: '2026-03-13T00:00' },
  { text: '2026-03-12T10:00 to 2026-03-12 11:30', from: '2026-03-12T10:00', to: '2026-03-12T11:30' },
  { text: '2026-03-12T10:00Z to 2026-03-12T13:00+02:00', from: '2026-03-12T11:00', to: '2026-03-12T12:00' },
  { text: '2026-11-18T09:00', from: '2026-11-18T09:00', to: '2026-11-18T10:43' },
])('$text is $from up to and without $to', ({ text, from, to }) => {
  expect(boundsOf(text)).toEqual([from, to])
})

test('bounds stay the same all day, and all minute in a short range', () => {
  const at = (time: string) => `2026-11-18T${time}[Europe/Berlin]`
  expect(boundsOf('now-5d to now', at('00:00:00'))).toEqual(boundsOf('now-5d to now', at('23:59:59')))
  expect(boundsOf('now-5m to now', at('10:42:00'))).toEqual(boundsOf('now-5m to now', at('10:42:59')))
  expect(boundsOf('now-5m to now', at('10:42:59'))).not.toEqual(boundsOf('now-5m to now', at('10:43:00')))
})

test.each([
  { firstDayOfWeek: 1, from: '2026-11-16T00:00' },
  { firstDayOfWeek: 6, from: '2026-11-14T00:00' },
  { firstDayOfWeek: 7, from: '2026-11-15T00:00' },
])('a week that starts on day $firstDayOfWeek starts at $from', ({ firstDayOfWeek, from }) => {
  expect(boundsOf('now/w to now/w', BERLIN, firstDayOfWeek)[0]).toBe(from)
})

test.each([
  { text: 'now/fy to now/fy', start: 4, from: '2026-04-01T00:00', to: '2027-04-01T00:00' },
  { text: 'now-1fy/fy to now-1fy/fy', start: 4, from: '2025-04-01T00:00', to: '2026-04-01T00:00' },
  { text: 'now/fq to now/fq', start: 2, from: '2026-11-01T00:00', to: '2027-02-01T00:00' },
  { text: 'now-1fq/fq to now-1fq/fq', start: 2, from: '2026-08-01T00:00', to: '2026-11-01T00:00' },
  { text: 'now/q to now/q', start: 2, from: '2026-10-01T00:00', to: '2027-01-01T00:00' },
  { text: 'now/y to now/y', start: 4, from: '2026-01-01T00:00', to: '2027-01-01T00:00' },
])('$text of a fiscal year that starts in month $start is $from to $to', ({ text, start, from, to }) => {
  expect(boundsOf(text, BERLIN, 1, start)).toEqual([from, to])
})

describe('in zones', () => {
  test.each([
    { zone: 'Asia/Kathmandu', from: '2026-11-17T15:00', to: '2026-11-18T15:00' },
    { zone: 'Australia/Eucla', from: '2026-11-17T18:00', to: '2026-11-18T18:00' },
    { zone: 'Pacific/Chatham', from: '2026-11-17T23:00', to: '2026-11-18T23:00' },
  ])('hours begin where the clock of $zone shows them', ({ zone, from, to }) => {
    const now = Temporal.Instant.from('2026-11-18T09:02:07Z').toZonedDateTimeISO(zone)
    expect(boundsOf('now-24h to now', now.toString())).toEqual([from, to])
  })

  test.each([
    { now: '2026-03-29T12:00[Europe/Berlin]', hours: 23 },
    { now: '2026-10-25T12:00[Europe/Berlin]', hours: 25 },
    { now: '2026-10-04T12:00[Australia/Lord_Howe]', hours: 23.5 },
  ])('the day of $now has $hours hours', ({ now, hours }) => {
    const parsed = parseRange('now/d to now/d', Temporal.ZonedDateTime.from(now))
    if ('problem' in parsed) throw new Error(parsed.problem)
    expect(parsed.range.from.until(parsed.range.to).total('hours')).toBe(hours)
  })

  test('days back are dates, whatever their lengths', () => {
    expect(boundsOf('now-7d to now', '2026-03-30T12:00[Europe/Berlin]')).toEqual([
      '2026-03-24T00:00',
      '2026-03-31T00:00',
    ])
  })

  test('a day without midnight begins at one o’clock', () => {
    const now = '2018-11-06T12:00[America/Sao_Paulo]'
    expect(boundsOf('2018-11-04', now)).toEqual(['2018-11-04T01:00', '2018-11-05T00:00'])
  })

  test('an hour that comes twice is two hours long when it is in the middle', () => {
    const parsed = parseRange('2026-10-25T02:00 to 2026-10-25T03:00', Temporal.ZonedDateTime.from(BERLIN))
    if ('problem' in parsed) throw new Error(parsed.problem)
    expect(parsed.range.from.until(parsed.range.to).total('hours')).toBe(2)
  })
})

test.each([
  { text: '', problem: 'expected a range such as 28d' },
  { text: 'all', problem: 'all time can only be shown on a board' },
  { text: 'last tuesday', problem: 'got "last tuesday"' },
  { text: 'now-7x to now', problem: 'got "now-7x"' },
  { text: 'now to now to now', problem: 'expected two moments' },
  { text: '2026-02-30', problem: 'got "2026-02-30"' },
  { text: '2026-13', problem: 'got "2026-13"' },
  { text: '2026-02-01 to 2026-01-01', problem: 'ends before it begins' },
  { text: '2026-03-12T10:00Z to 2026-03-12T12:00+02:00', problem: 'ends before it begins' },
  { text: 'now-999999y to now', problem: 'beyond the calendar' },
  { text: 'constructor', problem: 'got "constructor"' },
  { text: 'x'.repeat(200), problem: `got "${'x'.repeat(60)}…"` },
])('"$text" is refused: $problem', ({ text, problem }) => {
  const parsed = parseRange(text, Temporal.ZonedDateTime.from(BERLIN))
  expect('problem' in parsed && parsed.problem).toContain(problem)
})

test.each([
  { text: '28d', label: 'Last 28 days' },
  { text: 'now-14d to now', label: 'Last 14 days' },
  { text: '5w', label: 'Last 5 weeks' },
  { text: '1y', label: 'Last year' },
  { text: 'now-2fq', label: 'Last 2 fiscal quarters' },
  { text: '2026-01-01 to 2026-02-01', label: '2026-01-01 to 2026-02-01' },
])('$text is called $label', ({ text, label }) => {
  expect(rangeLabel(text)).toBe(label)
})

test('every named range can be read', () => {
  for (const { text } of NAMED_RANGES) expect(boundsOf(text)).toHaveLength(2)
})

test.each([
  { from: '2026-01-01T00:00[Europe/Berlin]', to: '2026-02-01T00:00[Europe/Berlin]', text: '2026-01-01 to 2026-02-01' },
  {
    from: '2026-01-01T10:00[Europe/Berlin]',
    to: '2026-01-01T12:00[Europe/Berlin]',
    text: '2026-01-01T09:00:00Z to 2026-01-01T11:00:00Z',
  },
])('$text says the range and is read back to it', ({ from, to, text }) => {
  const range = { from: Temporal.ZonedDateTime.from(from), to: Temporal.ZonedDateTime.from(to) }
  expect(rangeText(range)).toBe(text)
  const parsed = parseRange(text, range.from)
  expect('range' in parsed && parsed.range.to.equals(range.to) && parsed.range.from.equals(range.from)).toBe(true)
})

test('a range moves with the clock or does not', () => {
  expect(['28d', '5w', 'now-1h to now', '2026-01-01 to now'].map(isRelative)).toEqual([true, true, true, true])
  expect(['2026', '2026-01-01 to 2026-02-01'].map(isRelative)).toEqual([false, false])
})
