import { WidgetData } from '@almanac/core/boards/board.ts'
import { isStatic } from '@almanac/core/charts/static-kinds.ts'
import { describe, expect, test } from 'vitest'
import { KNOWN_CUBES, knownCube } from '../testing/known-cubes.ts'
import { shapeOf } from './data-shape.ts'
import { defaultTitle, withFollowingTitle } from './default-title.ts'
import { fittedData, fittingData, newCubeData, topForKind, type Wish } from './fitting-data.ts'
import { KIND_NAMES } from './kind-catalogue.ts'
import { misfit } from './kind-needs.ts'
import { proposedKinds } from './propose-kinds.ts'

const web = knownCube('web')
const wishes: Wish[] = [
  { measures: ['hits'], dimensions: [], isOverTime: false },
  { measures: ['hits'], dimensions: [], isOverTime: true },
  { measures: ['visitors', 'hits', 'errors'], dimensions: ['device'], isOverTime: true },
  { measures: ['hits'], dimensions: ['device', 'browser', 'os'], isOverTime: false },
]
const only = (kind: (typeof KIND_NAMES)[number], wish: Wish, cube = web) => {
  const fitting = fittingData(kind, cube, wish)
  if ('problem' in fitting) throw new Error(fitting.problem)
  const [first] = fitting.data
  if (first?.from !== 'cube') throw new Error('expected a question to a cube')
  return first
}

describe.each(KIND_NAMES.filter((kind) => !isStatic(kind)))('for %s', (kind) => {
  test('whatever somebody wants to see, the data fits and is valid', () => {
    for (const wish of wishes) {
      const fitting = fittingData(kind, web, wish)
      expect(fitting).not.toHaveProperty('problem')
      if ('problem' in fitting) continue
      expect(misfit(kind, shapeOf(fitting.data))).toBeUndefined()
      for (const data of fitting.data) expect(WidgetData.parse(data)).toEqual(data)
    }
  })

  test('data that fits stays as it is', () => {
    const fitting = fittingData(kind, web, { measures: ['hits'], dimensions: [], isOverTime: false })
    const [data] = 'data' in fitting ? fitting.data : []
    if (data?.from === 'cube') expect(fittedData(kind, web, data)).toEqual({ data: [data] })
  })

  test('each ready cube gives data that fits, or a reason', () => {
    for (const cube of KNOWN_CUBES) {
      const measures = [cube.measures[0]?.name ?? '']
      const fitting = fittingData(kind, cube, { measures, dimensions: [], isOverTime: true })
      if ('problem' in fitting) expect(fitting.problem).toContain(cube.label)
      else expect(misfit(kind, shapeOf(fitting.data))).toBeUndefined()
    }
  })
})

test('a line goes over time as the board says', () => {
  expect(only('line', { measures: ['hits'], dimensions: [], isOverTime: false })).toMatchObject({ grain: 'board' })
})

test('a calendar is by day, whatever the board says', () => {
  expect(only('calendar_heat_map', { measures: ['hits'], dimensions: [], isOverTime: true })).toMatchObject({
    grain: 'day',
  })
})

test('a list takes the greatest values of a telling dimension, and the rest as one', () => {
  expect(only('ranked_list', { measures: ['visitors'], dimensions: [], isOverTime: false })).toMatchObject({
    dimensions: ['channel'],
    top: { by: 'visitors', count: 8, direction: 'desc', rest: true },
    order: [{ by: 'visitors', direction: 'desc' }],
  })
})

test('a new table of pages lists the ten greatest, not a row for each day and page', () => {
  const pages: Wish = { measures: ['hits'], dimensions: ['path'], isOverTime: true }
  expect(only('table', pages)).toMatchObject({
    grain: 'none',
    top: { by: 'hits', count: 10, direction: 'desc', rest: false },
    order: [{ by: 'hits', direction: 'desc' }],
  })
  const byDay = only('table', { ...pages, isTimeChosen: true })
  expect(byDay).toMatchObject({ grain: 'board', order: [] })
  expect(byDay.top).toBeUndefined()
})

test.each(['ranked_list', 'pie', 'donut', 'treemap', 'sunburst', 'horizontal_bar'] as const)(
  'a new %s is the greatest first and as totals',
  (kind) => {
    const data = only(kind, { measures: ['hits'], dimensions: ['path'], isOverTime: true })
    expect(data).toMatchObject({ grain: 'none', top: { by: 'hits' }, order: [{ by: 'hits', direction: 'desc' }] })
  },
)

test('a table without a dimension stays one of days', () => {
  expect(only('table', { measures: ['hits'], dimensions: [], isOverTime: true })).toMatchObject({ grain: 'board' })
})

test('hours and weekdays are never cut off and stay in their order', () => {
  const data = only('hour_weekday', { measures: ['hits'], dimensions: ['device'], isOverTime: false })
  expect(data).toMatchObject({ dimensions: ['hour_of_day', 'day_of_week'], order: [] })
  expect(data.top).toBeUndefined()
})

test('what is sorted by a measure that is gone is sorted by another', () => {
  const before = only('ranked_list', { measures: ['visitors'], dimensions: ['path'], isOverTime: false })
  const after = fittedData('ranked_list', web, { ...before, measures: ['hits'] })
  expect(after).toMatchObject({ data: [{ top: { by: 'hits' }, order: [{ by: 'hits' }] }] })
})

