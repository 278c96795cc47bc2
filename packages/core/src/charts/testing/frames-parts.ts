import type { Column, Row } from '../../query/query.ts'
import type { Frame } from '../frame.ts'

/** Frames for the kinds that are not drawn along an axis: what a music shop's and a news site's dashboards could ask. */

export function frameOf(columns: readonly Column[], rows: readonly Row[], more: Partial<Frame> = {}): Frame {
  return {
    columns,
    rows,
    totals: [],
    timezone: 'Europe/Berlin',
    firstDayOfWeek: 1,
    grain: undefined,
    openFrom: undefined,
    from: '2026-10-01T00:00:00+02:00',
    to: '2026-11-01T00:00:00+01:00',
    comparisons: [],
    asOf: '2026-11-01T06:00:00+01:00',
    isTruncated: false,
    ...more,
  }
}

export const dimension = (name: string, label: string, type: Column['type'] = 'string'): Column => ({
  name,
  kind: 'dimension',
  type,
  label,
})
export const measure = (name: string, label: string, more: Partial<Column> = {}): Column => ({
  name,
  kind: 'measure',
  type: 'number',
  label,
  format: 'integer',
  better: 'higher',
  class: 'additive',
  ...more,
})
export const TIME: Column = { name: 'time', kind: 'time', type: 'time', label: 'Time' }
export const IS_REST: Column = { name: 'isRest', kind: 'flag', type: 'boolean', label: 'Everything else' }

/** The three columns that a comparison adds to a measure. */
export function compared(of: Column, comparison: string): Column[] {
  const { name: measure, label, format = 'integer', better = 'higher' } = of
  const column = (part: 'value' | 'difference' | 'percent'): Column => ({
    name: `${measure}:${comparison}${part === 'value' ? '' : `:${part}`}`,
    kind: 'comparison',
    type: 'number',
    label,
    ...(part === 'percent' ? { format: 'decimal', unit: '%' } : { format }),
    better,
    measure,
    comparison,
    part,
  })
  return [column('value'), column('difference'), column('percent')]
}

/** A value with what it is compared with, as a row carries them. */
export function beside(measure: string, comparison: string, now: number, then: number): Row {
  return {
    [measure]: now,
    [`${measure}:${comparison}`]: then,
    [`${measure}:${comparison}:difference`]: now - then,
    [`${measure}:${comparison}:percent`]: then === 0 ? null : ((now - then) / Math.abs(then)) * 100,
  }
}

const VISITORS = measure('visitors', 'Visitors', { class: 'mergeable' })
const REVENUE = measure('revenue', 'Revenue', { format: 'currency', currency: 'EUR' })
const LAST_MONTH = { name: 'previous_month', from: '2026-09-01T00:00:00+02:00', to: '2026-10-01T00:00:00+02:00' }
const LAST_YEAR = { name: 'previous_year', from: '2025-10-01T00:00:00+02:00', to: '2025-11-01T00:00:00+01:00' }

/** People came from several sources each: more together than there are. */
export const SOURCES = frameOf(
  [dimension('source', 'Source'), IS_REST, VISITORS, ...compared(VISITORS, 'previous_month')],
  [
    { source: 'google', isRest: false, ...beside('visitors', 'previous_month', 4210, 3900) },
    { source: '', isRest: false, ...beside('visitors', 'previous_month', 2875, 3011) },
    { source: 'newsletter', isRest: false, ...beside('visitors', 'previous_month', 1204, 0) },
    { source: 'news.example.com', isRest: false, ...beside('visitors', 'previous_month', 640, 640) },
    { source: null, isRest: true, ...beside('visitors', 'previous_month', 1533, 1710) },
  ],
  {
    comparisons: [LAST_MONTH],
    totals: [{ dimensions: [], rows: [beside('visitors', 'previous_month', 8630, 8010)] }],
  },
)

export const PLANS = frameOf(
  [dimension('plan', 'Plan'), REVENUE],
  [
    ['Studio', 48_210.5],
    ['Solo', 31_940],
    ['Label', 22_700.25],
    ['School', 9120],
    ['Choir', 4310],
    ['Band', 2980],
    ['Trial', 1200],
    ['Gift', 740],
    ['Staff', 95],
  ].map(([plan, revenue]) => ({ plan, revenue }) as Row),
)

