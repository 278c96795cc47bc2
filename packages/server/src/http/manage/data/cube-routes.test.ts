import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test-app.ts'

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.app.close())

const post = (url: string, payload?: object) =>
  tested.app.inject({
    method: 'POST',
    url: `/api/v1/cubes/${url}`,
    headers: tested.as.admin,
    ...(payload && { payload }),
  })

test('the status says null where there is nothing to say', async () => {
  const answer = await tested.app.inject({ url: '/api/v1/cubes/status', headers: tested.as.viewer })
  expect(answer.json().cubes).toMatchObject([{ name: 'web', reason: null, lastComputedAt: null, secondsLeft: null }])
})

test('a rebuild is accepted with the number of hours', async () => {
  const answer = await post('web/rebuild', { from: '2026-05-17' })
  expect([answer.statusCode, answer.json()]).toEqual([202, { hours: 24 }])
})

test('a check is answered line by line, with its sums last', async () => {
  const answer = await post('web/verify', { repair: true })
  const lines = answer.body
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(answer.headers['content-type']).toContain('application/x-ndjson')
  expect(lines).toMatchObject([
    { type: 'month', month: '2026-05', different: [{ level: 'hour', rows: 1 }] },
    { type: 'end', different: 1, repaired: 1 },
  ])
})

test('a cube is paused and resumed', async () => {
  const isPaused = async () =>
    (await tested.app.inject({ url: '/api/v1/cubes/status', headers: tested.as.admin })).json().cubes[0].isPaused
  expect((await post('web/pause')).statusCode).toBe(204)
  expect(await isPaused()).toBe(true)
  await post('web/resume')
  expect(await isPaused()).toBe(false)
})

test.each(['rebuild', 'verify', 'pause', 'resume'])(
  '%s of a cube that there is not is answered with 404',
  async (action) => {
    const answer = await post(`nothing/${action}`, {})
    expect([answer.statusCode, answer.json().error.message]).toEqual([
      404,
      'There is no cube nothing that could be computed',
    ])
  },
)

test('a day that is none is refused', async () => {
  expect((await post('web/rebuild', { from: 'yesterday' })).statusCode).toBe(400)
})
