import { describe, expect, test } from 'vitest'
import { bucketStarts } from './buckets.ts'
import { type ComparisonRequest, comparedRange, namesOf } from './comparison.ts'
import type { Grain } from './grain.ts'

const ZONES = ['Europe/Berlin', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia']
const WITH = ['previous_period', 'previous_week', 'previous_month', 'previous_quarter', 'previous_year'] as const

interface Asked {
  readonly zone?: string
  readonly from: string
  readonly to: string
  readonly grain?: Grain
  readonly with: (typeof WITH)[number]
  readonly align?: 'date' | 'weekday'
  /** Present: compared up to here. */
  readonly now?: string
  readonly fiscalYearStart?: number
}

const at = (text: string, zone: string) =>
  text.includes('T')
    ? Temporal.ZonedDateTime.from(`${text}[${zone}]`)
    : Temporal.PlainDate.from(text).toZonedDateTime(zone)

function compared({
  zone = 'Europe/Berlin',
  from,
  to,
  grain,
  align = 'date',
  now,
  fiscalYearStart = 1,
  ...asked
}: Asked) {
  const request: ComparisonRequest = {
    from: at(from, zone),
    to: at(to, zone),
    grain,
    firstDayOfWeek: 1,
    fiscalYearStart,
    comparison: { with: asked.with, align, toDate: now !== undefined },
    now: at(now ?? '2030-01-01', zone),
  }
  return comparedRange(request)
}

/** `2026-10-25` for the first instant of a day, else with the time and the offset. */
function short(moment: Temporal.ZonedDateTime): string {
  if (moment.equals(moment.startOfDay())) return moment.toPlainDate().toString()
  return moment.toString({ smallestUnit: 'minute', timeZoneName: 'never' })
}
const range = ({ from, to }: { from: Temporal.ZonedDateTime; to: Temporal.ZonedDateTime }) =>
  `${short(from)} … ${short(to)}`
const windows = (asked: Asked) => compared(asked).windows.map((window) => window && range(window))

describe('the range without a grain', () => {
  test.each<Asked & { expected: string }>([
    { with: 'previous_period', from: '2026-11-10', to: '2026-11-17', expected: '2026-11-03 … 2026-11-10' },
    { with: 'previous_period', from: '2026-03-01', to: '2026-04-01', expected: '2026-01-29 … 2026-03-01' },
    // Across the change of clocks: four days are four days.
    { with: 'previous_period', from: '2026-10-24', to: '2026-10-28', expected: '2026-10-20 … 2026-10-24' },
    // 25 hours pass between these, so the hours before them are 25.
    {
      with: 'previous_period',
      from: '2026-10-24T12:00',
      to: '2026-10-25T12:00',
      expected: '2026-10-23T11:00+02:00 … 2026-10-24T12:00+02:00',
    },
    { with: 'previous_week', from: '2026-11-10', to: '2026-11-17', expected: '2026-11-03 … 2026-11-10' },
    { with: 'previous_month', from: '2026-03-01', to: '2026-04-01', expected: '2026-02-01 … 2026-03-01' },
    { with: 'previous_month', from: '2026-02-01', to: '2026-03-01', expected: '2026-01-01 … 2026-02-01' },
    // Up to and with 30 March is up to the end of February.
    { with: 'previous_month', from: '2026-03-10', to: '2026-03-31', expected: '2026-02-10 … 2026-03-01' },
    {
      with: 'previous_month',
      from: '2026-03-10',
      to: '2026-03-20',
      align: 'weekday',
      expected: '2026-02-10 … 2026-02-20',
    },
    { with: 'previous_quarter', from: '2026-04-01', to: '2026-07-01', expected: '2026-01-01 … 2026-04-01' },
    { with: 'previous_quarter', from: '2026-05-31', to: '2026-06-30', expected: '2026-03-01 … 2026-03-30' },
    {
      with: 'previous_quarter',
      from: '2026-11-10',
      to: '2026-11-17',
      align: 'weekday',
      expected: '2026-08-11 … 2026-08-18',
    },
    { with: 'previous_year', from: '2026-11-10', to: '2026-11-17', expected: '2025-11-10 … 2025-11-17' },
    {
      with: 'previous_year',
      from: '2026-11-10',
      to: '2026-11-17',
      align: 'weekday',
      expected: '2025-11-11 … 2025-11-18',
    },
    { with: 'previous_year', from: '2024-02-01', to: '2024-03-01', expected: '2023-02-01 … 2023-03-01' },
  ])('$from to $to $align with the $with is $expected', ({ expected, ...asked }) => {
    const answer = compared(asked)
    expect(range(answer)).toBe(expected)
    expect(answer.windows.map((window) => window && range(window))).toEqual([expected])
  })

  test('of a day that the month before does not have is compared with nothing', () => {
    const answer = compared({ with: 'previous_month', from: '2026-03-31', to: '2026-04-01' })
    expect([range(answer), answer.windows]).toEqual(['2026-03-01 … 2026-03-01', [undefined]])
  })
})

describe('days', () => {
  test.each<Asked & { why: string; expected: (string | undefined)[] }>([
    {
      why: '31 March has no counterpart in February, and nothing of February comes twice',
      with: 'previous_month',
      from: '2026-03-27',
      to: '2026-04-03',
      expected: [
        '2026-02-27 … 2026-02-28',
        '2026-02-28 … 2026-03-01',
        undefined,
        undefined,
        undefined,
        '2026-03-01 … 2026-03-02',
        '2026-03-02 … 2026-03-03',
      ],
    },
    {
      why: '29 February has none in a common year',
      with: 'previous_year',
      from: '2024-02-28',
      to: '2024-03-02',
      expected: ['2023-02-28 … 2023-03-01', undefined, '2023-03-01 … 2023-03-02'],
    },
    {
      why: 'by weekday every day of a leap year has one',
      with: 'previous_year',
      align: 'weekday',
      from: '2024-02-28',
      to: '2024-03-02',
      expected: ['2023-03-01 … 2023-03-02', '2023-03-02 … 2023-03-03', '2023-03-03 … 2023-03-04'],
    },
    {
      why: 'the day that Apia skipped stands beside nothing',
      zone: 'Pacific/Apia',
      with: 'previous_week',
      from: '2012-01-05',
      to: '2012-01-08',
      expected: ['2011-12-29 … 2011-12-31', undefined, '2011-12-31 … 2012-01-01'],
    },
    {
      why: 'a range over the day that Apia skipped has one bucket fewer',
      zone: 'Pacific/Apia',
      with: 'previous_week',
      from: '2011-12-29',
      to: '2012-01-01',
      expected: ['2011-12-22 … 2011-12-23', '2011-12-24 … 2011-12-25'],
    },
    {
      why: 'a day that begins at one o’clock stands beside a whole day',
      zone: 'Africa/Cairo',
      with: 'previous_week',
      from: '2026-04-24',
      to: '2026-04-25',
      expected: ['2026-04-17 … 2026-04-18'],
    },
    {
      why: 'days that the range only touches are compared as far as it does',
      with: 'previous_week',
      from: '2026-11-10T06:00',
      to: '2026-11-11T18:00',
      expected: ['2026-11-03T06:00+01:00 … 2026-11-04', '2026-11-04 … 2026-11-04T18:00+01:00'],
    },
    {
      why: 'a range that is not whole days is compared with as much elapsed time',
      with: 'previous_period',
      from: '2026-10-25T12:00',
      to: '2026-10-26T12:00',
      expected: ['2026-10-24T13:00+02:00 … 2026-10-25T01:00+02:00', '2026-10-25T01:00+02:00 … 2026-10-25T12:00+01:00'],
    },
  ])('$why', ({ expected, why: _, ...asked }) => {
    expect(windows({ ...asked, grain: 'day' })).toEqual(expected)
  })

  test('of 25 and of 23 hours are compared whole', () => {
    const hours = (asked: Asked) =>
      compared({ ...asked, grain: 'day' }).windows.map((w) => w?.from.until(w.to).total('hours'))
    expect(hours({ with: 'previous_week', from: '2026-11-01', to: '2026-11-02' })).toEqual([25])
    expect(hours({ with: 'previous_week', from: '2026-04-05', to: '2026-04-06' })).toEqual([23])
    const lordHowe = { zone: 'Australia/Lord_Howe', with: 'previous_week' } as const
    expect(hours({ ...lordHowe, from: '2026-04-12', to: '2026-04-13' })).toEqual([24.5])
    expect(hours({ ...lordHowe, from: '2026-10-11', to: '2026-10-12' })).toEqual([23.5])
  })
})

describe('weeks, months, quarters and years', () => {
  test.each<Asked & { why: string; expected: (string | undefined)[] }>([
    {
      why: 'a week is compared with a week, whatever the alignment says',
      grain: 'week',
      with: 'previous_year',
      from: '2026-11-02',
      to: '2026-11-16',
      expected: ['2025-11-03 … 2025-11-10', '2025-11-10 … 2025-11-17'],
    },
    {
      why: 'the previous period of thirty days by week lies five weeks back',
      grain: 'week',
      with: 'previous_period',
      from: '2026-10-20',
      to: '2026-11-19',
      expected: [
        '2026-09-15 … 2026-09-21',
        '2026-09-21 … 2026-09-28',
        '2026-09-28 … 2026-10-05',
        '2026-10-05 … 2026-10-12',
        '2026-10-12 … 2026-10-15',
      ],
    },
    {
      why: 'a month is compared with the month of the year before, by weekday too',
      grain: 'month',
      with: 'previous_year',
      align: 'weekday',
      from: '2024-02-01',
      to: '2024-04-01',
      expected: ['2023-02-01 … 2023-03-01', '2023-03-01 … 2023-04-01'],
    },
    {
      why: 'the previous period of two months is the two months before',
      grain: 'month',
      with: 'previous_period',
      from: '2026-03-01',
      to: '2026-05-01',
      expected: ['2026-01-01 … 2026-02-01', '2026-02-01 … 2026-03-01'],
    },
    {
      why: 'the previous period of a part of two months is as many days before',
      grain: 'month',
      with: 'previous_period',
      from: '2026-03-10',
      to: '2026-04-11',
      expected: ['2026-02-06 … 2026-02-28', '2026-02-28 … 2026-03-10'],
    },
    {
      why: 'a part of a month is compared with that part',
      grain: 'month',
      with: 'previous_month',
      from: '2026-03-10',
      to: '2026-03-31',
      expected: ['2026-02-10 … 2026-03-01'],
    },
    {
      why: 'a fiscal quarter is compared with the one before',
      grain: 'quarter',
      fiscalYearStart: 2,
      with: 'previous_quarter',
      from: '2026-02-01',
      to: '2026-08-01',
      expected: ['2025-11-01 … 2026-02-01', '2026-02-01 … 2026-05-01'],
    },
    {
      why: 'the previous period of a fiscal year is the fiscal year before',
      grain: 'year',
      fiscalYearStart: 4,
      with: 'previous_period',
      from: '2024-04-01',
      to: '2025-04-01',
      expected: ['2023-04-01 … 2024-04-01'],
    },
  ])('$why', ({ expected, why: _, ...asked }) => {
    expect(windows(asked)).toEqual(expected)
  })
})

describe('hours and minutes', () => {
  test.each<Asked & { why: string; expected: (string | undefined)[] }>([
    {
      why: 'an hour that comes twice over there stands there with its first',
      grain: 'hour',
      with: 'previous_week',
      from: '2026-11-01T01:00',
      to: '2026-11-01T04:00',
      expected: [
        '2026-10-25T01:00+02:00 … 2026-10-25T02:00+02:00',
        '2026-10-25T02:00+02:00 … 2026-10-25T02:00+01:00',
        '2026-10-25T03:00+01:00 … 2026-10-25T04:00+01:00',
      ],
    },
    {
      why: 'the second of an hour that comes twice here has nothing to stand beside',
      grain: 'hour',
      with: 'previous_week',
      from: '2026-10-25T01:00',
      to: '2026-10-25T04:00',
      expected: [
        '2026-10-18T01:00+02:00 … 2026-10-18T02:00+02:00',
        '2026-10-18T02:00+02:00 … 2026-10-18T03:00+02:00',
        undefined,
        '2026-10-18T03:00+02:00 … 2026-10-18T04:00+02:00',
      ],
    },
    {
      why: 'and is known for the second where the range begins with it',
      grain: 'hour',
      with: 'previous_week',
      from: '2026-10-25T02:00+01:00',
      to: '2026-10-25T04:00',
      expected: [undefined, '2026-10-18T03:00+02:00 … 2026-10-18T04:00+02:00'],
    },
    {
      why: 'an hour that is skipped over there has no window',
      grain: 'hour',
      with: 'previous_week',
      zone: 'America/New_York',
      from: '2026-03-15T01:00',
      to: '2026-03-15T04:00',
      expected: [
        '2026-03-08T01:00-05:00 … 2026-03-08T03:00-04:00',
        undefined,
        '2026-03-08T03:00-04:00 … 2026-03-08T04:00-04:00',
      ],
    },
    {
      why: 'the half hour that Lord Howe leaves of an hour stands beside the hour',
      grain: 'hour',
      with: 'previous_week',
      zone: 'Australia/Lord_Howe',
      from: '2026-10-04T01:00',
      to: '2026-10-04T04:00',
      expected: [
        '2026-09-27T01:00+10:30 … 2026-09-27T02:00+10:30',
        '2026-09-27T02:00+10:30 … 2026-09-27T03:00+10:30',
        '2026-09-27T03:00+10:30 … 2026-09-27T04:00+10:30',
      ],
    },
    {
      why: 'the quarters of Kathmandu stand beside its quarters',
      grain: 'quarter_hour',
      with: 'previous_month',
      zone: 'Asia/Kathmandu',
      from: '2026-03-28T23:45',
      to: '2026-03-29T00:15',
      expected: ['2026-02-28T23:45+05:45 … 2026-03-01', undefined],
    },
    {
      why: 'the minutes of the day that Apia skipped have no window',
      grain: 'minute',
      with: 'previous_week',
      zone: 'Pacific/Apia',
      from: '2012-01-05T23:59',
      to: '2012-01-06T00:01',
      expected: ['2011-12-29T23:59-10:00 … 2011-12-31', undefined],
    },
    {
      why: 'the previous period of a few hours is as many hours before, cut where the buckets are',
      grain: 'hour',
      with: 'previous_period',
      from: '2026-11-10T10:30',
      to: '2026-11-10T12:00',
      expected: ['2026-11-10T09:00+01:00 … 2026-11-10T09:30+01:00', '2026-11-10T09:30+01:00 … 2026-11-10T10:30+01:00'],
    },
  ])('$why', ({ expected, why: _, ...asked }) => {
    expect(windows(asked)).toEqual(expected)
  })
})

describe('to date', () => {
  test.each<Asked & { why: string; expected: string }>([
    {
      why: 'as much of the month before as has passed of this one',
      with: 'previous_month',
      from: '2026-11-01',
      to: '2026-12-01',
      now: '2026-11-18T10:42',
      expected: '2026-10-01 … 2026-10-18T10:42+02:00',
    },
    {
      why: 'all of a shorter month, once it would be over',
      with: 'previous_month',
      from: '2026-03-01',
      to: '2026-04-01',
      now: '2026-03-30T10:00',
      expected: '2026-02-01 … 2026-03-01',
    },
    {
      why: 'up to the change of clocks where the time of day is skipped',
      with: 'previous_week',
      from: '2026-04-05',
      to: '2026-04-06',
      now: '2026-04-05T02:30',
      expected: '2026-03-29 … 2026-03-29T03:00+02:00',
    },
    {
      why: 'up to the first of a time that comes twice',
      with: 'previous_week',
      from: '2026-11-01',
      to: '2026-11-02',
      now: '2026-11-01T02:30',
      expected: '2026-10-25 … 2026-10-25T02:30+02:00',
    },
    {
      why: 'in the second of an hour up to its end on the other day, which has it once',
      with: 'previous_week',
      from: '2026-10-25',
      to: '2026-10-26',
      now: '2026-10-25T02:30+01:00',
      expected: '2026-10-18 … 2026-10-18T03:00+02:00',
    },
    {
      why: 'all of it when the range is over',
      with: 'previous_month',
      from: '2026-10-01',
      to: '2026-11-01',
      now: '2026-11-18T10:42',
      expected: '2026-09-01 … 2026-10-01',
    },
    {
      why: 'all of it when the range has not begun',
      with: 'previous_month',
      from: '2026-12-01',
      to: '2027-01-01',
      now: '2026-11-18T10:42',
      expected: '2026-11-01 … 2026-12-01',
    },
  ])('is $why', ({ expected, why: _, ...asked }) => {
    expect(range(compared(asked))).toBe(expected)
  })

  test('cuts the window that holds the counterpart of now and leaves out what comes later', () => {
    const asked = { with: 'previous_week', from: '2026-11-16', to: '2026-11-23', now: '2026-11-18T10:42' } as const
    expect(windows({ ...asked, grain: 'day' })).toEqual([
      '2026-11-09 … 2026-11-10',
      '2026-11-10 … 2026-11-11',
      '2026-11-11 … 2026-11-11T10:42+01:00',
      ...Array.from({ length: 4 }, () => undefined),
    ])
    expect(windows({ ...asked, grain: 'week' })).toEqual(['2026-11-09 … 2026-11-11T10:42+01:00'])
  })

  test('says where what it cuts would end', () => {
    const asked = { with: 'previous_week', from: '2026-11-16', to: '2026-11-23', now: '2026-11-18T10:42' } as const
    const { windows, uncutTo } = compared({ ...asked, grain: 'day' })
    const ends = windows.map((window) => window?.uncutTo?.toPlainDate().toString())
    expect(ends).toEqual([undefined, undefined, '2026-11-12', undefined, undefined, undefined, undefined])
    expect(uncutTo?.toPlainDate().toString()).toBe('2026-11-16')
    expect(compared({ ...asked, now: '2026-11-23' }).uncutTo).toBeUndefined()
  })

  test('takes now in the zone of the range', () => {
    const { to } = comparedRange({
      from: at('2026-11-18', 'Asia/Kathmandu'),
      to: at('2026-11-19', 'Asia/Kathmandu'),
      firstDayOfWeek: 1,
      fiscalYearStart: 1,
      comparison: { with: 'previous_week', align: 'date', toDate: true },
      now: at('2026-11-18T10:00', 'UTC'),
    })
    expect(to.toString()).toBe('2026-11-11T15:45:00+05:45[Asia/Kathmandu]')
  })
})

describe('whatever is compared', () => {
  // After the skipped day of Apia, a leap day, the ends of February, changes of clocks and the week after one.
  const starts = ['2012-01-02', '2024-02-26', '2026-03-26', '2026-10-22', '2026-10-29']
  const ranges: { length: Temporal.DurationLike; grains: readonly Grain[] }[] = [
    { length: { hours: 5, minutes: 7 }, grains: ['minute'] },
    { length: { hours: 76 }, grains: ['quarter_hour', 'hour'] },
    { length: { days: 9 }, grains: ['day', 'week', 'month'] },
    { length: { months: 3 }, grains: ['day', 'month', 'quarter', 'year'] },
  ]
  const comparisons = WITH.flatMap((other) => [
    { with: other, align: 'date', toDate: false } as const,
    { with: other, align: 'weekday', toDate: true } as const,
  ])

  test.each(ZONES)(
    'there is a window for each bucket in %s; they ascend, never overlap, and stay in the range',
    (zone) => {
      for (const start of starts)
        for (const { length, grains } of ranges)
          for (const grain of grains)
            for (const comparison of comparisons) {
              const from = at(start, zone)
              const request = { from, to: from.add(length), grain, firstDayOfWeek: 1, fiscalYearStart: 4 }
              const answer = comparedRange({ ...request, comparison, now: from.add({ hours: 4, minutes: 12 }) })
              const what = `${start} ${zone} ${JSON.stringify(length)} ${grain} ${JSON.stringify(comparison)}`
              expect(answer.windows.length, what).toBe(bucketStarts(request).length)
              expect(isInOrder(answer), what).toBe(true)
            }
    },
  )

  function isInOrder({ from, to, windows }: ReturnType<typeof comparedRange>): boolean {
    let last = from.epochMilliseconds
    for (const window of windows) {
      if (!window) continue
      if (window.from.epochMilliseconds < last || window.to.epochMilliseconds <= window.from.epochMilliseconds)
        return false
      last = window.to.epochMilliseconds
    }
    return last <= to.epochMilliseconds
  }
})

describe('the names of comparisons', () => {
  test('are their own or what they compare with', () => {
    expect(
      namesOf([
        { with: 'previous_year', as: 'last_year' },
        { with: 'previous_week', as: undefined },
      ]),
    ).toEqual({
      names: ['last_year', 'previous_week'],
      issues: [],
    })
  })

  test('are refused where two are the same', () => {
    const { issues } = namesOf([
      { with: 'previous_year', as: undefined },
      { with: 'previous_week', as: 'previous_year' },
    ])
    expect(issues).toEqual([
      {
        path: ['compare', 1, 'as'],
        message: 'expected each comparison under a name of its own, got "previous_year" twice',
      },
    ])
  })
})
