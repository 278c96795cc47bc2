import { afterAll, beforeAll, expect, test } from 'vitest'
import { buildTestApp, type TestApp } from '../test-app.ts'

let tested: TestApp
beforeAll(async () => {
  tested = await buildTestApp()
})
afterAll(() => tested.app.close())

const QUERY = { cube: 'web', measures: ['hits'], from: '2026-05-01', to: '2026-06-01' }

async function post(url: string, payload: object, role: 'admin' | 'viewer' = 'admin') {
  const answer = await tested.app.inject({ method: 'POST', url, payload, headers: tested.as[role] })
  return { status: answer.statusCode, body: answer.json() }
}

test('a number is explained to everybody who may see it, and its rows to those who may read SQL', async () => {
  expect(await post('/api/v1/explain', { query: QUERY }, 'viewer')).toMatchObject({
    status: 200,
    body: { explained: { value: 3, request: { cell: { dimensions: {} } } } },
  })
  for (const part of ['rows', 'persons']) {
    expect((await post(`/api/v1/explain/${part}`, { query: QUERY }, 'viewer')).status).toBe(403)
    expect((await post(`/api/v1/explain/${part}`, { query: QUERY })).status).toBe(200)
  }
})

test.each([
  {
    url: '/api/v1/explain',
    payload: { query: { ...QUERY, measures: ['hits', 'bytes'] } },
    path: ['query', 'measures'],
  },
  { url: '/api/v1/explain', payload: { query: QUERY, cell: { time: 'yesterday' } }, path: ['cell', 'time'] },
  { url: '/api/v1/explain/rows', payload: { query: QUERY, limit: 5000 }, path: ['limit'] },
  { url: '/api/v1/explain/change', payload: { cube: 'web', measure: 'hits', current: QUERY }, path: ['previous'] },
  {
    url: '/api/v1/cohorts',
    payload: { cube: 'web', from: '2026-05-01', to: '2026-06-01', grain: 'hour' },
    path: ['grain'],
  },
])('$url says that $path is wrong', async ({ url, payload, path }) => {
  const { status, body } = await post(url, payload)
  expect(status).toBe(400)
  expect(body.error.code).toBe('invalid_request')
  expect(body.error.issues.map((issue: { path: unknown }) => issue.path)).toContainEqual(path)
})

test('cohorts have usual values for what is not said', async () => {
  const { body } = await post('/api/v1/cohorts', { cube: 'mobile', from: '2026-05-01', to: '2026-06-01' }, 'viewer')
  expect(body).toMatchObject({ kind: 'retention', grain: 'week', periods: 8 })
})
