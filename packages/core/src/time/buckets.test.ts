import { describe, expect, test } from 'vitest'
import { bucketStarts, endOfBucket, MAX_BUCKETS, startOfBucket } from './buckets.ts'
import { isClockGrain } from './clock-buckets.ts'
import { GRAINS, type Grain } from './grain.ts'

const starts = (from: string, to: string, grain: Grain, firstDayOfWeek = 1, fiscalYearStart = 1) =>
  bucketStarts({
    from: Temporal.ZonedDateTime.from(from),
    to: Temporal.ZonedDateTime.from(to),
    grain,
    firstDayOfWeek,
    fiscalYearStart,
  }).map((start) => start.toString({ timeZoneName: 'never' }))

describe('buckets follow the calendar of their zone', () => {
  test.each<{ why: string; from: string; to: string; grain: Grain; expected: string[] }>([
    {
      why: 'the hour that comes twice is two buckets',
      from: '2026-10-25T01:00[Europe/Berlin]',
      to: '2026-10-25T04:00[Europe/Berlin]',
      grain: 'hour',
      expected: [
        '2026-10-25T01:00:00+02:00',
        '2026-10-25T02:00:00+02:00',
        '2026-10-25T02:00:00+01:00',
        '2026-10-25T03:00:00+01:00',
      ],
    },
    {
      why: 'the hour that is skipped is none',
      from: '2026-03-29T01:00[Europe/Berlin]',
      to: '2026-03-29T04:00[Europe/Berlin]',
      grain: 'hour',
      expected: ['2026-03-29T01:00:00+01:00', '2026-03-29T03:00:00+02:00'],
    },
    {
      why: 'clocks set back by half an hour make a bucket of the repeated half',
      from: '2026-04-05T01:00[Australia/Lord_Howe]',
      to: '2026-04-05T03:00[Australia/Lord_Howe]',
      grain: 'hour',
      expected: ['2026-04-05T01:00:00+11:00', '2026-04-05T01:30:00+10:30', '2026-04-05T02:00:00+10:30'],
    },
    {
      why: 'clocks set forward by half an hour start a bucket at the shift',
      from: '2026-10-04T01:00[Australia/Lord_Howe]',
      to: '2026-10-04T04:00[Australia/Lord_Howe]',
      grain: 'hour',
      expected: ['2026-10-04T01:00:00+10:30', '2026-10-04T02:30:00+11:00', '2026-10-04T03:00:00+11:00'],
    },
    {
      why: 'hours are local where the offset has minutes',
      from: '2026-05-17T00:10[Asia/Kathmandu]',
      to: '2026-05-17T02:00[Asia/Kathmandu]',
      grain: 'hour',
      expected: ['2026-05-17T00:00:00+05:45', '2026-05-17T01:00:00+05:45'],
    },
    {
      why: 'a day that a zone skipped does not exist',
      from: '2011-12-29T00:00[Pacific/Apia]',
      to: '2012-01-01T00:00[Pacific/Apia]',
      grain: 'day',
      expected: ['2011-12-29T00:00:00-10:00', '2011-12-31T00:00:00+14:00'],
    },
    {
      why: 'a day starts after midnight where the clocks change at midnight',
      from: '2026-04-24T00:00[Africa/Cairo]',
      to: '2026-04-25T00:00[Africa/Cairo]',
      grain: 'day',
      expected: ['2026-04-24T01:00:00+03:00'],
    },
    {
      why: 'weeks start on Monday and the first may begin before the range',
      from: '2026-01-01T00:00[UTC]',
      to: '2026-01-06T00:00[UTC]',
      grain: 'week',
      expected: ['2025-12-29T00:00:00+00:00', '2026-01-05T00:00:00+00:00'],
    },
    {
      why: 'quarters start in January, April, July and October',
      from: '2026-05-31T00:00[UTC]',
      to: '2026-10-02T00:00[UTC]',
      grain: 'quarter',
      expected: ['2026-04-01T00:00:00+00:00', '2026-07-01T00:00:00+00:00', '2026-10-01T00:00:00+00:00'],
    },
    {
      why: 'months are steps of the calendar from the first, whatever day the range starts on',
      from: '2026-01-31T00:00[Europe/Berlin]',
      to: '2026-03-02T00:00[Europe/Berlin]',
      grain: 'month',
      expected: ['2026-01-01T00:00:00+01:00', '2026-02-01T00:00:00+01:00', '2026-03-01T00:00:00+01:00'],
    },
    {
      why: 'years are calendar years',
      from: '2025-06-01T00:00[UTC]',
      to: '2026-01-01T00:00[UTC]',
      grain: 'year',
      expected: ['2025-01-01T00:00:00+00:00'],
    },
  ])('$why', ({ from, to, grain, expected }) => {
    expect(starts(from, to, grain)).toEqual(expected)
  })
})

