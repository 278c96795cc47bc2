import type { Column, Row } from '../../query/query.ts'
import { randomNumbers } from '../../random-numbers.ts'
import { bucketStarts } from '../../time/buckets.ts'
import type { Grain } from '../../time/grain.ts'
import { zonedText } from '../../time/moment.ts'
import type { Frame } from '../frame.ts'
import { beside, compared, dimension, frameOf, IS_REST, measure, TIME } from './frames-parts.ts'

/** Frames for the kinds that are drawn along axes: what a shop and its servers could show, and the cases that break charts. */

const ZONE = 'Europe/Berlin'
export const HITS = measure('hits', 'Hits')
const VISITORS = measure('visitors', 'Visitors', { class: 'mergeable' })
const REVENUE = measure('revenue', 'Revenue', { format: 'currency', currency: 'EUR' })
const ERROR_RATE = measure('error_rate', 'Error rate', { format: 'percent', better: 'lower', class: 'decomposable' })

function starts(from: string, to: string, grain: Grain): Temporal.ZonedDateTime[] {
  const at = (text: string) => Temporal.PlainDateTime.from(text).toZonedDateTime(ZONE)
  return bucketStarts({ from: at(from), to: at(to), grain, firstDayOfWeek: 1, fiscalYearStart: 1 })
}

/** More on work days than at weekends, growing slowly. */
function dayFigure(day: Temporal.ZonedDateTime, index: number, random: () => number): number {
  const week = [1, 1.06, 1.09, 1.05, 0.97, 0.62, 0.58][day.dayOfWeek - 1] ?? 1
  return Math.round(4200 * week * (1 + index * 0.006) * (0.94 + random() * 0.12))
}

const comparedTime = (comparison: string): Column => ({
  name: `time:${comparison}`,
  kind: 'comparison',
  type: 'time',
  label: 'Time',
  comparison,
  part: 'time',
})

/** 28 days beside the 28 before them and beside last year; the last one is running. */
export const HITS_BY_DAY: Frame = (() => {
  const random = randomNumbers(1)
  const days = starts('2026-10-05', '2026-11-02', 'day')
  const rows = days.map((day, i): Row => {
    const now = i === days.length - 1 ? 1731 : dayFigure(day, i, random)
    return {
      time: zonedText(day),
      ...beside('hits', 'previous_period', now, dayFigure(day, i - 28, random)),
      ...beside('hits', 'previous_year', now, Math.round(dayFigure(day, i - 28, random) * 0.7)),
      'time:previous_period': zonedText(day.subtract({ days: 28 })),
      'time:previous_year': zonedText(day.subtract({ days: 364 })),
    }
  })
  const columns = [
    TIME,
    HITS,
    comparedTime('previous_period'),
    ...compared(HITS, 'previous_period'),
    comparedTime('previous_year'),
    ...compared(HITS, 'previous_year'),
  ]
  return frameOf(columns, rows, {
    grain: 'day',
    from: '2026-10-05T00:00:00+02:00',
    to: '2026-11-02T00:00:00+01:00',
    openFrom: '2026-11-01T00:00:00+01:00',
    asOf: '2026-11-01T09:41:00+01:00',
    comparisons: [
      { name: 'previous_period', from: '2026-09-07T00:00:00+02:00', to: '2026-10-05T00:00:00+02:00' },
      { name: 'previous_year', from: '2025-10-06T00:00:00+02:00', to: '2025-11-03T00:00:00+01:00' },
    ],
  })
})()

/** Today by the hour: what lies ahead is zero in the answer, as its gaps are filled. The clocks go back in that night. */
export const HITS_TODAY: Frame = (() => {
  const random = randomNumbers(2)
  const hours = starts('2026-10-25', '2026-10-26', 'hour')
  const rows = hours.map((hour, i): Row => {
    const busy = Math.max(0.08, Math.sin(((hour.hour - 5) / 24) * Math.PI * 1.3))
    return {
      time: zonedText(hour),
      hits: i > 15 ? 0 : Math.round(420 * busy * (0.9 + random() * 0.2) * (i === 15 ? 0.4 : 1)),
    }
  })
  return frameOf([TIME, HITS], rows, {
    grain: 'hour',
    from: '2026-10-25T00:00:00+02:00',
    to: '2026-10-26T00:00:00+01:00',
    openFrom: '2026-10-25T14:00:00+01:00',
    asOf: '2026-10-25T14:24:00+01:00',
  })
})()

