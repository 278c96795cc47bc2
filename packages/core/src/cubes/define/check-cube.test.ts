import { describe, expect, test } from 'vitest'
import type { Issue } from '../../errors.ts'
import type { CubeDefinition } from '../cube.ts'
import type { Measure } from '../measure.ts'
import { checkCube } from './check-cube.ts'

const SHOWN = { label: 'x', format: 'integer', better: 'higher', gaps: 'zero' } as const
const HITS: Measure = { ...SHOWN, class: 'additive', part: { number: 'integer' } }
const GOOD: CubeDefinition = {
  name: 'web',
  label: 'Web',
  base: { from: 'events', tables: ['events'], where: 'true', timeColumn: 'occurred_at', person: 'visitor_id' },
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {
    path: { kind: 'expression', label: 'Page', sql: 'path', type: 'string' },
    status: { kind: 'expression', label: 'Status', sql: 'status', type: 'number' },
    is_bot: { kind: 'expression', label: 'Bot', sql: 'is_bot', type: 'boolean' },
    plan: { kind: 'property', label: 'Plan', path: 'cart.plan', type: 'string' },
    size: { kind: 'buckets', label: 'Size', of: 'bytes', bounds: [10, 20] },
    team: { kind: 'lookup', label: 'Team', table: 'teams', key: 'id', value: 'name', of: 'team_id', type: 'string' },
    hour: { kind: 'calendar', label: 'Hour', part: 'hour_of_day' },
  },
  measures: { hits: HITS },
  defaultFilters: { is_bot: [false], size: ['< 10'], status: [200] },
  rollups: [{ dimensions: ['is_bot'], step: 'hour' }],
}

const issuesOf = (value: unknown): readonly Issue[] => {
  const checked = checkCube(value)
  return 'issues' in checked ? checked.issues : []
}
const texts = (value: unknown) => issuesOf(value).map(({ path, message }) => `${path.join('.')}: ${message}`)
const withMeasures = (measures: Readonly<Record<string, Measure>>) => ({
  ...GOOD,
  measures: { hits: HITS, ...measures },
})

test('a good cube is the same after the check, and after a round trip through JSON', () => {
  expect(checkCube(GOOD)).toEqual({ definition: GOOD })
  expect(checkCube(JSON.parse(JSON.stringify(GOOD)))).toEqual({ definition: GOOD })
})

test.each([undefined, null, 'web', 7, [], () => GOOD])('%s is no cube', (value) => {
  expect(issuesOf(value)).toHaveLength(1)
})

test('everything that is wrong is said at once', () => {
  const cube = {
    ...GOOD,
    name: 'My cube',
    calendar: { timezone: 'CET+1', firstDayOfWeek: 0, fiscalYearStart: 13 },
    dimensions: {
      ...GOOD.dimensions,
      time: { kind: 'expression', label: 'T', sql: '1; DROP TABLE events', type: 'string' },
      plan: { kind: 'property', label: 'Plan', path: 'a`b', type: 'string' },
      size: { kind: 'buckets', label: 'Size', of: 'bytes', bounds: [20, 10, 10] },
      team: { kind: 'lookup', label: 'T', table: 'teams t', key: 'id', value: 'name', of: 'team_id', type: 'string' },
    },
    defaultFilters: { is_bot: ['no'], country: ['DE'] },
    rollups: [{ dimensions: ['pth'], step: 'hour' }],
  }
  expect(texts(cube)).toEqual([
    'name: expected a name of lower case letters, digits and _ that begins with a letter, at most 40 characters, got "My cube"',
    'calendar.timezone: expected a time zone such as Europe/Berlin, got "CET+1"',
    'calendar.firstDayOfWeek: expected at least 1, got 0',
    'calendar.fiscalYearStart: expected at most 12, got 13',
    'dimensions.plan.path: expected the path of a property such as plan or cart.size, of letters, digits, _, -, $ and spaces, got "a`b"',
    'dimensions.size.bounds.1: expected a bound above 20, got 10',
    'dimensions.size.bounds.2: expected a bound above 10, got 10',
    'dimensions.team.table: expected the plain name of a table or a column, got "teams t"',
    'dimensions.time.sql: expected no ";" at position 2',
    'dimensions.time: expected another name than "time", which is the column of the buckets',
    'defaultFilters.is_bot.0: expected true or false, got "no"',
    'defaultFilters.country: expected a dimension of the cube, one of path, status, is_bot, plan, size, team, hour, time, got "country"',
    'rollups.0.dimensions.0: expected a dimension of the cube, one of path, status, is_bot, plan, size, team, hour, time, got "pth"',
  ])
})

