import { afterEach, expect, test } from 'vitest'
import { memoryMetrics } from '../../metrics/testing/memory-metrics.ts'
import { buildTestApp, type TestApp, type TestRole } from '../test-app.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

async function open() {
  const metricStore = memoryMetrics()
  tested = await buildTestApp({ metricStore })
  const { app, as } = tested
  const post = (
    payload: string | object,
    url = '/api/v1/metrics',
    type = 'application/json',
    role: TestRole = 'local',
  ) => app.inject({ method: 'POST', url, headers: { ...as[role], 'content-type': type }, payload })
  const call = (method: 'GET' | 'DELETE', url: string) => app.inject({ method, url, headers: as.local })
  return { metricStore, post, call }
}

const ROW = { metric: 'followers', date: '2026-01-05', value: 310 }

test('a list, lines of JSON and CSV are the same', async () => {
  const { metricStore, post } = await open()
  const bodies = [
    { body: [ROW], type: 'application/json' },
    { body: `${JSON.stringify(ROW)}\n`, type: 'application/x-ndjson' },
    { body: 'metric,date,value\nfollowers,2026-01-05,310\n', type: 'text/csv; charset=utf-8' },
  ]
  for (const { body, type } of bodies) {
    const answer = await post(body, '/api/v1/metrics', type)
    expect([answer.statusCode, answer.json()]).toEqual([200, { stored: 1, rejected: [] }])
  }
  expect(metricStore.values()).toEqual([
    {
      metric: 'followers',
      grain: 'day',
      at: Date.UTC(2026, 0, 5) / 1000,
      environment: 'production',
      source: '',
      series: '{}',
      dimensions: {},
      value: 310,
    },
  ])
})

test('one wrong row keeps all out, and every mistake has its place', async () => {
  const { metricStore, post } = await open()
  const answer = await post([ROW, { ...ROW, date: 'x' }, { ...ROW, value: null }])
  expect([answer.statusCode, answer.json().error]).toMatchObject([
    400,
    {
      code: 'invalid_request',
      message: 'The rows have 2 problems; nothing was stored',
      issues: [{ path: [1, 'date'], message: 'expected a date such as 2026-01-31' }, { path: [2, 'value'] }],
    },
  ])
  const lines = await post('date,value\n2026-01-05,1\n2026-01-06,many\n', '/api/v1/metrics?metric=m', 'text/csv')
  expect(lines.json().error.issues).toMatchObject([{ path: ['line 3', 'value'] }])
  expect(metricStore.values()).toEqual([])
})

test('with partial=true the right rows are stored, and the answer says what was wrong with the others', async () => {
  const { metricStore, post } = await open()
  const answer = await post([ROW, { ...ROW, date: 'x' }], '/api/v1/metrics?partial=true')
  expect([answer.statusCode, answer.json()]).toMatchObject([200, { stored: 1, rejected: [{ path: [1, 'date'] }] }])
  expect(metricStore.values()).toHaveLength(1)

  const none = await post([{ ...ROW, date: 'x' }], '/api/v1/metrics?partial=true')
  expect(none.statusCode).toBe(400)
})

test.each([
  { what: 'no list', body: ROW, words: 'Expected a list of rows' },
  { what: 'no row', body: [], words: 'Expected at least one row' },
  { what: 'too many rows', body: Array.from({ length: 10_001 }, () => 0), words: 'Expected at most 10000 rows' },
])('$what is refused', async ({ body, words }) => {
  const { post } = await open()
  expect((await post(body)).json().error.message).toContain(words)
})

test.each(['timezone=CET%2B1', 'grain=week', 'metric=a%20b', 'colour=red'])('%s is refused', async (query) => {
  const { post } = await open()
  expect((await post([ROW], `/api/v1/metrics?${query}`)).statusCode).toBe(400)
})

test('an ingest key writes to its own source', async () => {
  const { metricStore, post } = await open()
  expect((await post([ROW], undefined, undefined, 'key:ingest')).statusCode).toBe(200)
  expect(metricStore.values()).toMatchObject([{ source: 'website' }])
  const other = await post([{ ...ROW, source: 'crm' }], undefined, undefined, 'key:ingest')
  expect([other.statusCode, other.json().error.issues]).toMatchObject([400, [{ path: [0, 'source'] }]])
})

test('metrics are listed and removed by time', async () => {
  const { post, call } = await open()
  await post([ROW, { ...ROW, date: '2026-01-06', dimensions: { account: 'a' } }])
  expect((await call('GET', '/api/v1/metrics')).json().metrics).toMatchObject([
    { metric: 'followers', figures: 2, grains: ['day'], dimensions: ['account'], first: '2026-01-05T00:00:00Z' },
  ])
  const removed = await call('DELETE', '/api/v1/metrics?metric=followers&from=2026-01-05&to=2026-01-06')
  expect([removed.statusCode, removed.json()]).toEqual([200, { removed: 1 }])
  const backwards = await call('DELETE', '/api/v1/metrics?metric=followers&from=2026-01-06&to=2026-01-06')
  expect([backwards.statusCode, backwards.json().error.message]).toEqual([400, expect.stringContaining('before')])
})
