import { type BoardInput, widgetsOf } from '@almanac/core/boards/board.ts'
import { randomBoard } from '@almanac/core/boards/testing/random-board.ts'
import { smallBoard, smallWidget } from '@almanac/core/boards/testing/small-board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { AppError } from '@almanac/core/errors.ts'
import { randomNumbers } from '@almanac/core/random-numbers.ts'
import { beforeEach, expect, test } from 'vitest'
import type { WidgetResult, WidgetsRequest } from '../boards/answers/answer-widgets.ts'
import { TINY_CUBE } from '../feeds/testing/tiny-cube.ts'
import { createPublicAnswers, type PublicAnswers } from './public-answers.ts'
import { publicBoard } from './public-board.ts'
import type { OpenBoard } from './public-boards.ts'

const HITS = { from: 'cube' as const, cube: 'web', measures: ['hits'] }
const SQL = { from: 'sql', sql: 'SELECT secret FROM hidden_table' } as const
const VARIABLES = ['country', 'path'].map((name) => ({
  name,
  label: name,
  cube: 'web',
  dimension: name,
  values: ['x'],
}))
const open = (more: Partial<OpenBoard> = {}, input: Partial<BoardInput> = {}): OpenBoard => ({
  board: smallBoard([smallWidget('hits', [HITS]), smallWidget('sql', [SQL]), smallWidget('text')], {
    filters: [{ dimension: 'country', values: ['hidden_country'] }],
    variables: VARIABLES,
    annotations: { tags: ['hidden_tag'], queries: [{ name: 'hidden_name', sql: 'SELECT hidden_annotation' }] },
    ...input,
  }),
  allowed: [],
  timezone: 'UTC',
  ...more,
})
const FRAME = {
  columns: [{ name: 'country', kind: 'dimension', type: 'string', label: 'Country' }],
  rows: [{ country: 'DE' }, { country: 'FR' }],
  totals: [],
  timezone: 'UTC',
  firstDayOfWeek: 1,
  grain: undefined,
  openFrom: undefined,
  from: undefined,
  to: undefined,
  comparisons: [],
  asOf: '2026-05-20T12:00:00Z',
  isTruncated: false,
} as const

let requests: WidgetsRequest[]
let result: WidgetResult
let nowMs: number
let answers: PublicAnswers
beforeEach(() => {
  requests = []
  result = { frame: FRAME, ignored: ['hidden_dimension'] }
  nowMs = Date.UTC(2026, 4, 20, 12)
  answers = createPublicAnswers({
    answerWidgets: async (request) => {
      requests.push(request)
      return request.questions.map(() => result)
    },
    cubes: () => [TINY_CUBE],
    now: () => nowMs,
  })
})

test("a widget is asked for by its id, and the question is the board's", async () => {
  const { answers: found } = await answers.answer(open(), {
    scope: undefined,
    widgets: ['sql', 'gone', 'text', 'hits'],
  })

  expect(requests[0]?.questions.map(({ data }) => data[0])).toMatchObject([SQL, HITS])
  expect(found).toMatchObject([
    { frame: FRAME },
    { error: { code: 'not_found' } },
    { error: { code: 'invalid_request' } },
    { frame: FRAME, ignored: [] },
  ])
})

test('an error says that something is missing, and not what stands behind it', async () => {
  const secret = 'Unknown table hidden_table in SELECT secret'
  result = {
    error: new AppError('query_failed', secret, { hint: secret, issues: [{ path: [secret], message: secret }] }),
  }
  const [failed] = (await answers.answer(open(), { scope: undefined, widgets: ['sql'] })).answers

  expect(failed).toMatchObject({ error: { message: 'The figures of this widget cannot be shown', issues: [] } })
  expect((failed as { error: AppError }).error.hint).toBeUndefined()
})

