import { Board, type BoardInput } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import type { BoardSearch } from './board-search.ts'
import { crumbs, drilledInto, zoomedInto } from './drill.ts'
import { readerChoice } from './reader-choice.ts'

const NOW = Temporal.Instant.from('2026-11-18T09:42:07Z')
const board = (input: Partial<BoardInput> = {}) =>
  Board.parse({ title: 'Shop', tabs: [{ id: 'main', title: '', sections: [{ id: 's' }] }], ...input })
const choice = (search: BoardSearch = {}, input: Partial<BoardInput> = {}) =>
  readerChoice(board(input), search, NOW, 'Europe/Berlin')

test('without anything chosen it is as the board says', () => {
  const filters = [{ dimension: 'country', op: 'in' as const, values: ['DE'] }]
  const { scope, ...rest } = choice({}, { range: '7d', grain: 'hour', timezone: 'Asia/Tokyo', filters, refresh: '1m' })
  expect(scope).toMatchObject({ from: '2026-11-11T15:00:00Z', to: '2026-11-18T15:00:00Z', grain: 'hour', filters })
  expect(rest).toMatchObject({ rangeName: 'Last 7 days', problem: undefined, refresh: '1m', isRunning: true })
})

test('the address has the last word', () => {
  const search: BoardSearch = { range: '2026', grain: 'month', tz: 'UTC', week: 7, refresh: 'off', annotations: 'off' }
  const { scope, ...rest } = choice(search, { range: '7d', grain: 'hour', timezone: 'Asia/Tokyo' })
  expect(scope).toMatchObject({ from: '2026-01-01T00:00:00Z', grain: 'month', timezone: 'UTC', firstDayOfWeek: 7 })
  expect(rest).toMatchObject({ rangeName: undefined, refresh: 'off', hasAnnotations: false, isRunning: false })
})

test('a variable may be called like something that every object has', () => {
  const variables = [{ name: 'constructor', label: 'Maker', cube: 'web', dimension: 'host', values: ['a'] }]
  expect(choice({}, { variables }).scope.variables).toEqual({ constructor: ['a'] })
})

test.each([
  { range: 'last tuesday', problem: /got "last tuesday"/, shown: '7d' },
  { range: '2026-02-01 to 2026-01-01', problem: /ends before it begins/, shown: '7d' },
])('a range like $range is told, and the board’s is shown', ({ range, problem, shown }) => {
  const { rangeText, problem: told } = choice({ range }, { range: shown })
  expect(rangeText).toBe(shown)
  expect(told).toMatch(problem)
})

test('all time is where data is, and nothing is asked before that is known', () => {
  const from = Temporal.ZonedDateTime.from('2015-05-01T00:00[Europe/Berlin]')
  const extent = { from, to: from.add({ years: 2 }) }
  const known = readerChoice(board(), { range: 'all' }, NOW, 'Europe/Berlin', extent)
  expect(known).toMatchObject({ rangeName: 'All time', isPending: false, problem: undefined })
  expect(known.scope.from).toBe('2015-04-30T22:00:00Z')
  expect(readerChoice(board(), { range: 'all' }, NOW, 'Europe/Berlin').isPending).toBe(true)
  expect(readerChoice(board(), { range: 'all' }, NOW, 'Europe/Berlin', null).isPending).toBe(false)
  expect(choice().isPending).toBe(false)
})

test('a grain that makes no sense for the range gives way', () => {
  expect(choice({ range: '12mo', grain: 'hour' }).scope.grain).toBe('week')
})

test('variables are the board’s, with what was chosen or else its own values', () => {
  const variables = [
    { name: 'plan', label: 'Plan', cube: 'revenue', dimension: 'plan', values: ['pro'] },
    { name: 'place', label: 'Place', cube: 'web', dimension: 'country' },
  ]
  const search = { 'var-place': ['DE'], 'var-gone': ['x'] }
  expect(choice(search, { variables }).scope.variables).toEqual({ plan: ['pro'], place: ['DE'] })
  expect(choice({ 'var-plan': ['~all'] }, { variables }).scope.variables).toEqual({ plan: [], place: [] })
})

test('going from a year into a month into a day leaves a way back at each step', () => {
  const year: BoardSearch = { range: '2026', grain: 'month', tz: 'Europe/Berlin' }
  const month = drilledInto(year, choice(year), '2026-03-01T00:00:00+01:00', '2026-04-01T00:00:00+02:00')
  expect(month).toMatchObject({ range: '2026-03-01 to 2026-04-01', grain: 'day' })
  const day = drilledInto(month ?? {}, choice(month), '2026-03-29T00:00:00+01:00', '2026-03-30T00:00:00+02:00')
  expect(day).toMatchObject({ range: '2026-03-29 to 2026-03-30', grain: 'hour' })
  const way = crumbs(day ?? {}, choice(day))
  expect(way.map(({ label }) => label)).toEqual(['2026', 'March 2026', 'March 29, 2026'])
  expect(way[0]?.search).toEqual(year)
  expect(way[1]?.search).toEqual(month)
})

test('a stretch that was marked is a step on the way, too', () => {
  const zoomed = zoomedInto({}, choice(), '2026-11-02T00:00:00+01:00', '2026-11-05T00:00:00+01:00')
  expect(zoomed.range).toBe('2026-11-02 to 2026-11-05')
  expect(crumbs(zoomed, choice(zoomed)).map(({ label }) => label)[0]).toBe('Last 28 days')
  expect(crumbs({}, choice())).toEqual([])
})

test('beyond minutes there is nothing finer', () => {
  const search: BoardSearch = { range: '1h', grain: 'minute' }
  expect(drilledInto(search, choice(search), '2026-11-18T09:00:00Z', '2026-11-18T09:01:00Z')).toBeUndefined()
})