/** Registration, step by step, as rows. */
export const STEPS = frameOf(
  [dimension('step', 'Step'), measure('persons', 'People', { class: 'mergeable' })],
  [
    { step: 'Visit', persons: 18_200 },
    { step: 'Install', persons: 6370 },
    { step: 'Register', persons: 3185 },
    { step: 'Subscribe', persons: 412 },
  ],
)

/** The same, as measures. */
export const STEP_MEASURES = frameOf(
  [
    measure('visits', 'Visits'),
    measure('installs', 'Installs'),
    measure('registrations', 'Registrations'),
    measure('subscriptions', 'Subscriptions'),
  ],
  [{ visits: 18_200, installs: 6370, registrations: 3185, subscriptions: 412 }],
)

const CHANNEL_COLUMNS = [
  dimension('channel', 'Channel'),
  dimension('source', 'Source'),
  dimension('campaign', 'Campaign'),
]
const CHANNEL_ROWS = [
  ['Search', 'google', 'brand', 4120],
  ['Search', 'google', 'guitars', 2210],
  ['Search', 'bing', 'brand', 390],
  ['Social', 'instagram', 'autumn', 1870],
  ['Social', 'youtube', 'autumn', 950],
  ['Social', 'youtube', 'lessons', 610],
  ['Direct', '', '', 2760],
  ['E-mail', 'newsletter', 'october', 820],
] as const
const channelRows = (name: string): Row[] =>
  CHANNEL_ROWS.map(([channel, source, campaign, value]) => ({ channel, source, campaign, [name]: value }))

export const CHANNELS = frameOf([...CHANNEL_COLUMNS, measure('installs', 'Installs')], channelRows('installs'))
/** Of people, who come by several: the parts do not add up, and the engine knows the totals of one level. */
export const CHANNEL_PEOPLE = frameOf([...CHANNEL_COLUMNS, VISITORS], channelRows('visitors'), {
  totals: [
    {
      dimensions: ['channel'],
      rows: [
        { channel: 'Search', visitors: 6100 },
        { channel: 'Social', visitors: 3000 },
        { channel: 'Direct', visitors: 2760 },
        { channel: 'E-mail', visitors: 820 },
      ],
    },
    { dimensions: [], rows: [{ visitors: 9400 }] },
  ],
})

export const FLOWS = frameOf(
  [dimension('from', 'From'), dimension('to', 'To'), measure('visits', 'Visits')],
  (
    [
      ['Home', 'Pricing', 820],
      ['Home', 'Lessons', 1340],
      ['Home', 'Leaves', 510],
      ['Pricing', 'Register', 402],
      ['Pricing', 'Leaves', 418],
      ['Lessons', 'Register', 610],
      ['Lessons', 'Leaves', 730],
    ] as const
  ).map(([from, to, visits]) => ({ from, to, visits })),
)
export const FLOWS_IN_A_CIRCLE = frameOf(FLOWS.columns, [...FLOWS.rows, { from: 'Register', to: 'Home', visits: 12 }])

const DAYS = Array.from({ length: 14 }, (_, day) => `2026-10-${String(day + 18).padStart(2, '0')}T00:00:00+02:00`)
const offsetOf = (text: string) => (text >= '2026-10-26' ? text.replace('+02:00', '+01:00') : text)
const VISITORS_BY_DAY = [812, 790, 845, 901, 876, 640, 598, 830, 851, 866, 912, 940, 655, 210]

/** Until today, whose figures still grow; with the totals of the whole range. */
export const HEADLINE = frameOf(
  [
    TIME,
    VISITORS,
    ...compared(VISITORS, 'previous_month'),
    ...compared(VISITORS, 'previous_year'),
    REVENUE,
    ...compared(REVENUE, 'previous_month'),
  ],
  DAYS.map((day, at) => ({
    time: offsetOf(day),
    ...beside('visitors', 'previous_month', VISITORS_BY_DAY[at] as number, 700 + 10 * at),
    ...beside('visitors', 'previous_year', VISITORS_BY_DAY[at] as number, 0),
    ...beside('revenue', 'previous_month', 1000 + 50 * at, 900),
  })),
  {
    grain: 'day',
    from: '2026-10-18T00:00:00+02:00',
    to: '2026-11-01T00:00:00+01:00',
    openFrom: '2026-10-31T00:00:00+01:00',
    comparisons: [LAST_MONTH, LAST_YEAR],
    totals: [
      {
        dimensions: [],
        rows: [
          {
            ...beside('visitors', 'previous_month', 6120, 5800),
            ...beside('visitors', 'previous_year', 6120, 0),
            ...beside('revenue', 'previous_month', 18_550, 12_600),
          },
        ],
      },
    ],
  },
)
/** As it comes without totals. */
export const HEADLINE_WITHOUT_TOTALS: Frame = { ...HEADLINE, totals: [] }

