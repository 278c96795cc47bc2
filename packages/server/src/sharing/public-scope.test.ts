import type { Board, BoardInput } from '@almanac/core/boards/board.ts'
import { smallBoard } from '@almanac/core/boards/testing/small-board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { GRAINS } from '@almanac/core/time/grain.ts'
import { describe, expect, test } from 'vitest'
import { publicScope } from './public-scope.ts'

const NOW = Temporal.Instant.from('2026-05-20T12:00:00Z')
const VARIABLES = ['country', 'customer', 'range'].map((name) => ({
  name,
  label: name,
  cube: 'web',
  dimension: name,
  values: name === 'customer' ? ['ACME'] : [],
}))
const board = (more: Partial<BoardInput> = {}) =>
  smallBoard([], {
    range: '7d',
    timezone: 'Europe/Berlin',
    compare: [{ with: 'previous_week' }],
    filters: [{ dimension: 'tenant', values: ['ours'] }],
    variables: VARIABLES,
    ...more,
  })
const ASKED: BoardScope = {
  from: '2020-01-01',
  to: '2027-01-01',
  grain: 'minute',
  timezone: 'Pacific/Kiritimati',
  firstDayOfWeek: 7,
  compare: [],
  filters: [],
  variables: { country: ['DE'], customer: ['Initech'], range: ['x'] },
}
const scopeOf = (allowed: readonly string[], asked: BoardScope | undefined = ASKED, of: Board = board()) =>
  publicScope({ board: of, allowed, timezone: 'America/New_York', asked, now: NOW })

const OWN = {
  from: '2026-05-14T00:00:00+02:00',
  to: '2026-05-21T00:00:00+02:00',
  grain: 'day',
  timezone: 'Europe/Berlin',
  firstDayOfWeek: 1,
  compare: [{ with: 'previous_week', align: 'date', toDate: false }],
  filters: [{ dimension: 'tenant', op: 'in', values: ['ours'] }],
  variables: { country: [], customer: ['ACME'], range: [] },
}

test('where nothing is allowed, all is as on the board', () => {
  expect(scopeOf([])).toEqual(OWN)
  expect(scopeOf([], undefined)).toEqual(OWN)
})

test('all time is a long time: where data is, a stranger is not told', () => {
  expect(scopeOf([], ASKED, board({ range: 'all' }))).toMatchObject({
    from: '2016-05-21T00:00:00+02:00',
    to: '2026-05-21T00:00:00+02:00',
  })
})

test.each([
  {
    allowed: 'range',
    differs: {
      from: '2020-01-01T00:00:00+01:00',
      to: '2027-01-01T00:00:00+01:00',
      grain: 'month',
      firstDayOfWeek: 7,
    },
  },
  { allowed: 'grain', differs: { grain: 'minute' } },
  { allowed: 'compare', differs: { compare: [] } },
  { allowed: 'country', differs: { variables: { ...OWN.variables, country: ['DE'] } } },
  { allowed: 'customer', differs: { variables: { ...OWN.variables, customer: ['Initech'] } } },
])('a link that allows $allowed lets that differ, and nothing else', ({ allowed, differs }) => {
  expect(scopeOf([allowed])).toEqual({ ...OWN, ...differs })
})

test("the reader's zone counts where the board has none and the range may be chosen; otherwise the link's", () => {
  const { timezone: _, ...rest } = board()
  expect(scopeOf(['range'], ASKED, rest).timezone).toBe('Pacific/Kiritimati')
  expect(scopeOf([], ASKED, rest)).toMatchObject({
    timezone: 'America/New_York',
    from: '2026-05-14T00:00:00-04:00',
  })
})

test('a chosen variable can be cleared where it may be chosen', () => {
  expect(scopeOf(['customer'], { ...ASKED, variables: { customer: [] } }).variables.customer).toEqual([])
})

describe('what is not allowed is never taken from a request', () => {
  const CHOICES = ['range', 'grain', 'compare', 'country', 'customer', '__proto__', 'filters', 'timezone']

  test.each(Array.from({ length: 300 }, (_, seed) => ({ seed })))('seed $seed', ({ seed }) => {
    const random = randomNumbers(seed)
    const oneOf = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T
    const allowed = CHOICES.filter(() => random() < 0.3)
    const asked: BoardScope = {
      from: `20${10 + Math.floor(random() * 17)}-01-01`,
      to: '2027-06-01',
      grain: oneOf(GRAINS),
      timezone: oneOf(['UTC', 'Asia/Kathmandu', 'Pacific/Apia']),
      firstDayOfWeek: 1 + Math.floor(random() * 7),
      compare: random() < 0.5 ? [] : [{ with: 'previous_year', align: 'weekday', toDate: true }],
      filters: random() < 0.5 ? [] : [{ dimension: 'tenant', op: 'in', values: ['theirs'] }],
      variables: Object.fromEntries(
        ['country', 'customer', 'range', 'other']
          .filter(() => random() < 0.6)
          .map((name) => [name, [oneOf(['a', 'b'])]]),
      ),
    }
    const scope = scopeOf(allowed, asked)
    const may = (name: string) => allowed.includes(name)

    expect(scope.filters).toEqual(OWN.filters)
    expect(scope.timezone).toBe(OWN.timezone)
    expect(Object.keys(scope.variables)).toEqual(Object.keys(OWN.variables))
    if (!may('range')) expect(scope).toMatchObject({ from: OWN.from, to: OWN.to, firstDayOfWeek: 1 })
    if (!may('range') && !may('grain')) expect(scope.grain).toBe(OWN.grain)
    if (!may('compare')) expect(scope.compare).toEqual(OWN.compare)
    for (const name of ['country', 'customer'] as const) {
      if (!may(name)) expect(scope.variables[name]).toEqual(OWN.variables[name])
    }
    // Called like another choice, it is never meant.
    expect(scope.variables.range).toEqual([])
  })
})

test('a range that is none is said to whoever made the board', () => {
  expect(() => scopeOf([], undefined, board({ range: 'sometime' }))).toThrow(/range of this board/)
})
