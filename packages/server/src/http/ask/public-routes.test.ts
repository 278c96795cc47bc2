import { smallBoard, smallWidget } from '@almanac/core/boards/testing/small-board.ts'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createPublicAnswers, type PublicAsk } from '../../sharing/public-answers.ts'
import type { OpenBoard } from '../../sharing/public-boards.ts'
import { buildTestApp, TEST_ROLES, type TestApp } from '../test-app.ts'

const OPEN: OpenBoard = {
  board: smallBoard(
    [
      smallWidget('w', [{ from: 'sql', sql: 'SELECT hidden' }]),
      smallWidget('year', [{ from: 'sql', sql: 'SELECT hidden', range: '12mo' }]),
    ],
    {
      title: 'Sales',
      filters: [{ dimension: 'hidden', values: ['hidden'] }],
    },
  ),
  allowed: ['range'],
  timezone: 'UTC',
}
const PASSWORD = 'open sesame'
const TICKET = 'the-ticket'

let tested: TestApp
let asked: PublicAsk[]
beforeEach(() => open())
afterEach(() => tested.app.close())

async function open(publicUrl?: string): Promise<void> {
  asked = []
  const answers = createPublicAnswers({
    answerWidgets: async ({ questions }) => questions.map(() => ({ error: new AppError('query_failed', 'hidden') })),
    cubes: () => [],
    now: () => tested.clock.ms,
  })
  tested = await buildTestApp({
    publicUrl,
    publicBoards: {
      open: async (token, ticket) => {
        if (token === 'gone') throw new AppError('not_found', 'There is no board at this address')
        return token === 'locked' && ticket !== TICKET ? 'locked' : OPEN
      },
      unlock: async (_, password) => {
        if (password !== PASSWORD) throw new AppError('unauthorized', 'This is not the password')
        return { ticket: TICKET, expiresAt: new Date(tested.clock.ms + 60_000) }
      },
    },
    publicAnswers: {
      ...answers,
      answer: async (board, ask) => {
        asked.push(ask)
        return answers.answer(board, ask)
      },
    },
  })
}

const get = (path: string, headers: Record<string, string> = {}) =>
  tested.app.inject({ method: 'GET', url: `/api/v1/public/${path}`, headers })
const post = (path: string, payload: object, headers: Record<string, string> = {}) =>
  tested.app.inject({ method: 'POST', url: `/api/v1/public/${path}`, headers, payload })

test.each(TEST_ROLES)('%s sees the same', async (role) => {
  const answer = await get('token', tested.as[role])

  expect(answer.statusCode).toBe(200)
  expect(answer.json()).toMatchObject({
    needsPassword: false,
    title: 'Sales',
    ranges: { year: ['12mo'] },
    allow: ['range'],
  })
  expect(answer.body).not.toContain('hidden')
})

test('no answer is kept on its way, listed, or cached', async () => {
  for (const answer of [await get('token'), await get('gone'), await post('token/answers', { widgets: ['w'] })]) {
    expect(answer.headers).toMatchObject({ 'cache-control': 'private, no-store', 'x-robots-tag': 'noindex' })
  }
})

test('figures come with what they are for, and errors without what stands behind them', async () => {
  const answer = await post('token/answers', { widgets: ['w'] })

  expect(answer.json()).toEqual({
    scope: expect.objectContaining({ grain: 'day', timezone: 'UTC' }),
    answers: [{ error: { code: 'query_failed', message: 'The figures of this widget cannot be shown' } }],
  })
  expect(asked).toEqual([{ scope: undefined, widgets: ['w'] }])
})

test.each([
  { what: 'data', payload: { widgets: ['w'], data: [{ from: 'sql', sql: 'SELECT 1' }] } },
  { what: 'questions', payload: { questions: [] } },
  { what: 'no widgets', payload: { widgets: [] } },
  { what: 'a scope with more in it', payload: { widgets: ['w'], scope: { sql: 'SELECT 1' } } },
])('$what is not taken', async ({ payload }) => {
  expect((await post('token/answers', payload)).statusCode).toBe(400)
  expect(asked).toEqual([])
})

test('a page of somebody else cannot ask in the name of its reader', async () => {
  const answer = await post(
    'token/answers',
    { widgets: ['w'] },
    { origin: 'https://evil.example', host: 'localhost:80' },
  )
  expect(answer.statusCode).toBe(403)
})

describe('a board with a password', () => {
  test('tells nothing before', async () => {
    expect((await get('locked')).json()).toEqual({
      needsPassword: true,
      title: null,
      board: null,
      ranges: {},
      allow: [],
    })
    expect((await post('locked/answers', { widgets: ['w'] })).statusCode).toBe(401)
    expect((await get('locked/values/country')).statusCode).toBe(401)
    expect(asked).toEqual([])
  })

  test('is open in the browser that gave it, for this link', async () => {
    const unlock = await post('locked/unlock', { password: PASSWORD })
    const [cookie] = unlock.cookies

    expect(unlock.statusCode).toBe(204)
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/api/v1/public/locked', value: TICKET })
    expect((await get('locked', { cookie: `almanac_unlock=${TICKET}` })).json()).toMatchObject({ title: 'Sales' })
  })

  test('by https also inside of a page of somebody else', async () => {
    await tested.app.close()
    await open('https://almanac.example')
    const [cookie] = (await post('locked/unlock', { password: PASSWORD })).cookies

    expect(cookie).toMatchObject({ secure: true, sameSite: 'None' })
  })

  test('is not guessed: ten times wrong from one address is the end for a quarter of an hour', async () => {
    for (let n = 0; n < 10; n++) expect((await post('locked/unlock', { password: `${n}` })).statusCode).toBe(401)
    const refused = await post('locked/unlock', { password: PASSWORD })

    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
    tested.clock.ms += 15 * 60_000
    expect((await post('locked/unlock', { password: PASSWORD })).statusCode).toBe(204)
  })
})

test.each(['a/../b', '%2e%2e', 'a b'])('%j is no token', async (token) => {
  expect((await get(encodeURIComponent(token))).statusCode).toBe(400)
})

test('who asks six hundred times in a minute has to wait, and others need not', async () => {
  const ask = (remoteAddress: string) =>
    tested.app.inject({
      method: 'POST',
      url: '/api/v1/public/token/answers',
      payload: { widgets: ['w'] },
      remoteAddress,
    })
  for (let n = 0; n < 600; n++) await ask('10.0.0.1')
  const refused = await ask('10.0.0.1')

  expect(refused.statusCode).toBe(429)
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await ask('10.0.0.2')).statusCode).toBe(200)
  tested.clock.ms += 60_000
  expect((await ask('10.0.0.1')).statusCode).toBe(200)
})
