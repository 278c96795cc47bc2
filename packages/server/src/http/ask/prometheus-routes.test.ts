import { AppError } from '@almanac/core/errors.ts'
import { afterEach, expect, test } from 'vitest'
import { answerOf, TINY_CUBE } from '../../feeds/testing/tiny-cube.ts'
import type { AppDeps } from '../app.ts'
import { buildTestApp, type TestApp } from '../test-app.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

async function appWith(overrides: Partial<AppDeps> = {}): Promise<TestApp> {
  tested = await buildTestApp(overrides)
  return tested
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' }
const RANGE = 'start=1768435200&end=1768438800&step=3600'

test.each(['/api/v1/query_range', '/prometheus/api/v1/query_range'])('%s answers GET and forms alike', async (url) => {
  const { app, as } = await appWith()
  const query = `query=${encodeURIComponent('sum(web:hits)')}&${RANGE}`
  const got = await app.inject({ url: `${url}?${query}`, headers: as['key:read'] })
  const posted = await app.inject({ method: 'POST', url, payload: query, headers: { ...as['key:read'], ...FORM } })

  expect(got.statusCode, got.body).toBe(200)
  expect(got.json()).toEqual({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: [
        {
          metric: {},
          values: [
            [1768435200, '3'],
            [1768438800, '0'],
          ],
        },
      ],
    },
  })
  expect(posted.json()).toEqual(got.json())
})

test('the requests with which Grafana tests a connection are answered', async () => {
  const { app, as } = await appWith()
  const body = { method: 'POST' as const, headers: { ...as['key:read'], ...FORM } }
  const health = await app.inject({ ...body, url: '/prometheus/api/v1/query', payload: 'query=1%2B1&time=4' })
  expect(health.json()).toEqual({ status: 'success', data: { resultType: 'scalar', result: [4, '2'] } })

  const get = (path: string) => app.inject({ url: `/prometheus/api/v1/${path}`, headers: as['key:read'] })
  expect((await get('status/buildinfo')).json()).toMatchObject({ status: 'success', data: { version: '2.45.0' } })
  expect((await get('labels?match[]=web:hits')).json().data).toContain('country')
  expect((await get('label/__name__/values')).json().data).toContain('web:visitors')
  expect((await get('label/country/values?start=0&end=1')).json().data).toEqual(['DE'])
  expect((await get('series?match[]=web:hits&match[]=web:visitors')).json().data).toHaveLength(2)
  expect((await get('metadata')).json().data['web:hits']).toHaveLength(1)
})

test.each([
  { query: 'rate(x)', status: 400, errorType: 'bad_data', error: 'parse error: rate() is not answered here' },
  { query: 'sum(web:visitors)', status: 400, errorType: 'bad_data', error: 'would count twice' },
])('$query is refused in the form of Prometheus', async ({ query, status, errorType, error }) => {
  const { app, as } = await appWith()
  const url = `/api/v1/query_range?query=${encodeURIComponent(query)}&${RANGE}`
  const answer = await app.inject({ url, headers: as['key:read'] })
  expect(answer.statusCode).toBe(status)
  expect(answer.json()).toEqual({ status: 'error', errorType, error: expect.stringContaining(error) })
})

test.each([
  { error: new AppError('query_timeout', 'It took too long'), status: 503, errorType: 'timeout' },
  { error: new AppError('query_failed', 'It failed'), status: 422, errorType: 'execution' },
  { error: new AppError('engine_unavailable', 'It is away'), status: 503, errorType: 'unavailable' },
  { error: new Error('secret detail'), status: 500, errorType: 'internal' },
])('$error.message is of the type $errorType', async ({ error, status, errorType }) => {
  const { app, as } = await appWith({
    prometheus: {
      definitions: () => [TINY_CUBE],
      now: () => Date.UTC(2026, 0, 15, 12),
      runQuery: async () => {
        throw error
      },
    },
  })
  const answer = await app.inject({ url: `/api/v1/query_range?query=web:hits&${RANGE}`, headers: as['key:read'] })
  expect(answer.statusCode).toBe(status)
  expect(answer.json()).toMatchObject({ status: 'error', errorType })
  expect(answer.body).not.toContain('secret detail')
})

test('who may not read is told so in that form, too', async () => {
  const { app, as } = await appWith()
  for (const [role, status, errorType] of [
    ['nobody', 401, 'unauthorized'],
    ['key:ingest', 403, 'forbidden'],
  ] as const) {
    const answer = await app.inject({ url: `/api/v1/query_range?query=1&${RANGE}`, headers: as[role] })
    expect(answer.statusCode).toBe(status)
    expect(answer.json()).toMatchObject({ status: 'error', errorType })
  }
})

test('more values than can be drawn are an error and not a part of them', async () => {
  const { app, as } = await appWith({
    prometheus: {
      definitions: () => [TINY_CUBE],
      now: () => Date.UTC(2026, 0, 15, 12),
      runQuery: async (query) => answerOf(query, [], { truncated: true }),
    },
  })
  const answer = await app.inject({ url: `/api/v1/query_range?query=web:hits&${RANGE}`, headers: as['key:read'] })
  expect(answer.json()).toMatchObject({ errorType: 'execution', error: expect.stringContaining('more than 100000') })
})