describe('the form of a definition', () => {
  test.each([
    { part: { lable: 'x' }, text: ': expected nothing by the name of "lable"' },
    { part: { label: undefined }, text: 'label: expected text, got nothing' },
    { part: { rollups: {} }, text: 'rollups: expected a list, got an object' },
    { part: { measures: {} }, text: 'measures: expected at least one measure' },
    {
      part: { measures: { a: { ...HITS, class: 'average' } } },
      text: 'measures.a.class: expected one of "additive", "extremal", "decomposable", "mergeable", "last_value", "exact", "derived", "window", got "average"',
    },
    {
      part: { measures: { a: { ...HITS, better: 'more' } } },
      text: 'measures.a.better: expected one of "higher", "lower", got "more"',
    },
    {
      part: { measures: { a: { ...HITS, currency: 'euro' } } },
      text: 'measures.a.currency: expected a currency such as EUR, got "euro"',
    },
    {
      part: { measures: { a: { ...SHOWN, class: 'mergeable', state: { kind: 'quantile', of: 'ms', level: 95 } } } },
      text: 'measures.a.state.level: expected a number between 0 and 1, such as 0.95',
    },
    {
      part: { base: { ...GOOD.base, person: 'user' } },
      text: 'base.person: expected one of "visitor_id", "person_id", got "user"',
    },
    { part: { base: { ...GOOD.base, where: '(a' } }, text: 'base.where: expected the "(" at position 1 to be closed' },
    {
      part: { base: { ...GOOD.base, from: 'events, users' } },
      text: 'base.from: expected the name of a table, or a query in brackets with an alias, such as (SELECT … FROM …) AS base',
    },
  ])('$text', ({ part, text }) => {
    expect(texts({ ...GOOD, ...part })).toEqual([text])
  })

  test('a base can be a query in brackets', () => {
    const base = { ...GOOD.base, from: '(SELECT a, b FROM x WHERE c) AS base', tables: ['x'] }
    expect(texts({ ...GOOD, base })).toEqual([])
    expect(texts({ ...GOOD, base: { ...base, isReplacing: true } })).toEqual([
      'base.isReplacing: expected a table: a query says FINAL by itself',
    ])
    expect(texts({ ...GOOD, base: { ...base, from: '(SELECT 1) x UNION ALL (SELECT 2) AS base' } })).toEqual([
      'base.from: expected no ")" at position 9',
    ])
  })
})

describe('rollups', () => {
  test('name dimensions and measures that can be kept, each once', () => {
    const measures: CubeDefinition['measures'] = {
      hits: HITS,
      rate: { ...SHOWN, class: 'derived', formula: 'hits / 2' },
      middle: { ...SHOWN, class: 'exact', state: { kind: 'median', of: 'bytes' } },
    }
    const rollups = [
      { dimensions: ['path', 'path', 'hour'], measures: ['hits', 'hits', 'rate', 'middle', 'visits'], step: 'hour' },
    ]
    expect(texts({ ...GOOD, measures, rollups })).toEqual([
      'rollups.0.dimensions.1: expected each dimension once, got "path" twice',
      'rollups.0.dimensions.2: expected a dimension of the rows, got "hour", which depends on the time zone of the query',
      'rollups.0.measures.1: expected each measure once, got "hits" twice',
      'rollups.0.measures.2: expected a measure that can be kept, got "rate", which is computed from others',
      'rollups.0.measures.3: expected a measure that can be kept, got "middle", which neither adds up nor merges',
      'rollups.0.measures.4: expected a measure of the cube, one of hits, rate, middle, got "visits"',
    ])
  })

  test('are different from each other, whatever the order of their dimensions', () => {
    const rollups = [
      { dimensions: ['path', 'status'], step: 'hour' },
      { dimensions: ['path', 'status'], step: 'quarter_hour' },
      { dimensions: ['status', 'path'], step: 'hour' },
    ]
    expect(texts({ ...GOOD, rollups })).toEqual(['rollups.2: expected each rollup once, got the same one again'])
  })

  test('keep quarters of an hour where days begin between two hours', () => {
    const calendar = { ...GOOD.calendar, timezone: 'Asia/Kathmandu' }
    expect(texts({ ...GOOD, calendar })).toEqual([
      'rollups.0.step: expected quarter_hour: the days of Asia/Kathmandu begin between two full hours of UTC',
    ])
  })
})

describe('default filters', () => {
  test('on ranges of a number name one of the ranges', () => {
    expect(texts({ ...GOOD, defaultFilters: { size: ['small'] } })).toEqual([
      'defaultFilters.size.0: expected one of "< 10", "10 – 20", "≥ 20", got "small"',
    ])
  })
  test('have the type of their dimension', () => {
    expect(texts({ ...GOOD, defaultFilters: { status: ['200'], path: [1], hour: [true] } })).toEqual([
      'defaultFilters.status.0: expected a number, got "200"',
      'defaultFilters.path.0: expected text, got 1',
      'defaultFilters.hour.0: expected a number, got true',
    ])
  })
})

