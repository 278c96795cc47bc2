import type { QueryInput } from '@almanac/core/query/query.ts'
import type { TrialEvent } from './trial-events.ts'

/** Questions that were once answered wrong, or that chance would seldom come upon. They are asked in every state. */
export function knownCases(events: readonly TrialEvent[], nowMs: number): QueryInput[] {
  const inMidSecond = events.filter(({ atMs, environment }) => atMs % 1000 < 900 && environment === 'production')
  return [
    // Parts of the calendar, where a rollup of whole hours is smaller but its hours are not those of the zone.
    {
      cube: 'trial_berlin',
      measures: ['hits'],
      dimensions: ['country', 'day_of_month'],
      from: '2025-10-01',
      to: '2025-11-20',
      timezone: 'Australia/Lord_Howe',
    },
    {
      cube: 'web',
      measures: ['errors'],
      dimensions: ['path', 'hour_of_day'],
      from: '2025-08-27',
      to: '2026-03-15',
      timezone: 'Asia/Kathmandu',
    },
    // More hours than fit into one parameter of a statement.
    { cube: 'trial_berlin', measures: ['hourly_bytes'], from: '2026-03-02', to: '2028-03-21' },
    {
      cube: 'trial_utc',
      measures: ['hits'],
      from: '2025-09-01',
      to: '2026-03-28',
      grain: 'quarter_hour',
      limit: 100_000,
    },
    // Weeks of which one begins on a date that the zone skipped.
    {
      cube: 'trial_utc',
      measures: ['hits', 'visitors'],
      from: '2012-01-02',
      to: '2012-01-20',
      grain: 'week',
      timezone: 'Pacific/Apia',
      firstDayOfWeek: 5,
    },
    ...totalsOfCutBuckets(nowMs),
    ...lookingBackToDate(nowMs),
    ...inMidSecond.slice(0, 3).flatMap(({ atMs }) => [trailingFromMidSecond(atMs), comparedFromMidSecond(atMs)]),
  ]
}

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const text = (ms: number) => new Date(ms).toISOString()

/** Totals that come with their series, of ranges and comparisons that begin within a bucket, or lack an hour of the clock. */
function totalsOfCutBuckets(nowMs: number): QueryInput[] {
  const query = { cube: 'trial_berlin', measures: ['hits', 'visitors'], totals: [[]] }
  const today = text(nowMs).slice(0, 10)
  const tomorrow = text(nowMs + DAY_MS).slice(0, 10)
  const from = text(nowMs - 10 * DAY_MS).slice(0, 10)
  return [
    ...(['week', 'month', 'quarter', 'year'] as const).flatMap((grain) =>
      (['previous_quarter', 'previous_year'] as const).map((other): QueryInput => {
        return { ...query, from, to: tomorrow, grain, compare: [{ with: other, toDate: grain !== 'week' }] }
      }),
    ),
    { ...query, from: today, to: tomorrow, grain: 'hour', compare: [{ with: 'previous_week' }] },
    { ...query, from: '2026-04-05', to: '2026-04-06', grain: 'hour', compare: [{ with: 'previous_week' }] },
  ]
}

/** The last window looks back to a tenth of a second after the event, the others to before it. */
function trailingFromMidSecond(atMs: number): QueryInput {
  const to = atMs + 100 + 28 * DAY_MS
  const from = text(to - 3 * DAY_MS).slice(0, 10)
  return { cube: 'trial_utc', measures: ['bytes_28d'], from, to: text(to), grain: 'day', timezone: 'UTC' }
}

/** Days that look back, beside such days of which the last has come as far as today has. */
function lookingBackToDate(nowMs: number): QueryInput[] {
  const today = text(nowMs).slice(0, 10)
  const measures = ['visitors_7d', 'bytes_28d', 'visitors_of_week', 'daily_visitors', 'stickiness']
  const query = { cube: 'trial_berlin', measures, from: text(nowMs - 20 * DAY_MS).slice(0, 10) }
  const tomorrow = text(nowMs + DAY_MS).slice(0, 10)
  return (['previous_period', 'previous_week', 'previous_month'] as const).flatMap((other) => [
    { ...query, to: tomorrow, compare: [{ with: other, toDate: true }], totals: [[]] },
    {
      ...query,
      measures: measures.slice(0, 3),
      grain: 'day' as const,
      to: tomorrow,
      compare: [{ with: other, toDate: true }],
    },
    {
      ...query,
      measures: ['visitors_7d', 'visitors_of_week'],
      from: today,
      to: tomorrow,
      grain: 'hour' as const,
      compare: [{ with: other, toDate: true }],
    },
  ])
}

/** The start of an hour stands beside a tenth of a second after the event. */
function comparedFromMidSecond(atMs: number): QueryInput {
  const hour = Math.ceil(atMs / HOUR_MS) * HOUR_MS + 3 * HOUR_MS
  const shift = hour - (atMs + 100)
  const from = hour - Math.floor(shift / 2)
  return {
    cube: 'trial_utc',
    measures: ['hits'],
    from: text(from),
    to: text(from + shift),
    grain: 'hour',
    timezone: 'UTC',
    compare: [{ with: 'previous_period' }],
  }
}
