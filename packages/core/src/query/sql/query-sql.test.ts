import { expect, test } from 'vitest'
import type { CubeDefinition } from '../../cubes/cube.ts'
import type { CubeSnapshot } from '../../cubes/cube-state.ts'
import type { Measure } from '../../cubes/measure.ts'
import { Query, type QueryInput } from '../query.ts'
import { resolveQuery } from '../resolve/resolve-query.ts'
import { seriesSql } from './query-sql.ts'

const MEASURE = { label: 'x', better: 'higher', gaps: 'zero', format: 'integer' } as const
const MEASURES = {
  hits: { ...MEASURE, class: 'additive', part: { number: 'integer' } },
  visitors: { ...MEASURE, class: 'mergeable', state: { kind: 'persons' } },
  visitors_28d: { ...MEASURE, class: 'window', measure: 'visitors', window: { kind: 'trailing', days: 28 } },
  by_minute: { ...MEASURE, class: 'window', measure: 'hits', window: { kind: 'mean', grain: 'minute' } },
} as const satisfies Record<string, Measure>

const CUBE: CubeDefinition = {
  name: 'web',
  label: 'Web',
  base: {
    from: 'events',
    tables: ['events'],
    where: `name = 'page_view'`,
    timeColumn: 'occurred_at',
    person: 'visitor_id',
  },
  calendar: { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {
    path: { kind: 'expression', label: 'Page', sql: 'path', type: 'string', isWide: true },
    status: { kind: 'expression', label: 'Status', sql: 'status', type: 'number' },
    country: { kind: 'expression', label: 'Country', sql: 'country', type: 'string' },
    failed: { kind: 'expression', label: 'Failed', sql: 'status >= 400', type: 'boolean' },
    hour: { kind: 'calendar', label: 'Hour', part: 'hour_of_day' },
    environment: { kind: 'expression', label: 'Environment', sql: 'environment', type: 'string' },
  },
  measures: MEASURES,
  defaultFilters: { environment: ['production'] },
  rollups: [
    { dimensions: ['environment'], step: 'quarter_hour' },
    { dimensions: ['environment', 'path', 'status'], step: 'hour', states: 'day' },
    { dimensions: ['environment', 'country'], step: 'hour', measures: ['hits'] },
  ],
}
const SETTLED: CubeSnapshot = {
  touched: { hour: [], day: [], month: [] },
  garbage: [],
  version: 7,
  committed: [],
  persons: 1_000_000,
}
const WEEK: QueryInput = { cube: 'web', measures: ['hits'], from: '2026-05-01', to: '2026-05-08', grain: 'day' }
const NOW = Temporal.Instant.from('2026-06-01T00:00:00Z')

function sqlOf(query: Partial<QueryInput>, snapshot: CubeSnapshot | undefined = SETTLED) {
  const resolved = resolveQuery(Query.parse({ ...WEEK, ...query }), CUBE, NOW)
  const storage = { table: { id: 1, definition: CUBE, table: 'cube_web_1' }, snapshot }
  const { range, grain, limit, ...rest } = resolved
  return seriesSql({ ...rest, windows: range.windows, hasTime: grain !== undefined, limit, nowMs: 0 }, storage)
}
const seconds = (text: string) => Temporal.Instant.from(text).epochMilliseconds / 1000

test('settled days are read from the cube alone', () => {
  const { tables, text } = sqlOf({})
  expect(tables).toEqual(['cube_web_1'])
  expect(text).toContain(`level = 'day'`)
  expect(text).not.toContain(`level = 'hour'`)
})

test('a touched hour is read from the raw rows, and its day from the hours beside it', () => {
  const touched = { ...SETTLED.touched, hour: [seconds('2026-05-03T10:00:00Z')] }
  const { text, tables } = sqlOf({}, { ...SETTLED, touched })
  expect(tables).toEqual(['cube_web_1', 'events'])
  expect(text).toContain(`level = 'hour'`)
})

test.each([
  { timezone: 'Asia/Kathmandu', tables: ['cube_web_1'], why: 'lies at :45, which steps of a quarter of an hour have' },
  {
    timezone: 'Africa/Monrovia',
    from: '1971-05-01',
    to: '1971-05-15',
    tables: ['events'],
    why: 'had an offset of odd seconds',
  },
])('$timezone $why', ({ tables, why: _, ...query }) => {
  expect(sqlOf(query).tables).toEqual(tables)
})

test('versions that do not count are left out, each on its level', () => {
  const bucket = seconds('2026-05-02T00:00:00Z')
  const { text, parameters } = sqlOf({}, { ...SETTLED, garbage: [{ level: 'day', bucket, version: 5 }] })
  expect(parameters).toMatchObject({ version: 7, day_buckets: [bucket], day_versions: [5] })
  expect(text).toContain('version <= {version:UInt64}')
})

test.each([
  { query: { dimensions: ['path'] }, rollup: ['environment', 'path', 'status'] },
  { query: { dimensions: ['country'] }, rollup: ['environment', 'country'] },
  { query: { dimensions: ['country'], measures: ['visitors'] }, rollup: undefined },
  { query: { dimensions: ['path', 'country'] }, rollup: undefined },
  { query: { filters: [{ dimension: 'status', values: [404] }] }, rollup: ['environment', 'path', 'status'] },
  { query: { grain: 'quarter_hour' as const, to: '2026-05-02' }, rollup: ['environment'] },
  { query: { dimensions: ['path'], grain: 'hour' as const }, rollup: ['environment', 'path', 'status'] },
  { query: { dimensions: ['path'], grain: 'hour' as const, measures: ['visitors'] }, rollup: undefined },
  {
    query: { dimensions: ['path'], grain: 'day' as const, measures: ['visitors'] },
    rollup: ['environment', 'path', 'status'],
  },
  { query: { grain: 'minute' as const, to: '2026-05-02' }, rollup: undefined },
])('$query is read from the rollup $rollup', ({ query, rollup }) => {
  expect(sqlOf(query).rollup).toEqual(rollup)
})

test('what turns a rollup down is said', () => {
  expect(sqlOf({ dimensions: ['country'], measures: ['visitors'] }).rejected).toEqual([
    { rollup: ['environment'], reason: 'it does not have country' },
    { rollup: ['environment', 'path', 'status'], reason: 'it does not have country' },
    { rollup: ['environment', 'country'], reason: 'it does not keep visitors' },
  ])
})

test.each([
  { timezone: 'UTC', rollup: ['environment', 'country'] },
  { timezone: 'America/New_York', rollup: ['environment', 'country'] },
  { timezone: 'Asia/Kathmandu', rollup: undefined },
  { timezone: 'Australia/Lord_Howe', rollup: undefined },
])('hours of the day in $timezone are read from hours of the cube where these are the same', ({ timezone, rollup }) => {
  const { rejected, ...read } = sqlOf({ dimensions: ['country', 'hour'], timezone, grain: undefined })
  expect(read.rollup).toEqual(rollup)
  const reasons = rejected.filter((one) => one.rollup.includes('country')).map(({ reason }) => reason)
  expect(reasons).toEqual(rollup ? [] : [`clocks in ${timezone} do not keep to its steps of an hour`])
})

test('a filter on the hour of the day counts as asking for it', () => {
  const filters = [{ dimension: 'hour', values: [7] }]
  expect(sqlOf({ dimensions: ['country'], filters, timezone: 'Asia/Kathmandu' }).rollup).toBe(undefined)
  expect(sqlOf({ filters, timezone: 'Asia/Kathmandu' }).rollup).toEqual(['environment'])
})

test.each([
  { compare: [{ with: 'previous_period' as const }] },
  { compare: [{ with: 'previous_period' as const }, { with: 'previous_year' as const }] },
  { compare: [{ with: 'previous_week' as const }, { with: 'previous_month' as const }], from: '2026-05-28' },
])('days that look back are read by the day where they are compared to date with $compare', ({ compare, ...more }) => {
  const now = Temporal.Instant.from('2026-05-28T10:42:13Z')
  const query = { measures: ['visitors_28d'], from: '2026-05-01', to: '2026-05-29', ...more }
  const toDate = compare.map((one) => ({ ...one, toDate: true }))
  const resolved = resolveQuery(Query.parse({ ...WEEK, ...query, compare: toDate }), CUBE, now)
  const beside = resolved.comparisons.flatMap(({ windows }) => windows.filter((window) => window !== undefined))
  const windows = [...resolved.range.windows, ...beside].sort((a, b) => a.start - b.start)
  const storage = { table: { id: 1, definition: CUBE, table: 'cube_web_1' }, snapshot: SETTLED }
  const request = { ...resolved, windows, hasTime: true, nowMs: now.epochMilliseconds }
  const { text, parameters, rollup } = seriesSql(request, storage)
  expect(rollup).toEqual(['environment'])
  expect(text).toContain(`level = 'day'`)
  // Where raw rows begin and end, for their index: in no hours but those in which a comparison is cut off.
  const ends = Object.entries(parameters).flatMap(([name, value]) => (name.startsWith('hour_') ? [Number(value)] : []))
  const minutes = ends.map((end) => new Date(end * 1000).toISOString().slice(11, 16))
  expect(minutes).toContain('09:00')
  expect(minutes.filter((minute) => !['09:00', '10:42', '11:00'].includes(minute))).toEqual([])
})

test('raw events are of the moment of the snapshot, log by log', () => {
  const touched = { ...SETTLED.touched, hour: [seconds('2026-05-03T10:00:00Z')] }
  const committed = [
    { logId: 'one', position: 120 },
    { logId: 'two', position: 0 },
  ]
  const { text, parameters } = sqlOf({ measures: ['visitors'] }, { ...SETTLED, touched, committed })
  expect(parameters).toMatchObject({ log0: 'one', log0_end: 120, log1: 'two', log1_end: 0 })
  const condition =
    '(log_position < {log0_end:UInt64} OR log_id != {log0:UUID}) AND (log_position < {log1_end:UInt64} OR log_id != {log1:UUID})'
  // Of the rows, and of those whose persons are numbered.
  expect(text.split(condition)).toHaveLength(3)
})

test('windows that begin in one second have names of their own', () => {
  const from = '2026-05-01T00:00:00.250Z'
  const { parameters } = sqlOf({ from, to: '2026-05-01T03:00:00Z', grain: 'hour', compare: [] })
  const windows = Object.entries(parameters).flatMap(([name, value]) => (name.startsWith('windows') ? [value] : []))
  expect(windows[0]).toEqual(
    [0, 1, 2].map((n) => Temporal.Instant.from('2026-05-01T00:00Z').epochMilliseconds + n * 3_600_000),
  )
})

test.each([
  { measures: ['by_minute'], from: '2026-03-01', to: '2026-05-17', message: 'more than 100000 buckets by minute' },
  { measures: ['visitors_28d'], grain: 'minute' as const, message: 'reaches so far back' },
])('$measures with too many parts is refused', ({ message, ...query }) => {
  expect(() => sqlOf(query)).toThrow(expect.objectContaining({ code: 'invalid_query', hint: expect.any(String) }))
  expect(() => sqlOf(query)).toThrow(message)
})

test.each(['constructor', '__proto__', 'toString'])('"%s" is no truth', (value) => {
  const query = { filters: [{ dimension: 'failed', values: [value] }] }
  expect(() => sqlOf(query)).toThrow(`"failed" holds booleans, got "${value}"`)
})

test('no text of a query is part of the SQL', () => {
  const hostile = `'); DROP TABLE events; --`
  const { text, parameters } = sqlOf({
    dimensions: ['path'],
    filters: [
      { dimension: 'path', op: 'contains', values: [hostile] },
      { or: [{ dimension: 'country', values: [hostile] }, { not: { dimension: 'path', op: 'range', from: hostile } }] },
    ],
  })
  expect(text).not.toContain('DROP')
  expect(JSON.stringify(parameters)).toContain('DROP')
})

test('everything that is wrong with a query is said at once', () => {
  const wrong = {
    measures: ['hit'],
    dimensions: ['pfad'],
    order: [{ by: 'x' }],
    filters: [{ dimension: 'status', values: ['a'] }],
  }
  expect(() => sqlOf({ ...wrong, from: '2026-05-09' })).toThrow(
    expect.objectContaining({
      code: 'invalid_query',
      issues: [
        { path: ['dimensions', 0], message: expect.stringContaining('no dimension "pfad": expected one of path') },
        { path: ['measures', 0], message: expect.stringContaining('no measure "hit": expected one of hits, visitors') },
        { path: ['filters', 0, 'values', 0], message: '"status" holds numbers, got "a"' },
        { path: ['order', 0, 'by'], message: expect.stringContaining('cannot order by "x"') },
        { path: ['to'], message: expect.stringContaining('must come after "from"') },
      ],
    }),
  )
})

test.each([
  { more: { top: { by: 'visitors', count: 3 } }, message: 'cannot rank by "visitors"' },
  { more: { top: { by: 'hits', count: 3 } }, message: 'a top list needs dimensions' },
  { more: { totals: [['path']] }, message: 'no totals by "path"' },
  { more: { having: [{ measure: 'visitors', op: 'gt' as const, value: 1 }] }, message: 'cannot compare "visitors"' },
  {
    more: { compare: [{ with: 'previous_year' as const }, { with: 'previous_year' as const }] },
    message: 'previous_year',
  },
  {
    more: { filters: [{ dimension: 'status', op: 'contains' as const, values: ['4'] }] },
    message: 'needs a dimension of text',
  },
])('$more is refused: $message', ({ more, message }) => {
  expect(() => sqlOf(more)).toThrow(message)
})