test('the answer says for what it is, without the filters', async () => {
  const { scope } = await answers.answer(open({}, { range: 'yesterday' }), { scope: undefined, widgets: ['hits'] })

  expect(Object.keys(scope).toSorted()).toEqual(['compare', 'firstDayOfWeek', 'from', 'grain', 'timezone', 'to'])
  expect(scope.from).toBe('2026-05-19T00:00:00+00:00')
})

test('whoever asks the same within five seconds gets the same answer', async () => {
  const ask = (one: OpenBoard) => answers.answer(one, { scope: undefined, widgets: ['hits'] })
  await Promise.all([ask(open()), ask(open())])
  expect(requests).toHaveLength(1)
  await ask(open({}, { range: 'yesterday' }))
  expect(requests).toHaveLength(2)

  nowMs += 5_000
  await ask(open())
  expect(requests).toHaveLength(3)
})

test('a failure is not kept', async () => {
  const failing = createPublicAnswers({
    answerWidgets: async () => {
      requests.push({} as WidgetsRequest)
      throw new Error('broken')
    },
    cubes: () => [],
    now: () => nowMs,
  })
  const ask = () => failing.answer(open(), { scope: undefined, widgets: ['hits'] })
  await expect(ask()).rejects.toThrow('broken')
  await expect(ask()).rejects.toThrow('broken')
  expect(requests).toHaveLength(2)
})

test('the values of a variable lie within the filters and the other choices of the board', async () => {
  const values = await answers.values(open({ allowed: ['country'] }), 'country')

  expect(values).toEqual(['DE', 'FR'])
  expect(requests[0]?.questions[0]).toMatchObject({
    data: [{ cube: 'web', measures: ['hits'], dimensions: ['country'], limit: 200 }],
    variables: [{ name: 'path' }],
  })
  expect(requests[0]?.scope).toMatchObject({
    filters: [{ dimension: 'country', values: ['hidden_country'] }],
    variables: { path: ['x'] },
  })
})

test.each(['path', 'gone', 'range', '__proto__'])('there is nothing to choose by the name %s', async (name) => {
  await expect(answers.values(open({ allowed: ['country', 'range'] }), name)).rejects.toMatchObject({
    code: 'not_found',
  })
  expect(requests).toEqual([])
})

test('a shared board tells nothing of where its figures come from', () => {
  const text = JSON.stringify(publicBoard(open().board, ['country']))

  expect(text).not.toMatch(/hidden|secret|"web"|hits"\]/)
  expect(JSON.parse(text).variables).toMatchObject([{ name: 'country', cube: '', dimension: '' }])
})

test('no question of any board is in what its readers get, and no request changes one', async () => {
  for (let seed = 0; seed < 60; seed++) {
    const board = { ...randomBoard(randomNumbers(seed)), range: '28d', timezone: 'UTC' }
    const shown = publicBoard(board, [])
    expect(widgetsOf(shown).every(({ data }) => data.length === 0)).toBe(true)
    expect([shown.filters, shown.variables, shown.annotations.queries]).toEqual([[], [], []])

    const widgets = widgetsOf(board).filter(({ data }) => data.length > 0)
    requests = []
    nowMs += 10_000
    await answers.answer({ board, allowed: [], timezone: 'UTC' }, { scope: ODD, widgets: widgets.map(({ id }) => id) })
    expect(requests[0]?.questions.map(({ data }) => data) ?? []).toEqual(widgets.map(({ data }) => data))
    expect(requests[0]?.scope).toMatchObject({ filters: board.filters, timezone: 'UTC', compare: board.compare })
  }
})

const ODD: BoardScope = {
  from: '1970-01-01',
  to: '2100-01-01',
  grain: 'year',
  timezone: 'Asia/Tokyo',
  firstDayOfWeek: 7,
  compare: [{ with: 'previous_year', align: 'date', toDate: false, as: 'odd' }],
  filters: [{ dimension: 'x', op: 'in', values: ['y'] }],
  variables: { anything: ['z'] },
}
