import { Variable, WidgetData } from '@almanac/core/boards/board.ts'
import { CohortRequest } from '@almanac/core/cohorts/cohort.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { Query } from '@almanac/core/query/query.ts'
import { beforeEach, describe, expect, test } from 'vitest'
import type { SqlRequest } from '../../analytics/sql-service.ts'
import { fakeSql } from '../../analytics/testing/fake-sql.ts'
import { answerOf, TINY_CUBE } from '../../feeds/testing/tiny-cube.ts'
import { type AnswerWidgets, createAnswerWidgets, type WidgetsRequest } from './answer-widgets.ts'

const NOW = Date.UTC(2026, 4, 20, 12)
const measureColumn = (name: string) => ({ name, kind: 'measure', type: 'number', label: name }) as const
const SCOPE: WidgetsRequest['scope'] = {
  from: '2026-05-01T00:00:00+02:00',
  to: '2026-06-01T00:00:00+02:00',
  grain: 'day',
  timezone: 'Europe/Berlin',
  firstDayOfWeek: 1,
  compare: [],
  filters: [],
  variables: {},
}
const COUNTRY = Variable.parse({ name: 'country', label: 'Country', cube: 'web', dimension: 'country' })

let asked: Query[][]
let cohorts: CohortRequest[]
let statements: SqlRequest[]
let answer: AnswerWidgets
beforeEach(() => {
  asked = []
  cohorts = []
  statements = []
  answer = createAnswerWidgets({
    cubes: () => [TINY_CUBE],
    runQueries: async (queries) => {
      asked.push([...queries])
      return queries.map((query) =>
        query.measures.includes('none')
          ? { error: new AppError('invalid_query', 'no such measure') }
          : { answer: { ...answerOf(query, []), columns: query.measures.map(measureColumn) } },
      )
    },
    runCohorts: async (request) => {
      cohorts.push(request)
      return Promise.reject(new AppError('invalid_query', 'no persons in this cube'))
    },
    sql: fakeSql({
      run: async (request, asker, signal) => {
        statements.push(request)
        return fakeSql().run(request, asker, signal)
      },
    }),
    savedStatements: async () => new Map([['paying', { sql: 'SELECT {least:UInt8}', parameters: { least: 5 } }]]),
    now: () => NOW,
  })
})

const ask = (data: readonly object[], more: Partial<WidgetsRequest> = {}) =>
  answer(
    {
      scope: SCOPE,
      questions: data.map((one) => ({ data: [WidgetData.parse(one)], variables: [COUNTRY] })),
      asker: { name: 'ada', isAdmin: false },
      mayRun: () => true,
      ...more,
    },
    new AbortController().signal,
  )
const web = (more: object = {}) => ({ from: 'cube', cube: 'web', measures: ['hits'], ...more })

test('all cubes are asked at once, and each question gets its own answer or its own mistake', async () => {
  const results = await ask([
    web(),
    web({ measures: ['none'] }),
    { from: 'saved', name: 'gone' },
    web({ cube: 'gone' }),
  ])

  expect(asked).toHaveLength(1)
  expect(asked[0]).toHaveLength(3)
  expect(results.map((one) => ('error' in one ? one.error.code : one.frame.timezone))).toEqual([
    'Europe/Berlin',
    'invalid_query',
    'not_found',
    'Europe/Berlin',
  ])
})

test("a widget's own range takes the place of the board's, in the board's zone", async () => {
  await ask([web({ range: 'yesterday' }), web()])

  expect(asked[0]?.map(({ from }) => from)).toEqual(['2026-05-19T00:00:00+02:00', SCOPE.from])
})

test('a range that is none is said', async () => {
  const [result] = await ask([web({ range: 'next Tuesday' })])

  expect(result).toMatchObject({ error: { code: 'invalid_query', message: expect.stringContaining('own range') } })
})

test('what the board filters by and the data does not have is told', async () => {
  const filters = [{ dimension: 'planet', op: 'in' as const, values: ['Mars'] }]
  const scope = { ...SCOPE, filters, variables: { country: ['DE'] } }
  const [cube, statement] = await ask([web(), { from: 'sql', sql: 'SELECT {country:Array(String)}' }], { scope })

  expect(asked[0]?.[0]?.filters).toEqual([{ dimension: 'country', op: 'in', values: ['DE'] }])
  expect(cube).toMatchObject({ ignored: ['planet'] })
  expect(statement).toMatchObject({ ignored: ['planet'] })
  expect(statements[0]?.parameters).toEqual({ country: ['DE'] })
})

test("cohorts are asked with the board's range, zone and filters", async () => {
  const filters = [{ dimension: 'country', op: 'in' as const, values: ['DE'] }]
  const own = { from: 'cohorts', cohorts: { cube: 'web', periods: 3 } }
  const [result] = await ask([own], { scope: { ...SCOPE, filters } })

  expect(cohorts).toEqual([
    CohortRequest.parse({
      cube: 'web',
      periods: 3,
      filters,
      from: SCOPE.from,
      to: SCOPE.to,
      timezone: 'Europe/Berlin',
      firstDayOfWeek: 1,
    }),
  ])
  expect(result).toMatchObject({ error: { code: 'invalid_query' } })
})

describe('statements', () => {
  test('one that is not allowed does not run, a saved one does', async () => {
    const results = await ask(
      [
        { from: 'sql', sql: 'SELECT 1' },
        { from: 'saved', name: 'paying' },
      ],
      {
        mayRun: () => false,
      },
    )

    expect(results[0]).toMatchObject({ error: { code: 'forbidden' } })
    expect(statements).toEqual([
      { sql: 'SELECT {least:UInt8}', parameters: { least: 5 }, limit: 100_000, times: 'iso' },
    ])
  })

  test('the same one runs once', async () => {
    const results = await ask([
      { from: 'saved', name: 'paying' },
      { from: 'saved', name: 'paying' },
    ])

    expect(statements).toHaveLength(1)
    expect(results.every((one) => 'frame' in one)).toBe(true)
  })
})

test('several pieces of data are one table, and a mistake in one of them is the mistake of the widget', async () => {
  const questions = (more: object) => [{ data: [WidgetData.parse(web()), WidgetData.parse(web(more))], variables: [] }]
  const [joined] = await ask([], { questions: questions({ dimensions: ['country'] }) })
  const [failed] = await ask([], { questions: questions({ measures: ['none'] }) })

  expect(joined).toMatchObject({
    frame: { columns: expect.arrayContaining([expect.objectContaining({ name: 'hits_2' })]) },
  })
  expect(failed).toMatchObject({ error: { message: 'no such measure' } })
})

test('a variable can be called as everything is that an object has', async () => {
  const variables = [{ ...COUNTRY, name: 'constructor' }]
  const questions = [
    { data: [WidgetData.parse(web())], variables },
    { data: [WidgetData.parse({ from: 'sql', sql: 'SELECT {constructor:Array(String)}' })], variables },
  ]
  const results = await ask([], { questions })

  expect(results.every((one) => 'frame' in one)).toBe(true)
  expect(asked[0]?.[0]?.filters).toEqual([])
  expect(statements[0]?.parameters).toEqual({ constructor: [] })
})