const BROWSERS = [
  ['Chrome', 0.52],
  ['Safari', 0.23],
  ['Firefox', 0.12],
  ['Edge', 0.09],
] as const

/** By browser, with everything else counted exactly in a row of its own. */
export const HITS_BY_BROWSER: Frame = (() => {
  const random = randomNumbers(3)
  const weeks = starts('2026-08-03', '2026-11-02', 'week')
  const columns = [TIME, dimension('browser', 'Browser'), IS_REST, HITS, ...compared(HITS, 'previous_period')]
  const rows = weeks.flatMap((week, i) => {
    const all = 26_000 * (1 + i * 0.02)
    const figures = (share: number) => {
      const now = Math.round(all * share * (0.9 + random() * 0.2) * (i === weeks.length - 1 ? 0.4 : 1))
      return beside('hits', 'previous_period', now, Math.round(all * share * (0.75 + random() * 0.2)))
    }
    return [
      ...BROWSERS.map(
        ([browser, share]): Row => ({ time: zonedText(week), browser, isRest: false, ...figures(share) }),
      ),
      { time: zonedText(week), browser: null, isRest: true, ...figures(0.04) },
    ]
  })
  return frameOf(columns, rows, {
    grain: 'week',
    from: '2026-08-03T00:00:00+02:00',
    to: '2026-11-02T00:00:00+01:00',
    openFrom: '2026-10-26T00:00:00+01:00',
    asOf: '2026-10-28T09:41:00+01:00',
    comparisons: [{ name: 'previous_period', from: '2026-05-04T00:00:00+02:00', to: '2026-08-03T00:00:00+02:00' }],
  })
})()

/** Money, people and a rate by month: three formats. */
export const SHOP_BY_MONTH: Frame = (() => {
  const random = randomNumbers(4)
  const rows = starts('2025-11-01', '2026-11-01', 'month').map(
    (month, i): Row => ({
      time: zonedText(month),
      revenue: Math.round(38_000 * (1 + i * 0.05) * (0.9 + random() * 0.25) * 100) / 100,
      visitors: Math.round(14_000 * (1 + i * 0.04) * (0.92 + random() * 0.14)),
      error_rate: Math.round((0.021 - i * 0.0009) * (0.85 + random() * 0.3) * 1e5) / 1e5,
    }),
  )
  return frameOf([TIME, REVENUE, VISITORS, ERROR_RATE], rows, {
    grain: 'month',
    from: '2025-11-01T00:00:00+01:00',
    to: '2026-11-01T00:00:00+01:00',
  })
})()

export const REVENUE_BY_COUNTRY = frameOf(
  [dimension('country', 'Country'), IS_REST, REVENUE, ...compared(REVENUE, 'previous_year')],
  (
    [
      ['DE', 182_400, 171_000],
      ['US', 161_250.5, 120_400],
      ['GB', 94_310, 101_870],
      ['FR', 71_020.25, 70_990],
      ['NL', 38_900, 22_100],
      ['JP', 21_400, 0],
      ['', 9120, 8800],
    ] as const
  )
    .map(([country, now, then]): Row => ({ country, isRest: false, ...beside('revenue', 'previous_year', now, then) }))
    .concat([{ country: null, isRest: true, ...beside('revenue', 'previous_year', 64_210, 71_400) }]),
  { comparisons: [{ name: 'previous_year', from: '2025-10-01T00:00:00+02:00', to: '2025-11-01T00:00:00+01:00' }] },
)

export const HITS_BY_PAGE_AND_DEVICE = frameOf(
  [dimension('page', 'Page'), dimension('device', 'Device'), HITS],
  ['/', '/guitars', '/guitars/acoustic', '/lessons', '/cart', '/checkout'].flatMap((page, i) =>
    (
      [
        ['Phone', 0.6],
        ['Desktop', 0.33],
        ['Tablet', 0.07],
      ] as const
    ).map(([device, share]): Row => ({ page, device, hits: Math.round((9000 / (i + 1)) * share) })),
  ),
)

/** Five measures of a distribution for each endpoint, in milliseconds. */
const QUANTILES = ['least', 'lower', 'median', 'upper', 'greatest'].map((name) =>
  measure(name, name.charAt(0).toUpperCase() + name.slice(1), { format: 'milliseconds', class: 'mergeable' }),
)
export const LATENCY_BY_ENDPOINT = frameOf(
  [dimension('endpoint', 'Endpoint'), ...QUANTILES],
  (
    [
      ['GET /catalogue', 12, 31, 48, 77, 190],
      ['GET /search', 40, 88, 140, 232, 610],
      ['POST /cart', 20, 44, 61, 90, 240],
      ['POST /payments', 180, 310, 420, 690, 1900],
    ] as const
  ).map(
    ([endpoint, least, lower, median, upper, greatest]): Row => ({ endpoint, least, lower, median, upper, greatest }),
  ),
)