test('weeks can start on Sunday', () => {
  expect(starts('2026-01-07T00:00[UTC]', '2026-01-12T00:00[UTC]', 'week', 7)).toEqual([
    '2026-01-04T00:00:00+00:00',
    '2026-01-11T00:00:00+00:00',
  ])
})

describe('minutes and quarters of an hour follow the clock on the wall', () => {
  test.each<{ why: string; from: string; to: string; grain: Grain; expected: string[] }>([
    {
      why: 'quarters are local where the offset has 45 minutes',
      from: '2026-05-17T00:20[Asia/Kathmandu]',
      to: '2026-05-17T00:50[Asia/Kathmandu]',
      grain: 'quarter_hour',
      expected: ['2026-05-17T00:15:00+05:45', '2026-05-17T00:30:00+05:45', '2026-05-17T00:45:00+05:45'],
    },
    {
      why: 'a half hour that comes twice has its quarters twice',
      from: '2026-04-05T01:30+11:00[Australia/Lord_Howe]',
      to: '2026-04-05T02:00[Australia/Lord_Howe]',
      grain: 'quarter_hour',
      expected: [
        '2026-04-05T01:30:00+11:00',
        '2026-04-05T01:45:00+11:00',
        '2026-04-05T01:30:00+10:30',
        '2026-04-05T01:45:00+10:30',
      ],
    },
    {
      why: 'a half hour that is skipped has none',
      from: '2026-10-04T01:45[Australia/Lord_Howe]',
      to: '2026-10-04T02:45[Australia/Lord_Howe]',
      grain: 'quarter_hour',
      expected: ['2026-10-04T01:45:00+10:30', '2026-10-04T02:30:00+11:00'],
    },
    {
      why: 'a minute that comes twice is two buckets',
      from: '2026-10-25T02:59+02:00[Europe/Berlin]',
      to: '2026-10-25T02:01+01:00[Europe/Berlin]',
      grain: 'minute',
      expected: ['2026-10-25T02:59:00+02:00', '2026-10-25T02:00:00+01:00'],
    },
    {
      why: 'minutes go on after the hour that is skipped',
      from: '2026-03-29T01:59:30[Europe/Berlin]',
      to: '2026-03-29T03:01:00.000000001[Europe/Berlin]',
      grain: 'minute',
      expected: ['2026-03-29T01:59:00+01:00', '2026-03-29T03:00:00+02:00', '2026-03-29T03:01:00+02:00'],
    },
    {
      why: 'a day that the zone skipped has no hours',
      from: '2011-12-29T23:00[Pacific/Apia]',
      to: '2011-12-31T01:00[Pacific/Apia]',
      grain: 'hour',
      expected: ['2011-12-29T23:00:00-10:00', '2011-12-31T00:00:00+14:00'],
    },
    {
      why: 'a change of clocks a minute after midnight starts a bucket of its own',
      from: '2006-10-29T00:00-02:30[America/St_Johns]',
      to: '2006-10-29T00:00-03:30[America/St_Johns]',
      grain: 'hour',
      expected: ['2006-10-29T00:00:00-02:30', '2006-10-28T23:01:00-03:30'],
    },
  ])('$why', ({ from, to, grain, expected }) => {
    expect(starts(from, to, grain)).toEqual(expected)
  })

  test('every instant of a day of 25 hours is in the last bucket that starts before it', () => {
    const from = Temporal.ZonedDateTime.from('2026-10-25T00:00[Europe/Berlin]')
    for (const grain of ['minute', 'quarter_hour', 'hour'] as const) {
      const all = bucketStarts({ from, to: from.add({ hours: 25 }), grain, firstDayOfWeek: 1, fiscalYearStart: 1 })
      for (let minutes = 0; minutes < 25 * 60; minutes += 7) {
        const moment = from.add({ minutes, seconds: 17 })
        const last = all.findLast((start) => Temporal.ZonedDateTime.compare(start, moment) <= 0)
        expect(startOfBucket(moment, grain, 1, 1).toString()).toBe(last?.toString())
      }
    }
  })
})

