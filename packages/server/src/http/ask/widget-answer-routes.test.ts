import { smallBoard, smallWidget } from '@almanac/core/boards/testing/small-board.ts'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { WidgetsRequest } from '../../boards/answers/answer-widgets.ts'
import { noBoards } from '../../boards/testing/no-boards.ts'
import { buildTestApp, type TestApp, type TestRole } from '../test-app.ts'

const SQL = { from: 'sql', sql: 'SELECT 1', parameters: { least: 5 } } as const
const VARIABLE = { name: 'plan', label: 'Plan', cube: 'web', dimension: 'path' }
const BOARD = smallBoard([smallWidget('w', [SQL])], {
  variables: [VARIABLE],
  annotations: { queries: [{ name: 'Deploys', sql: 'SELECT at, title FROM deploys' }] },
})
const SCOPE = { from: '2026-05-01', to: '2026-06-01', grain: 'day', timezone: 'UTC', firstDayOfWeek: 1 }

let tested: TestApp
let requests: WidgetsRequest[]
beforeEach(async () => {
  requests = []
  const { boards } = noBoards()
  tested = await buildTestApp({
    boards: {
      ...boards,
      find: async (slug, viewer) => {
        if (slug !== 'tiny') return boards.find(slug, viewer)
        return {
          slug,
          title: BOARD.title,
          description: '',
          folderId: null,
          visibility: 'team',
          origin: 'made',
          ownerName: null,
          updatedAt: null,
          isFavourite: false,
          mayEdit: false,
          version: 1,
          board: BOARD,
        }
      },
    },
    answerWidgets: async (request) => {
      requests.push(request)
      return request.questions.map(() => ({ error: new AppError('query_timeout', 'too slow', { hint: 'less' }) }))
    },
  })
})
afterEach(() => tested.app.close())

async function ask(role: TestRole, payload: object) {
  const url = '/api/v1/widget-answers'
  const answer = await tested.app.inject({ method: 'POST', url, headers: tested.as[role], payload })
  expect(answer.statusCode, answer.body).toBe(200)
  return answer.json()
}

/** Whether the role may run this data, on this board. */
async function mayRun(role: TestRole, data: object, board?: string): Promise<boolean | undefined> {
  await ask(role, { board, scope: SCOPE, questions: [{ data: [data] }] })
  const [request] = requests.splice(0)
  const [asked] = request?.questions[0]?.data ?? []
  return asked?.from === 'sql' ? request?.mayRun(asked) : undefined
}

describe('statements of their own', () => {
  test.each([
    { role: 'admin', may: true },
    { role: 'editor', may: true },
    { role: 'key:admin', may: true },
    { role: 'local', may: true },
    { role: 'viewer', may: false },
    { role: 'key:read', may: false },
  ] as const)('$role: $may', async ({ role, may }) => {
    expect(await mayRun(role, { from: 'sql', sql: 'SELECT 2' })).toBe(may)
    expect(await mayRun(role, { from: 'sql', sql: 'SELECT 2' }, 'tiny')).toBe(may)
  })
})

describe('a viewer runs what the board has, and nothing like it', () => {
  test.each([
    { what: 'the statement of a widget', data: SQL, board: 'tiny', may: true },
    {
      what: 'that of an annotation',
      data: { from: 'sql', sql: 'SELECT at, title FROM deploys' },
      board: 'tiny',
      may: true,
    },
    { what: 'with other parameters', data: { ...SQL, parameters: { least: 1 } }, board: 'tiny', may: false },
    { what: 'with another range', data: { ...SQL, range: '10y' }, board: 'tiny', may: false },
    { what: 'with one more space', data: { ...SQL, sql: 'SELECT 1 ' }, board: 'tiny', may: false },
    { what: 'on no board', data: SQL, board: undefined, may: false },
    { what: 'on a board that is not there', data: SQL, board: 'gone', may: false },
  ])('$what: $may', async ({ data, board, may }) => {
    expect(await mayRun('viewer', data, board)).toBe(may)
  })

  test('and cannot give it variables that the board does not have', async () => {
    const variables = [{ ...VARIABLE, name: 'least' }]
    await ask('viewer', { board: 'tiny', scope: SCOPE, questions: [{ data: [SQL], variables }] })

    expect(requests[0]?.questions[0]?.variables).toEqual(BOARD.variables)
  })
})

test('the mistake of a widget is told with its hint, beside the other answers', async () => {
  const question = { data: [{ from: 'cube', cube: 'web', measures: ['hits'] }] }
  expect(await ask('viewer', { scope: SCOPE, questions: [question, question] })).toEqual({
    answers: [1, 2].map(() => ({ error: { code: 'query_timeout', message: 'too slow', hint: 'less' } })),
  })
})

test('all that is wrong with a request is told', async () => {
  const answer = await tested.app.inject({
    method: 'POST',
    url: '/api/v1/widget-answers',
    headers: tested.as.viewer,
    payload: { scope: { ...SCOPE, grain: 'decade', from: 'May' }, questions: [{ data: [] }] },
  })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().error.issues.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
    'scope.from',
    'scope.grain',
    'questions.0.data',
  ])
})