/** A sample: one row is one order, each by a channel. */
export const ORDERS: Frame = (() => {
  const random = randomNumbers(5)
  const rows = Array.from({ length: 400 }, (_, i): Row => {
    const basket = Math.round(Math.exp(3.4 + (random() + random() + random() - 1.5) * 1.1) * 100) / 100
    return {
      order: `A-${1000 + i}`,
      channel: ['Web', 'App', 'Shop'][i % 3] as string,
      basket,
      items: 1 + Math.floor((basket / 30) * (0.5 + random())),
    }
  })
  return frameOf(
    [
      dimension('order', 'Order'),
      dimension('channel', 'Channel'),
      measure('basket', 'Basket', { format: 'currency', currency: 'EUR' }),
      measure('items', 'Items'),
    ],
    rows,
  )
})()

export const CAMPAIGNS = frameOf(
  [
    dimension('campaign', 'Campaign'),
    dimension('channel', 'Channel'),
    measure('cost', 'Cost', { format: 'currency', currency: 'EUR', better: 'lower' }),
    measure('installs', 'Installs'),
    measure('value', 'Value', { format: 'currency', currency: 'EUR' }),
  ],
  (
    [
      ['Autumn guitars', 'Search', 1200, 410, 9100],
      ['Brand', 'Search', 400, 620, 15_200],
      ['Lessons', 'Video', 2600, 380, 6400],
      ['Back to school', 'Social', 1900, 720, 8800],
      ['Newsletter', 'E-mail', 90, 240, 5100],
      ['Retargeting', 'Social', 700, 130, 2100],
      ['Podcast', 'Audio', 1500, 95, 900],
    ] as const
  ).map(([campaign, channel, cost, installs, value]): Row => ({ campaign, channel, cost, installs, value })),
)

/** Steps of a profit: additions and subtractions. */
export const PROFIT = frameOf(
  [dimension('step', 'Step'), measure('amount', 'Amount', { format: 'currency', currency: 'EUR' })],
  (
    [
      ['Sales', 420_000],
      ['Subscriptions', 138_500],
      ['Refunds', -31_200],
      ['Cost of goods', -214_000],
      ['Marketing', -88_400],
      ['Salaries', -151_000],
      ['Grants', 24_000],
    ] as const
  ).map(([step, amount]): Row => ({ step, amount })),
)

/** A little more than a year, day by day; some days have none. */
export const ORDERS_BY_DAY: Frame = (() => {
  const random = randomNumbers(6)
  const rows = starts('2025-09-10', '2026-11-02', 'day').map(
    (day, i): Row => ({
      time: zonedText(day),
      orders: i % 97 === 5 ? null : Math.round(dayFigure(day, i / 10, random) / 40),
    }),
  )
  return frameOf([TIME, measure('orders', 'Orders')], rows, {
    grain: 'day',
    from: '2025-09-10T00:00:00+02:00',
    to: '2026-11-02T00:00:00+01:00',
    openFrom: '2026-11-01T00:00:00+01:00',
    asOf: '2026-11-01T09:41:00+01:00',
  })
})()

export const HITS_BY_HOUR_AND_WEEKDAY = frameOf(
  [dimension('hour_of_day', 'Hour of the day', 'number'), dimension('day_of_week', 'Day of the week', 'number'), HITS],
  Array.from({ length: 7 * 24 }, (_, i): Row => {
    const [hour, day] = [i % 24, Math.floor(i / 24) + 1]
    const busy = Math.max(0, Math.sin(((hour - 6) / 17) * Math.PI)) * (day > 5 ? 0.55 : 1)
    return { hour_of_day: hour, day_of_week: day, hits: Math.round(busy * 900 + 20) }
  }).filter((_, i) => i % 50 !== 3),
)

export const HITS_BY_COUNTRY_AND_DEVICE = frameOf(
  [dimension('country', 'Country'), dimension('device', 'Device'), HITS],
  ['DE', 'US', 'GB', 'FR', 'NL'].flatMap((country, i) =>
    (['Phone', 'Desktop', 'Tablet', 'TV'] as const).flatMap((device, j): Row[] =>
      i === 3 && j === 3 ? [] : [{ country, device, hits: Math.round(12_000 / (i + 1) / (j * j + 1)) }],
    ),
  ),
)