describe('fiscal years', () => {
  test.each<{ fiscalYearStart: number; grain: Grain; moment: string; start: string }>([
    { fiscalYearStart: 1, grain: 'year', moment: '2026-01-01', start: '2026-01-01' },
    { fiscalYearStart: 4, grain: 'year', moment: '2026-03-31', start: '2025-04-01' },
    { fiscalYearStart: 4, grain: 'year', moment: '2026-04-01', start: '2026-04-01' },
    { fiscalYearStart: 12, grain: 'year', moment: '2026-11-30', start: '2025-12-01' },
    { fiscalYearStart: 4, grain: 'quarter', moment: '2026-03-31', start: '2026-01-01' },
    { fiscalYearStart: 2, grain: 'quarter', moment: '2026-01-31', start: '2025-11-01' },
    { fiscalYearStart: 2, grain: 'quarter', moment: '2026-05-01', start: '2026-05-01' },
    { fiscalYearStart: 12, grain: 'quarter', moment: '2026-02-28', start: '2025-12-01' },
    { fiscalYearStart: 7, grain: 'month', moment: '2026-05-31', start: '2026-05-01' },
  ])('that start in month $fiscalYearStart have a $grain from $start that holds $moment', (row) => {
    const moment = Temporal.PlainDate.from(row.moment).toZonedDateTime('Asia/Kathmandu')
    const start = startOfBucket(moment, row.grain, 1, row.fiscalYearStart)
    expect(start.toPlainDateTime().toString({ smallestUnit: 'minute' })).toBe(`${row.start}T00:00`)
  })

  test('have four quarters each, which start where the year does', () => {
    for (let fiscalYearStart = 1; fiscalYearStart <= 12; fiscalYearStart++) {
      const range = { firstDayOfWeek: 1, fiscalYearStart }
      const from = startOfBucket(Temporal.ZonedDateTime.from('2026-05-17T00:00[UTC]'), 'year', 1, fiscalYearStart)
      const to = endOfBucket(from, 'year')
      const quarters = bucketStarts({ ...range, from, to, grain: 'quarter' })
      expect([quarters.length, quarters[0]?.toString()]).toEqual([4, from.toString()])
    }
  })
})

test.each([
  { zone: 'Europe/Berlin', from: '2026-03-28T23:00' },
  { zone: 'Europe/Berlin', from: '2026-10-25T01:00' },
  { zone: 'Australia/Lord_Howe', from: '2026-04-05T00:00' },
  { zone: 'Australia/Lord_Howe', from: '2026-10-04T00:00' },
  { zone: 'Asia/Kathmandu', from: '2026-12-31T22:00' },
  { zone: 'Pacific/Apia', from: '2011-12-29T22:00' },
  { zone: 'Africa/Cairo', from: '2026-04-23T22:00' },
])('a bucket ends in $zone where the next one starts, at and after $from', ({ zone, from }) => {
  const start = Temporal.PlainDateTime.from(from).toZonedDateTime(zone)
  for (const grain of GRAINS) {
    const to = isClockGrain(grain) ? start.add({ hours: 5 }) : start.add({ days: 800 })
    const all = bucketStarts({ from: start, to, grain, firstDayOfWeek: 7, fiscalYearStart: 4 })
    const ends = all.slice(0, -1).map((bucket) => endOfBucket(bucket, grain).toString())
    expect(ends.length).toBeGreaterThan(0)
    expect(ends).toEqual(all.slice(1).map(String))
  }
})

test('weeks keep their day after one whose first date the zone skipped', () => {
  const weeks = starts('2012-01-02T00:00[Pacific/Apia]', '2012-01-20T00:00[Pacific/Apia]', 'week', 5)
  expect(weeks).toEqual(['2011-12-31T00:00:00+14:00', '2012-01-06T00:00:00+14:00', '2012-01-13T00:00:00+14:00'])
  const end = endOfBucket(Temporal.ZonedDateTime.from('2011-12-31T00:00[Pacific/Apia]'), 'week', 5)
  expect(end.toString({ timeZoneName: 'never' })).toBe('2012-01-06T00:00:00+14:00')
})

test('as many buckets as an answer can carry are made, across a change of clocks and a leap day', () => {
  const from = Temporal.ZonedDateTime.from('2024-02-20T00:00[America/New_York]')
  const request = { from, grain: 'minute', firstDayOfWeek: 1, fiscalYearStart: 1 } as const
  const to = from.add({ minutes: MAX_BUCKETS })
  const minutes = bucketStarts({ ...request, to })
  expect(minutes).toHaveLength(MAX_BUCKETS)
  expect(minutes.at(-1)?.toString()).toBe('2024-03-04T21:19:00-05:00[America/New_York]')
  expect(() => bucketStarts({ ...request, to: to.add({ nanoseconds: 1 }) })).toThrow(/20000 buckets by minute/)
})

test('a range with too many buckets is refused with what to do', () => {
  expect(() => starts('2000-01-01T00:00[UTC]', '2026-01-01T00:00[UTC]', 'hour')).toThrow(/20000 buckets by hour/)
})
