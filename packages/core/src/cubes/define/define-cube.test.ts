import { describe, expect, test } from 'vitest'
import { AppError } from '../../errors.ts'
import { partsOf } from '../sql/measure-sql.ts'
import { checkCube } from './check-cube.ts'
import {
  average,
  buckets,
  calendar,
  column,
  count,
  defineCube,
  first,
  formula,
  imported,
  last,
  lookup,
  max,
  mean,
  median,
  min,
  persons,
  property,
  quantile,
  ratio,
  shareOf,
  sum,
  toDate,
  trailing,
  uniq,
} from './define-cube.ts'

const base = { table: 'events', time: 'occurred_at', person: 'visitor_id' } as const

const MINIMAL = { name: 'web', base, dimensions: {}, measures: { hits: count() } }

const ALL = defineCube({
  name: 'all_kinds',
  base: { ...base, where: "name = 'page_view'" },
  timezone: 'Europe/Berlin',
  firstDayOfWeek: 7,
  fiscalYearStart: 4,
  dimensions: {
    path: column('path', { wide: true }),
    campaign_source: column('campaign_source', { label: 'Source' }),
    status: column('status', { type: 'number' }),
    is_bot: column('is_bot', { type: 'boolean' }),
    plan: property('cart.plan'),
    size: buckets('bytes', [1000, 10_000], { unit: 'B' }),
    team: lookup({ table: 'teams', key: 'id', value: 'name', of: 'team_id' }),
    hour: calendar('hour_of_day'),
  },
  measures: {
    hits: count(),
    errors: count({ only: 'status >= 400', better: 'lower' }),
    bytes: sum('bytes', { format: 'bytes' }),
    revenue: sum('revenue', { format: 'currency', currency: 'EUR' }),
    weight: sum('weight'),
    visitors: persons(),
    carts: uniq('cart_id'),
    many: uniq('cart_id', { exact: false }),
    p95: quantile('duration_ms', 0.95, { format: 'milliseconds' }),
    middle: median('duration_ms'),
    average_size: average('bytes', { only: 'bytes > 0' }),
    error_rate: ratio({ only: 'status >= 400' }, {}),
    per_hit: ratio({ of: 'bytes' }, {}),
    fastest: min('duration_ms'),
    slowest: max('duration_ms'),
    followers: last('value', { per: ['team'] }),
    opening: first('value', { per: ['team', 'plan'] }),
    reach: imported('value', { grain: 'week', by: ['team'] }),
    share: shareOf('errors'),
    mau: trailing('visitors', 28),
    revenue_to_date: toDate('revenue', 'month'),
    dau: mean('visitors', 'day'),
    bytes_per_day: mean('bytes', 'day'),
    arpu: formula('revenue / visitors'),
  },
  defaultFilters: { is_bot: [false], status: [200, 304] },
  always: ['team'],
})

test('a cube is plain data that the check takes as it is', () => {
  expect(checkCube(JSON.parse(JSON.stringify(ALL)))).toEqual({ definition: ALL })
})

test('what is not said has a default', () => {
  const cube = defineCube({
    name: 'page_views',
    base: { table: 'events', time: 'occurred_at' },
    dimensions: {},
    measures: { hits: count() },
  })
  expect(cube).toEqual({
    name: 'page_views',
    label: 'Page views',
    base: { from: 'events', tables: ['events'], where: 'true', timeColumn: 'occurred_at' },
    calendar: { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 },
    dimensions: {},
    measures: {
      hits: {
        label: 'Hits',
        format: 'integer',
        better: 'higher',
        gaps: 'zero',
        class: 'additive',
        part: { number: 'integer' },
      },
    },
    defaultFilters: {},
    rollups: [{ dimensions: [], step: 'quarter_hour' }],
  })
})

test('labels come from names unless they are given', () => {
  expect(ALL.dimensions.campaign_source?.label).toBe('Source')
  expect(ALL.measures.average_size?.label).toBe('Average size')
})