export const SKILLS = frameOf(
  [
    dimension('source', 'Source'),
    measure('conversion', 'Conversion', { format: 'percent', class: 'decomposable' }),
    measure('pages', 'Pages a visit', { format: 'decimal', class: 'decomposable' }),
    measure('duration', 'Time on site', { format: 'seconds', class: 'decomposable' }),
    measure('returning', 'Returning', { format: 'percent', class: 'decomposable' }),
    measure('revenue_per_visit', 'Revenue a visit', { format: 'currency', currency: 'EUR', class: 'decomposable' }),
  ],
  (
    [
      ['Search', 0.031, 4.1, 184, 0.22, 0.92],
      ['Newsletter', 0.058, 6.4, 260, 0.71, 1.84],
      ['Social', 0.012, 2.2, 71, 0.14, 0.31],
    ] as const
  ).map(
    ([source, conversion, pages, duration, returning, revenue_per_visit]): Row => ({
      source,
      conversion,
      pages,
      duration,
      returning,
      revenue_per_visit,
    }),
  ),
)

/** Names that break layouts and those that try to break out of them. */
export const HOSTILE_NAMES = frameOf(
  [dimension('title', '<b>Title</b> of the page'), HITS],
  (
    [
      [`A name of five hundred characters ${'that goes on and on '.repeat(24)}`.slice(0, 500), 940],
      ['<img src=x onerror=alert(1)>', 810],
      ['{b}: {c} {@value}', 700],
      ['عنوان الصفحة الرئيسية', 512],
      ['דף הבית', 430],
      ['👩‍👩‍👧‍👦 Family 🎸 guitars', 333],
      ['首页 ホーム 홈', 210],
      ['"quoted" & \'single\'\n new line', 120],
      ['', 70],
    ] as const
  ).map(([title, hits]): Row => ({ title, hits })),
)

/** Eighteen powers of ten above one and nine below, zeros and nothing. */
export const FAR_APART = frameOf(
  [dimension('what', 'What'), measure('size', 'Size', { format: 'decimal' })],
  (
    [
      ['grain', 1e-9],
      ['dust', 0.0004],
      ['one', 1],
      ['none', 0],
      ['nothing', null],
      ['many', 45_000],
      ['world', 1e18],
    ] as const
  ).map(([what, size]): Row => ({ what, size })),
)

/** Balances go below zero, and a day has none. */
export const BALANCES: Frame = frameOf(
  [TIME, dimension('account', 'Account'), measure('balance', 'Balance', { format: 'currency', currency: 'EUR' })],
  starts('2026-10-01', '2026-10-15', 'day').flatMap((day, i): Row[] =>
    (['Current', 'Savings', 'Credit card'] as const).map((account, j) => ({
      time: zonedText(day),
      account,
      balance: i === 6 ? null : Math.round([900 * Math.cos(i / 2), 400 + i * 30, -250 - i * 40][j] as number),
    })),
  ),
  { grain: 'day' },
)

export const ONE_POINT: Frame = frameOf([TIME, HITS], [{ time: '2026-10-05T00:00:00+02:00', hits: 1204 }], {
  grain: 'day',
})

export const ONLY_NULLS: Frame = frameOf(
  [TIME, HITS],
  starts('2026-10-05', '2026-10-12', 'day').map((day): Row => ({ time: zonedText(day), hits: null })),
  { grain: 'day' },
)

/** Visitors by 14 cities: they do not add up. */
export const VISITORS_BY_CITY: Frame = frameOf(
  [TIME, dimension('city', 'City'), VISITORS],
  starts('2026-10-05', '2026-10-12', 'day').flatMap((day, i): Row[] =>
    Array.from({ length: 14 }, (_, j) => ({
      time: zonedText(day),
      city: `City ${j + 1}`,
      visitors: 1400 - j * 90 + i * 7,
    })),
  ),
  { grain: 'day' },
)

/** A statement in SQL knows of no grain: days as dates, and two are missing. */
export const SQL_BY_DATE: Frame = frameOf(
  [
    { name: 'day', kind: 'time', type: 'time', label: 'day' },
    { name: 'n', kind: 'measure', type: 'number', label: 'n' },
  ],
  [1, 2, 3, 6, 7].map((day): Row => ({ day: `2026-10-0${day}`, n: day * 11 })),
  { from: undefined, to: undefined, asOf: undefined },
)
