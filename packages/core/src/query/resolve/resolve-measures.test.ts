import { expect, test } from 'vitest'
import type { CubeCalendar, CubeDefinition } from '../../cubes/cube.ts'
import type { Measure } from '../../cubes/measure.ts'
import { Query, type QueryInput } from '../query.ts'
import { resolveQuery } from './resolve-query.ts'

const SHOWN = { label: 'x', better: 'higher', gaps: 'null', format: 'integer' } as const
const imported = (grain: 'week' | 'quarter' | 'year'): Measure => ({
  ...SHOWN,
  class: 'exact',
  state: { kind: 'imported', of: 'reach', grain, by: ['channel'] },
})
const CALENDAR: CubeCalendar = { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 4 }
const CUBE: CubeDefinition = {
  name: 'reports',
  label: 'Reports',
  base: { from: 'reports', tables: ['reports'], where: 'true', timeColumn: 'at' },
  calendar: CALENDAR,
  dimensions: {
    channel: { kind: 'expression', label: 'Channel', sql: 'channel', type: 'string' },
    country: { kind: 'expression', label: 'Country', sql: 'country', type: 'string' },
  },
  measures: {
    spend: { ...SHOWN, class: 'additive', part: { of: 'spend', number: 'decimal' } },
    reach: imported('week'),
    quarterly: imported('quarter'),
    yearly: imported('year'),
    per_reach: { ...SHOWN, class: 'derived', formula: 'spend / reach' },
  },
  defaultFilters: { country: ['DE'] },
  rollups: [],
}
const WEEKLY = {
  cube: 'reports',
  measures: ['reach'],
  dimensions: ['channel'],
  grain: 'week',
  from: '2026-05-04',
  to: '2026-06-01',
} as const
const resolved = (query: Partial<QueryInput>) =>
  resolveQuery(Query.parse({ ...WEEKLY, ...query }), CUBE, Temporal.Instant.from('2026-06-01T00:00:00Z'))

test.each<[string, Partial<QueryInput>]>([
  ['its grain and dimensions, with the filters that the cube has by itself', {}],
  ['a filter on what it was computed by', { filters: [{ dimension: 'channel', values: ['tv'] }] }],
  ['a formula of it', { measures: ['per_reach', 'spend'] }],
  ['another fiscal year, where it is of weeks', { fiscalYearStart: 1 }],
  [
    'weeks that begin on another day, where it is of quarters',
    { measures: ['quarterly'], grain: 'quarter', firstDayOfWeek: 7 },
  ],
  ['a ranking by another measure', { measures: ['reach', 'spend'], top: { by: 'spend', count: 1, rest: true } }],
])('an imported figure is given by %s', (_, query) => {
  expect(resolved(query).measures.length).toBeGreaterThan(0)
})

test.each<[string, Partial<QueryInput>, string]>([
  ['weeks that begin on another day', { firstDayOfWeek: 7 }, 'its weeks begin on day 1'],
  ['quarters of another year', { measures: ['quarterly'], grain: 'quarter', fiscalYearStart: 1 }, 'begin with month 4'],
  ['another fiscal year', { measures: ['yearly'], grain: 'year', fiscalYearStart: 1 }, 'begin with month 4'],
  ['another zone', { timezone: 'Asia/Kathmandu' }, 'its time zone is UTC'],
  [
    'a filter on what it was not computed by',
    { filters: [{ or: [{ not: { dimension: 'country', op: 'empty' } }, { dimension: 'channel', op: 'empty' }] }] },
    'leave out the filter on country',
  ],
  ['a ranking', { top: { by: 'reach', count: 1 } }, 'cannot rank by "reach"'],
  ['a ranking by a formula of it', { measures: ['per_reach'], top: { by: 'per_reach', count: 1 } }, 'cannot rank by'],
  ['a formula of it by another grain', { measures: ['per_reach'], grain: 'month' }, 'the grain week'],
])('an imported figure is refused for %s', (_, query, message) => {
  expect(() => resolved(query)).toThrow(message)
})