describe('by default', () => {
  test.each([
    { name: 'hits', format: 'integer', gaps: 'zero', better: 'higher' },
    { name: 'errors', format: 'integer', gaps: 'zero', better: 'lower' },
    { name: 'bytes', format: 'bytes', gaps: 'zero', better: 'higher' },
    { name: 'weight', format: 'decimal', gaps: 'zero', better: 'higher' },
    { name: 'visitors', format: 'integer', gaps: 'zero', better: 'higher' },
    { name: 'carts', format: 'integer', gaps: 'zero', better: 'higher' },
    { name: 'p95', format: 'milliseconds', gaps: 'null', better: 'higher' },
    { name: 'middle', format: 'decimal', gaps: 'null', better: 'higher' },
    { name: 'average_size', format: 'decimal', gaps: 'null', better: 'higher' },
    { name: 'error_rate', format: 'percent', gaps: 'null', better: 'higher' },
    { name: 'per_hit', format: 'decimal', gaps: 'null', better: 'higher' },
    { name: 'slowest', format: 'decimal', gaps: 'null', better: 'higher' },
    { name: 'followers', format: 'decimal', gaps: 'previous', better: 'higher' },
    { name: 'reach', format: 'decimal', gaps: 'null', better: 'higher' },
    { name: 'share', format: 'percent', gaps: 'null', better: 'lower' },
    { name: 'mau', format: 'integer', gaps: 'zero', better: 'higher' },
    { name: 'revenue_to_date', format: 'currency', gaps: 'zero', better: 'higher' },
    { name: 'dau', format: 'decimal', gaps: 'zero', better: 'higher' },
    { name: 'bytes_per_day', format: 'bytes', gaps: 'zero', better: 'higher' },
    { name: 'arpu', format: 'decimal', gaps: 'null', better: 'higher' },
  ])('$name is shown as $format, $gaps in gaps, and $better is better', ({ name, ...shown }) => {
    expect(ALL.measures[name]).toMatchObject(shown)
  })

  test('a window has the currency of its measure', () => {
    expect(ALL.measures.revenue_to_date?.currency).toBe('EUR')
  })

  test('sums are of whole numbers only where the format says so', () => {
    const numbers = ['bytes', 'revenue', 'weight'].map((name) => {
      const measure = ALL.measures[name]
      return measure?.class === 'additive' ? measure.part.number : undefined
    })
    expect(numbers).toEqual(['integer', 'decimal', 'float'])
  })

  test('there is a rollup by no dimension and one by each, all with those that nearly every query filters by', () => {
    const always = ['is_bot', 'status', 'team']
    expect(ALL.rollups).toEqual([
      { dimensions: always, step: 'quarter_hour' },
      ...['path', 'campaign_source', 'plan', 'size'].map((name) => ({
        dimensions: [...always, name],
        step: 'hour',
        states: 'day',
      })),
    ])
  })

  test('rollups keep quarters of an hour where the zone needs them', () => {
    const { rollups } = defineCube({
      name: 'web',
      base,
      timezone: 'Asia/Kathmandu',
      dimensions: { path: column('path') },
      measures: { hits: count() },
    })
    expect(rollups.map(({ step }) => step)).toEqual(['quarter_hour', 'quarter_hour'])
  })
})

test('rollups that are written get what is always there, and the same one is kept once', () => {
  const { rollups } = defineCube({
    name: 'web',
    base,
    dimensions: { path: column('path'), source: column('source'), host: column('host') },
    measures: { hits: count(), visitors: persons() },
    always: ['source'],
    rollups: [
      { dimensions: [] },
      { dimensions: ['source'] },
      { dimensions: ['path', 'host'], measures: ['hits'], step: 'quarter_hour' },
      { dimensions: ['host'], states: 'step' },
    ],
  })
  expect(rollups).toEqual([
    { dimensions: ['source'], step: 'hour' },
    { dimensions: ['source', 'path', 'host'], measures: ['hits'], step: 'quarter_hour', states: 'day' },
    { dimensions: ['source', 'host'], step: 'hour' },
  ])
})

test('a query can be the base, with the tables that it reads', () => {
  const cube = defineCube({
    name: 'orders',
    base: { sql: 'SELECT * FROM orders WHERE paid', tables: ['orders'], time: 'paid_at' },
    dimensions: {},
    measures: { orders: count() },
  })
  expect(cube.base).toEqual({
    from: '(SELECT * FROM orders WHERE paid) AS base',
    tables: ['orders'],
    where: 'true',
    timeColumn: 'paid_at',
  })
})

test('a filter of a measure is one of each of its parts', () => {
  const { average_size: measure } = ALL.measures
  const parts = measure ? partsOf(measure, ALL.base).map(({ fromRaw }) => fromRaw) : []
  expect(parts).toEqual(['sumIf(toFloat64(bytes), bytes > 0)', 'toInt64(countIf(bytes > 0))'])
})

