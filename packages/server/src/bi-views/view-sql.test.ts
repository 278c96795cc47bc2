import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { describe, expect, test } from 'vitest'
import { TINY_CUBE } from '../feeds/testing/tiny-cube.ts'
import { bucketSql } from './bucket-date.ts'
import { biViews } from './view-sql.ts'

const view = (name: string, cube: CubeDefinition = TINY_CUBE) => {
  const found = biViews(cube).find((one) => one.name === name)
  if (!found) throw new Error(`no view ${name}`)
  return found
}

test('a cube has two views for each grain, and one of its rows', () => {
  expect(biViews(TINY_CUBE).map(({ name }) => name)).toEqual([
    ...['hour', 'day', 'week', 'month', 'quarter', 'year'].flatMap((grain) => [`web_${grain}`, `web_${grain}_total`]),
    'web_rows',
  ])
})

test('a view groups the raw rows by bucket and dimensions, and names say what does not add up', () => {
  const { select, comment } = view('web_day')
  expect(select).toContain(
    "SELECT bi_time AS `time`, bi_d_country AS `country`, CAST(bi_d_status, 'Float64') AS `status`, " +
      "CAST(bi_d_is_bot, 'Bool') AS `is_bot`, bi_d_environment AS `environment`, " +
      'bi_m_hits AS `hits`, bi_m_visitors AS `visitors_daily_uniques`, bi_m_slowest AS `slowest_daily`\n',
  )
  expect(select).toContain("toDate(occurred_at, 'Europe/Berlin') AS bi_time")
  expect(select).toContain(`WHERE (name = 'page_view') AND environment IN ('production')`)
  expect(select).not.toContain('person_numbers')
  expect(comment).toContain('Over rows only these add up: hits.')
})

test('wide dimensions are in the view of rows alone, which has keys to count', () => {
  expect(view('web_day').select).not.toContain('path')
  expect(view('web_rows').select).toContain('bi_path AS `path`')
  expect(view('web_rows').select).toContain('bi_visitors_key AS `visitors_key`')
})

describe('a measure is only in views in which it has a right value:', () => {
  const measures = {
    followers: {
      class: 'last_value',
      label: 'Followers',
      format: 'integer',
      better: 'higher',
      gaps: 'previous',
      pick: 'last',
      of: 'status',
      per: ['country'],
    },
    twice: {
      class: 'derived',
      label: 'Twice',
      format: 'decimal',
      better: 'higher',
      gaps: 'null',
      formula: 'reach * 2',
    },
    double: {
      class: 'derived',
      label: 'Double',
      format: 'decimal',
      better: 'higher',
      gaps: 'null',
      formula: 'hits * 2',
    },
    reach: TINY_CUBE.measures.reach,
    hits: TINY_CUBE.measures.hits,
  } as CubeDefinition['measures']
  const cube: CubeDefinition = {
    ...TINY_CUBE,
    measures,
    dimensions: { country: TINY_CUBE.dimensions.country } as CubeDefinition['dimensions'],
    defaultFilters: {},
  }
  test.each([
    { name: 'web_day', has: ['followers_daily', 'double_daily', 'hits'] },
    { name: 'web_day_total', has: ['double_daily', 'hits'] },
    { name: 'web_week', has: ['followers_weekly', 'twice_weekly', 'double_weekly', 'reach_weekly', 'hits'] },
    { name: 'web_week_total', has: ['double_weekly', 'hits'] },
  ])('$name', ({ name, has }) => {
    const [, outer = ''] = /^SELECT ([^\n]*)/.exec(view(name, cube).select) ?? []
    const columns = [...outer.matchAll(/AS `(\w+)`/g)].map(([, column]) => column)
    expect(columns.filter((column) => column !== 'time' && column !== 'country')).toEqual(has)
  })
})

test('a name that is none is refused, whoever let it through', () => {
  const dimensions = { ...TINY_CUBE.dimensions, 'a`b': TINY_CUBE.dimensions.country } as CubeDefinition['dimensions']
  expect(() => biViews({ ...TINY_CUBE, dimensions })).toThrow('is no name')
})

test.each([
  { grain: 'week' as const, firstDayOfWeek: 7, fiscalYearStart: 1, is: "toMonday(toDate(t, 'UTC') - 6) + 6" },
  { grain: 'quarter' as const, firstDayOfWeek: 1, fiscalYearStart: 4, is: "toStartOfQuarter(toDate(t, 'UTC'))" },
  {
    grain: 'year' as const,
    firstDayOfWeek: 1,
    fiscalYearStart: 4,
    is: "addMonths(toStartOfYear(addMonths(toStartOfMonth(toDate(t, 'UTC')), -3)), 3)",
  },
])('a $grain of that calendar is $is', ({ grain, firstDayOfWeek, fiscalYearStart, is }) => {
  expect(bucketSql(grain, 't', { timezone: 'UTC', firstDayOfWeek, fiscalYearStart })).toBe(is)
})