test('a cube without persons has no cohorts', () => {
  const cube = { ...web, label: 'Boxes', measures: web.measures.filter((one) => one.class !== 'mergeable') }
  expect(fittingData('cohort_grid', cube, wishes[0] as Wish)).toEqual({ problem: 'Boxes does not count persons' })
})

describe('why a kind does not fit', () => {
  const shape = { hasTime: false, dimensions: [] as string[], measures: ['hits'], isCohorts: false }
  test.each([
    { kind: 'line', shape, reason: 'Needs time' },
    { kind: 'ranked_list', shape, reason: 'Needs a dimension' },
    { kind: 'scatter', shape, reason: 'Needs 2 measures' },
    { kind: 'pie', shape: { ...shape, hasTime: true }, reason: 'Shows one moment, not a course over time' },
    { kind: 'number', shape: { ...shape, dimensions: ['path'] }, reason: 'Shows no dimensions' },
    {
      kind: 'stacked_area',
      shape: { ...shape, hasTime: true },
      reason: 'Needs parts: a dimension or a second measure',
    },
    { kind: 'world_map', shape: { ...shape, dimensions: ['path'] }, reason: 'Needs countries' },
    { kind: 'bar', shape, reason: 'Needs time or a dimension' },
    { kind: 'line', shape: { ...shape, isCohorts: true }, reason: 'Does not show cohorts' },
    { kind: 'text', shape, reason: 'Shows no figures' },
  ] as const)('$kind: $reason', ({ kind, shape: given, reason }) => {
    expect(misfit(kind, given)).toBe(reason)
  })

  test('of data that nobody knows yet, everything fits', () => {
    expect(misfit('sankey', undefined)).toBeUndefined()
  })
})

describe('what is proposed first', () => {
  test.each([
    { wish: wishes[1], first: 'line' },
    { wish: wishes[0], first: 'number' },
    { wish: { measures: ['hits'], dimensions: ['path'], isOverTime: false }, first: 'ranked_list' },
    { wish: { measures: ['hits'], dimensions: ['country'], isOverTime: false }, first: 'world_map' },
    { wish: { measures: ['hits'], dimensions: ['device'], isOverTime: true }, first: 'stacked_area' },
  ])('$first', ({ wish, first }) => {
    expect(proposedKinds(shapeOf([newCubeData('web', wish as Wish)]))[0]).toBe(first)
  })
})

describe('titles', () => {
  const data = (wish: Partial<Wish>) => [
    newCubeData('web', { measures: ['visitors'], dimensions: [], isOverTime: true, ...wish }),
  ]

  test.each([
    { wish: {}, title: 'Visitors' },
    { wish: { dimensions: ['referrer_kind'] }, title: 'Visitors by kind of referrer' },
    { wish: { measures: ['visitors', 'bytes'] }, title: 'Visitors and bytes sent' },
    { wish: { measures: ['visitors', 'hits', 'errors'] }, title: 'Visitors and 2 more' },
    { wish: { measures: ['gone'] }, title: 'gone' },
  ])('$title', ({ wish, title }) => {
    expect(defaultTitle('line', data(wish), KNOWN_CUBES)).toBe(title)
  })

  test('a title that nobody wrote goes with the data, another one stays', () => {
    const chart = { kind: 'line' as const }
    const before = { title: 'Visitors', chart, data: data({}) }
    const after = { ...before, data: data({ measures: ['hits'] }) }
    expect(withFollowingTitle(before, after, KNOWN_CUBES).title).toBe('Hits')
    const named = { ...before, title: 'People' }
    expect(withFollowingTitle(named, { ...after, title: 'People' }, KNOWN_CUBES).title).toBe('People')
    expect(withFollowingTitle(before, { ...after, title: 'New' }, KNOWN_CUBES).title).toBe('New')
  })
})

test('a map shows every country at first, also where the list before it was short, and then as many as somebody chooses', () => {
  const wish = { measures: ['hits'], dimensions: ['country'], isOverTime: false }
  const short = { by: 'hits', count: 6, direction: 'desc' as const, rest: true }
  const list = { ...newCubeData('web', wish), top: short }
  const fitting = fittedData('world_map', knownCube('web'), topForKind('ranked_list', 'world_map', list))
  const map = 'data' in fitting ? fitting.data[0] : undefined
  expect(map).toMatchObject({ top: { count: 250, rest: false } })
  if (map?.from !== 'cube') throw new Error('a map of a cube was expected')
  const chosen = { ...map, measures: ['visitors'], top: { ...short, count: 20 } }
  const after = fittedData('world_map', knownCube('web'), topForKind('world_map', 'world_map', chosen))
  expect('data' in after && after.data[0]).toMatchObject({ top: { by: 'visitors', count: 20 } })
})

test('what one kind of chart proposed says nothing about the next one, what somebody has chosen does', () => {
  const wish = { measures: ['hits'], dimensions: ['path'], isOverTime: false }
  const top = { by: 'hits', count: 6, direction: 'desc' as const, rest: true }
  const pie = { ...newCubeData('web', wish), top }
  expect(topForKind('pie', 'bar', pie).top).toBeUndefined()
  expect(topForKind('pie', 'pie', pie).top).toEqual(top)
  expect(topForKind('pie', 'bar', { ...pie, top: { ...top, count: 7 } }).top).toMatchObject({ count: 7 })
})
