import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { EMPTY_FRAME } from '@almanac/core/charts/frame.ts'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { askWidget, ignoredDimensions, type WidgetAsk, widgetAnswerQuery } from './widget-answers.ts'

const scope: BoardScope = {
  from: '2026-11-01T00:00:00Z',
  to: '2026-11-08T00:00:00Z',
  grain: 'day',
  timezone: 'UTC',
  firstDayOfWeek: 1,
  compare: [],
  filters: [],
  variables: {},
}
type Data = WidgetAsk['data'][number]
const cube = (measure: string, more: Partial<Extract<Data, { from: 'cube' }>> = {}): Data => ({
  from: 'cube',
  cube: 'web',
  measures: [measure],
  dimensions: [],
  having: [],
  totals: [],
  order: [],
  filters: [],
  segments: [],
  grain: 'none',
  compare: 'board',
  isFixed: false,
  ...more,
})
const ask = (data: Data, change: Partial<BoardScope> = {}): WidgetAsk => ({
  board: 'shop',
  scope: { ...scope, ...change },
  data: [data],
  variables: [],
})
const never = new AbortController().signal

let bodies: { scope: BoardScope; questions: { data: { measures: string[] }[] }[] }[]
beforeEach(() => {
  bodies = []
  vi.stubGlobal('fetch', async (_: string, { body }: { body: string }) => {
    const request = JSON.parse(body)
    bodies.push(request)
    const answers = request.questions.map(({ data }: { data: { measures: string[] }[] }) =>
      data[0]?.measures[0] === 'gone'
        ? { error: { code: 'invalid_query', message: 'there is no measure "gone"' } }
        : { frame: { rows: [{ name: data[0]?.measures[0] }] }, ignored: [] },
    )
    return new Response(JSON.stringify({ answers }))
  })
})
afterEach(() => vi.unstubAllGlobals())

test('widgets that ask in the same moment are one request, and each has its own answer or error', async () => {
  const results = await Promise.allSettled(['hits', 'gone', 'people'].map((name) => askWidget(ask(cube(name)), never)))
  expect(bodies).toHaveLength(1)
  expect(bodies[0]?.questions).toHaveLength(3)
  expect(
    results.map((result) => (result.status === 'fulfilled' ? result.value.frame.rows : result.reason.message)),
  ).toEqual([[{ name: 'hits' }], 'there is no measure "gone"', [{ name: 'people' }]])
})

test('two scopes are two requests', async () => {
  await Promise.all([askWidget(ask(cube('hits')), never), askWidget(ask(cube('hits'), { grain: 'hour' }), never)])
  expect(bodies.map((body) => body.scope.grain).toSorted()).toEqual(['day', 'hour'])
})

const key = (one: WidgetAsk) => JSON.stringify(widgetAnswerQuery(one).queryKey)
const germany = { dimension: 'country', op: 'in' as const, values: ['DE'] }

test.each<{ name: string; data: Data; change: Partial<BoardScope>; isSame: boolean }>([
  { name: 'a number without time, by another grain', data: cube('hits'), change: { grain: 'hour' }, isSame: true },
  {
    name: 'a chart by the board’s grain',
    data: cube('hits', { grain: 'board' }),
    change: { grain: 'hour' },
    isSame: false,
  },
  { name: 'filters', data: cube('hits'), change: { filters: [germany] }, isSame: false },
  {
    name: 'filters, for a fixed widget',
    data: cube('hits', { isFixed: true }),
    change: { filters: [germany] },
    isSame: true,
  },
  {
    name: 'comparisons, for a widget without',
    data: cube('hits', { compare: 'none' }),
    change: { compare: [{ with: 'previous_year', align: 'date', toDate: false }] },
    isSame: true,
  },
  {
    name: 'a statement in SQL',
    data: { from: 'sql', sql: 'SELECT 1', parameters: {} },
    change: { grain: 'hour' },
    isSame: false,
  },
])('$name: the answer stays $isSame', ({ data, change, isSame }) => {
  expect(key(ask(data)) === key(ask(data, change))).toBe(isSame)
})

test('a filter leaves the answer of a widget as it is whose cube is known not to have the dimension, and is called ignored', () => {
  const known = (dimensions: string[]) => [{ name: 'web', dimensions }]
  const filtered = ask(cube('hits'), { filters: [germany] })
  const plain = ask(cube('hits'))
  const isSame = (cubes: NonNullable<WidgetAsk['cubes']>) => key({ ...filtered, cubes }) === key({ ...plain, cubes })

  expect(isSame(known(['path']))).toBe(true)
  expect(isSame(known(['path', 'country']))).toBe(false)
  expect(ignoredDimensions({ ...filtered, cubes: known(['path']) }, undefined)).toEqual(['country'])
  expect(ignoredDimensions({ ...filtered, cubes: known(['country']) }, undefined)).toEqual([])
})

test('what the answer says is ignored holds where the cube is not known', () => {
  const answer = { frame: EMPTY_FRAME, ignored: ['country'] }
  expect(ignoredDimensions(ask(cube('hits'), { filters: [germany] }), answer)).toEqual(['country'])
  expect(ignoredDimensions(ask({ from: 'sql', sql: 'SELECT 1', parameters: {} }), answer)).toEqual(['country'])
  expect(ignoredDimensions(ask(cube('hits')), undefined)).toEqual([])
})