describe('measures', () => {
  test('do not have the name of a dimension, or of a part that another one keeps', () => {
    const rate: Measure = {
      ...SHOWN,
      class: 'decomposable',
      numerator: { number: 'integer' },
      denominator: { number: 'integer' },
    }
    expect(texts(withMeasures({ path: HITS, rate, rate_numerator: HITS }))).toEqual([
      'measures.path: expected another name: a dimension is called "path", too',
      'measures.rate_numerator: expected another name: "rate" keeps one of its two parts under "rate_numerator"',
    ])
  })

  test('that count persons need to know who stands behind a row', () => {
    const { person: _, ...base } = GOOD.base
    const cube = withMeasures({ visitors: { ...SHOWN, class: 'mergeable', state: { kind: 'persons' } } })
    expect(texts(cube)).toEqual([])
    expect(texts({ ...cube, base })).toEqual([
      'measures.visitors: expected the base to say who stands behind a row (person), as persons are counted',
    ])
  })

  test('of last values and imported figures name dimensions of the rows', () => {
    expect(
      texts(
        withMeasures({
          followers: { ...SHOWN, class: 'last_value', pick: 'last', of: 'value', per: ['account', 'hour'] },
          reach: { ...SHOWN, class: 'exact', state: { kind: 'imported', of: 'value', grain: 'week', by: ['chanel'] } },
        }),
      ).map((text) => text.split(', one of')[0]),
    ).toEqual([
      'measures.followers.per.0: expected a dimension of the cube',
      'measures.followers.per.1: expected a dimension of the rows, got "hour", which depends on the time zone of the query',
      'measures.reach.state.by.0: expected a dimension of the cube',
    ])
  })

  test.each<{ of: string; measure: Measure; reason: string | undefined }>([
    { of: 'sums', measure: HITS, reason: undefined },
    { of: 'extremes', measure: { ...SHOWN, class: 'extremal', aggregate: 'max', of: 'a' }, reason: undefined },
    {
      of: 'ratios',
      measure: { ...SHOWN, class: 'decomposable', numerator: { number: 'float' }, denominator: { number: 'float' } },
      reason: undefined,
    },
    {
      of: 'uniques',
      measure: { ...SHOWN, class: 'mergeable', state: { kind: 'uniq', of: 'a', isExact: true } },
      reason: undefined,
    },
    {
      of: 'last values',
      measure: { ...SHOWN, class: 'last_value', pick: 'last', of: 'a', per: [] },
      reason: 'is a state at a time',
    },
    {
      of: 'medians',
      measure: { ...SHOWN, class: 'exact', state: { kind: 'median', of: 'a' } },
      reason: 'neither adds up nor merges',
    },
    {
      of: 'formulas',
      measure: { ...SHOWN, class: 'derived', formula: 'hits' },
      reason: 'is computed from others: take the window of those and put the formula around them',
    },
    {
      of: 'windows',
      measure: { ...SHOWN, class: 'window', measure: 'hits', window: { kind: 'share' } },
      reason: 'is a window already',
    },
  ])('of windows of $of are refused where they have no right value', ({ measure, reason }) => {
    for (const window of [
      { kind: 'trailing', days: 7 },
      { kind: 'to_date', grain: 'month' },
      { kind: 'mean', grain: 'day' },
      { kind: 'share' },
    ] as const) {
      const cube = withMeasures({ base: measure, wide: { ...SHOWN, class: 'window', measure: 'base', window } })
      const message = `expected a measure that adds up or merges over time, got "base", which ${reason}`
      expect(issuesOf(cube)).toEqual(reason ? [{ path: ['measures', 'wide', 'measure'], message }] : [])
    }
  })

  const formulas = (texts: Readonly<Record<string, string>>) =>
    withMeasures(
      Object.fromEntries(
        Object.entries(texts).map(([name, formula]): [string, Measure] => [
          name,
          { ...SHOWN, class: 'derived', formula },
        ]),
      ),
    )

  test('of formulas need measures of the cube', () => {
    expect(texts(formulas({ a: 'hits / visits', b: 'hits /', c: 'a + constructor' }))).toEqual([
      'measures.a.formula: expected measures of the cube, such as hits, b, c, got "visits"',
      'measures.b.formula: formula "hits /": expected a number, the name of a measure or "(" at position 7, got the end',
      'measures.c.formula: expected measures of the cube, such as hits, a, b, got "constructor"',
    ])
  })

  test('of formulas do not go round in a circle, and each circle is named once', () => {
    expect(texts(formulas({ a: 'b + 1', b: 'c * hits', c: 'a / 2', d: 'd', e: 'a + d', f: 'hits + hits' }))).toEqual([
      'measures.a.formula: expected a formula that does not need itself, got a → b → c → a',
      'measures.d.formula: expected a formula that does not need itself, got d → d',
    ])
  })
})