describe('the compiler refuses', () => {
  const dimensions = {
    path: column('path'),
    is_bot: column('is_bot', { type: 'boolean' }),
    hour: calendar('hour_of_day'),
  }
  const start = { name: 'a', base, dimensions }
  const wrong = (define: () => unknown) => {
    expect(define).toThrow(AppError)
  }

  test('windows of measures that are not there', () => {
    const measures = { visitors: persons(), share: shareOf('visitor') }
    // @ts-expect-error: it is called visitors
    wrong(() => defineCube({ ...start, measures }))
  })

  test('windows of measures that have none', () => {
    const measures = { middle: median('ms'), wide: trailing('middle', 7) }
    // @ts-expect-error: of a median
    wrong(() => defineCube({ ...start, measures }))
    const derived = { hits: count(), twice: formula('hits * 2'), daily: mean('twice', 'day') }
    // @ts-expect-error: of a formula
    wrong(() => defineCube({ ...start, measures: derived }))
    const lasting = { followers: last('value', { per: ['path'] }), so_far: toDate('followers', 'month') }
    // @ts-expect-error: of a last value
    wrong(() => defineCube({ ...start, measures: lasting }))
  })

  test('dimensions that are not there', () => {
    const measures = { followers: last('value', { per: ['account'] }) }
    // @ts-expect-error: of last values
    wrong(() => defineCube({ ...start, measures }))
    const good = { hits: count() }
    // @ts-expect-error: in every rollup
    wrong(() => defineCube({ ...start, measures: good, always: ['bot'] }))
    // @ts-expect-error: in a rollup
    wrong(() => defineCube({ ...start, measures: good, rollups: [{ dimensions: ['path', 'pth'] }] }))
    // @ts-expect-error: in default filters
    wrong(() => defineCube({ ...start, measures: good, defaultFilters: { bot: [false] } }))
  })

  test('parts of the calendar where a dimension of the rows is needed', () => {
    const measures = { reach: imported('value', { grain: 'week', by: ['hour'] }) }
    // @ts-expect-error: of imported figures
    wrong(() => defineCube({ ...start, measures }))
    // @ts-expect-error: in every rollup
    wrong(() => defineCube({ ...start, measures: { hits: count() }, always: ['hour'] }))
  })

  test('values of another type in default filters', () => {
    // @ts-expect-error: is_bot is true or false
    wrong(() => defineCube({ ...start, measures: { hits: count() }, defaultFilters: { is_bot: ['no'] } }))
  })

  test('measures in rollups that are not kept', () => {
    const measures = { hits: count(), middle: median('ms') }
    // @ts-expect-error: a median is not
    wrong(() => defineCube({ ...start, measures, rollups: [{ dimensions: [], measures: ['middle'] }] }))
  })

  test('options by another name', () => {
    // @ts-expect-error: it is called label
    const path = column('path', { lable: 'Page' })
    wrong(() => defineCube({ ...start, dimensions: { path }, measures: { hits: count() } }))
  })
})

test('what is not there is said by its name, where no compiler looked at it', () => {
  const define = defineCube as (cube: unknown) => unknown
  expect(() => define({ name: 'web', base: 'events', measures: { hits: 7 } })).toThrow(
    'the cube "web" has 3 mistakes: base: expected an object, got "events"; dimensions: expected an object, got nothing; ' +
      'measures.hits: expected an object, got 7',
  )
  expect(() => define(undefined)).toThrow('expected an object, got nothing')
  expect(() => define({ ...MINIMAL, base: { tabel: 'events', time: 'at' } })).toThrow(
    /base.table: expected text, got nothing/,
  )
  expect(() => define({ ...MINIMAL, colour: 'red' })).toThrow(/expected nothing by the name of "colour"/)
})

test('issues are where the mistakes were written', () => {
  const paths = (cube: object) => {
    try {
      defineCube({ ...MINIMAL, ...cube })
      return []
    } catch (error) {
      return error instanceof AppError ? error.issues.map(({ path }) => path.join('.')) : [String(error)]
    }
  }
  expect(paths({ timezone: 'CET+1', fiscalYearStart: 0 })).toEqual(['timezone', 'fiscalYearStart'])
  expect(paths({ base: { table: 'a b', time: '' } })).toEqual(['base.table', 'base.time'])
  expect(paths({ base: { sql: 'DROP TABLE a', tables: ['a b'], time: 'at' } })).toEqual(['base.sql', 'base.tables.0'])
  expect(paths({ always: ['host', 'path'], dimensions: { path: column('path'), page: column('path') } })).toEqual([
    'always.0',
  ])
})

test('all mistakes are in one error, each with its path', () => {
  const define = () =>
    defineCube({
      name: 'Web',
      base: { table: 'events', time: 'occurred_at; DROP TABLE events' },
      dimensions: {},
      measures: { visitors: persons(), rate: formula('errors / hits') },
    })
  expect(define).toThrow(
    `the cube "Web" has 5 mistakes: name: expected a name of lower case letters, digits and _ that begins with a letter, at most 40 characters, got "Web"; base.time: expected no ";" at position 12; measures.visitors: expected the base to say who stands behind a row (person), as persons are counted; measures.rate.formula: expected measures of the cube, such as visitors, got "errors"; measures.rate.formula: expected measures of the cube, such as visitors, got "hits"`,
  )
  expect(define).toThrow(expect.objectContaining({ code: 'invalid_config', issues: expect.any(Array) }))
})