const ERRORS = measure('error_rate', 'Error rate', { format: 'percent', better: 'lower', class: 'decomposable' })
export const ONE_FIGURE = frameOf(
  [ERRORS, ...compared(ERRORS, 'previous_month')],
  [beside('error_rate', 'previous_month', 0.0123, 0.0164)],
  { comparisons: [LAST_MONTH] },
)

/** Pages by day: every type of column, comparisons, totals. */
export const PAGES = frameOf(
  [TIME, dimension('path', 'Page'), VISITORS, ...compared(VISITORS, 'previous_month'), measure('hits', 'Hits'), ERRORS],
  DAYS.slice(0, 4).flatMap((day, at) =>
    ['/', '/pricing', '/title/the-salt-line'].map((path, place) => ({
      time: day,
      path,
      ...beside('visitors', 'previous_month', 400 - 90 * place + 7 * at, 380 - 80 * place),
      hits: 900 - 200 * place + 31 * at,
      error_rate: place === 2 ? null : 0.01 * (at + 1),
    })),
  ),
  {
    grain: 'day',
    comparisons: [LAST_MONTH],
    totals: [
      {
        dimensions: [],
        rows: [{ ...beside('visitors', 'previous_month', 2210, 2050), hits: 8958, error_rate: 0.021 }],
      },
    ],
  },
)

const DEVICES = ['desktop', 'phone']
const COUNTRY_CODES = ['DE', 'FR', 'US']
const CITY_OF: Readonly<Record<string, readonly string[]>> = {
  DE: ['Berlin', 'Hamburg'],
  FR: ['Paris'],
  US: ['Boston', 'Portland'],
}
const people = (country: number, device: number) => 900 - 210 * country + 130 * device
const cityRows = (devices: readonly string[]): Row[] =>
  COUNTRY_CODES.flatMap((country, c) =>
    (CITY_OF[country] ?? []).flatMap((city, place) =>
      devices.map((device) => {
        const d = DEVICES.indexOf(device)
        return { country, city, device, visitors: people(c, d) - 300 * place, hits: 3 * people(c, d) - 100 * place }
      }),
    ),
  )

/**
 * People by country, city and device: less than the sum in every total, as some have two devices. France has no phones. All sets
 * that a pivot table with rows country, city and columns device asks for.
 */
export const DEVICES_BY_CITY = frameOf(
  [
    dimension('country', 'Country'),
    dimension('city', 'City'),
    dimension('device', 'Device'),
    VISITORS,
    measure('hits', 'Hits'),
  ],
  cityRows(DEVICES).filter(({ country, device }) => !(country === 'FR' && device === 'phone')),
  {
    totals: [
      { dimensions: [], rows: [{ visitors: 4001, hits: 14_000 }] },
      {
        dimensions: ['device'],
        rows: [
          { device: 'desktop', visitors: 2501, hits: 6900 },
          { device: 'phone', visitors: 1999, hits: 7100 },
        ],
      },
      {
        dimensions: ['country'],
        rows: COUNTRY_CODES.map((country, c) => ({ country, visitors: 1400 - 300 * c, hits: 5000 - 400 * c })),
      },
      {
        dimensions: ['country', 'device'],
        rows: COUNTRY_CODES.flatMap((country, c) =>
          DEVICES.map((device, d) => ({ country, device, visitors: 1100 - 200 * c - 50 * d, hits: 2500 - 200 * c })),
        ).filter(({ country, device }) => !(country === 'FR' && device === 'phone')),
      },
      {
        dimensions: ['country', 'city'],
        rows: COUNTRY_CODES.flatMap((country, c) =>
          (CITY_OF[country] ?? []).map((city, place) => ({
            country,
            city,
            visitors: 1000 - 150 * c - 310 * place,
            hits: 2400 - 50 * c - 100 * place,
          })),
        ),
      },
    ],
  },
)

const COHORT_STARTS = [
  '2026-09-28T00:00:00+02:00',
  '2026-10-05T00:00:00+02:00',
  '2026-10-12T00:00:00+02:00',
  '2026-10-19T00:00:00+02:00',
]
const COHORT_SIZES = [420, 388, 512, 0]
const COHORT_SHARES = [
  [1, 0.42, 0.31, 0.27],
  [1, 0.44, 0.29, null],
  [1, 0.4, null, null],
  [null, null, null, null],
]

