import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../../test-app.ts'

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.app.close())

const post = (url: string, payload: object) =>
  tested.app.inject({ method: 'POST', url, payload, headers: tested.as.admin })

test('a rebuild is accepted and says how long it will be', async () => {
  const answer = await post('/api/v1/visits/rebuild', { source: 'shop' })
  expect(answer.statusCode).toBe(202)
  expect(answer.json()).toEqual({ rebuilds: [{ source: 'shop', parts: 1, done: 0 }] })
})

test.each([
  { what: 'a link that there is', body: { user: 'ada', device: 'd1' }, status: 204 },
  { what: 'a link that there is not', body: { user: 'bob', device: 'd1' }, status: 404 },
  { what: 'neither device nor alias', body: { user: 'ada' }, status: 400 },
  { what: 'both of them', body: { user: 'ada', device: 'd1', alias: 'a' }, status: 400 },
])('$what is answered with $status', async ({ body, status }) => {
  expect((await post('/api/v1/identity/unlink', body)).statusCode).toBe(status)
})
