import { describe, expect, test } from 'vitest'
import { bucketStarts } from './buckets.ts'
import type { Grain } from './grain.ts'

const starts = (from: string, to: string, grain: Grain, firstDayOfWeek = 1) =>
  bucketStarts({
    from: Temporal.ZonedDateTime.from(from),
    to: Temporal.ZonedDateTime.from(to),
    grain,
    firstDayOfWeek,
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

test('a range with too many buckets is refused with what to do', () => {
  expect(() => starts('2000-01-01T00:00[UTC]', '2026-01-01T00:00[UTC]', 'hour')).toThrow(/20000 buckets by hour/)
})