/** Weeks: the last period of each row still grows. */
export const COHORTS = frameOf(
  [
    { ...dimension('cohort', 'Began', 'time'), kind: 'time' },
    dimension('period', 'Week', 'number'),
    measure('size', 'Persons'),
    measure('persons', 'Came back', { class: 'mergeable' }),
    measure('share', 'Share', { format: 'percent', class: 'decomposable' }),
    { ...dimension('is_open', 'Still running', 'boolean'), kind: 'flag' },
  ],
  COHORT_STARTS.flatMap((cohort, c) =>
    [0, 1, 2, 3].map((period) => {
      const size = COHORT_SIZES[c] as number
      const share = COHORT_SHARES[c]?.[period] ?? null
      const persons = period + c > 3 ? null : share === null ? 0 : Math.round(size * share)
      return { cohort, period, size, persons, share, is_open: period + c >= 3 }
    }),
  ),
  {
    grain: 'week',
    totals: [
      {
        dimensions: ['period'],
        rows: [
          { period: 0, size: 1320, persons: 1320, share: 1 },
          { period: 1, size: 808, persons: 347, share: 347 / 808 },
          { period: 2, size: 420, persons: 130, share: 130 / 420 },
          { period: 3, size: 0, persons: 0, share: null },
        ],
      },
    ],
  },
)

export const CHECKS = frameOf(
  [
    TIME,
    dimension('service', 'Service'),
    measure('availability', 'Availability', { format: 'percent', class: 'decomposable' }),
  ],
  DAYS.slice(0, 8).flatMap((day, at) => [
    { time: day, service: 'collect', availability: at === 3 ? 0.94 : 1 },
    { time: day, service: 'query', availability: at < 2 ? null : at > 5 ? 0.991 : 0.9999 },
  ]),
  { grain: 'day', from: DAYS[0] as string, to: DAYS[8] as string },
)

export const COUNTRIES_BY_VISITORS = frameOf(
  [dimension('country', 'Country'), IS_REST, VISITORS],
  (
    [
      ['US', 182_000],
      ['DE', 8100],
      ['FR', 4400],
      ['JP', 3100],
      ['BR', 2900],
      ['IN', 2750],
      ['ZA', 640],
      ['SG', 410],
      ['NZ', 220],
      ['', 95],
      ['A1', 12],
    ] as const
  ).map(([country, visitors]) => ({ country, isRest: false, visitors })),
)

export const CITIES = frameOf(
  [
    dimension('city', 'City'),
    measure('lat', 'Latitude', { class: 'exact', format: 'decimal' }),
    measure('long', 'Longitude', { class: 'exact', format: 'decimal' }),
    measure('visits', 'Visits'),
  ],
  (
    [
      ['Berlin', 52.52, 13.4, 3100],
      ['Paris', 48.85, 2.35, 1890],
      ['Boston', 42.36, -71.06, 1240],
      ['Tokyo', 35.68, 139.69, 980],
      ['Wellington', -41.29, 174.78, 75],
      ['Nowhere', null, null, 10],
    ] as const
  ).map(([city, lat, long, visits]) => ({ city, lat, long, visits })),
)

/** Teams with what they have reached. */
export const TEAMS = frameOf(
  [dimension('team', 'Team'), measure('calls', 'Calls')],
  [
    { team: 'North', calls: 412 },
    { team: 'South', calls: 268 },
    { team: 'Online', calls: 655 },
  ],
)

/** Names that must never be more than text, and never burst a layout. */
export const HARD_NAMES = frameOf(
  [dimension('name', 'Name'), measure('value', 'Value', { format: 'decimal' })],
  [
    { name: '<img src=x onerror=alert(1)>', value: 1e18 },
    { name: 'A name of many words '.repeat(25).trim(), value: 123_456.789 },
    { name: 'قائمة التشغيل', value: 42 },
    { name: '🎸👩‍👩‍👧‍👦', value: 1e-9 },
    { name: null, value: 0 },
    { name: '', value: null },
  ],
)
export const NOTHING = frameOf([dimension('name', 'Name'), measure('value', 'Value')], [])
export const ONLY_NULLS = frameOf(
  [dimension('name', 'Name'), measure('value', 'Value')],
  [
    { name: 'a', value: null },
    { name: 'b', value: null },
  ],
)
