import type { Query } from '@almanac/core/query/query.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createEndpoints, type Endpoints } from '../../workspace/endpoints/endpoints.ts'
import { pipelineEndpoint } from '../../workspace/testing/pipeline-endpoint.ts'
import { queryAnswer } from '../../workspace/testing/query-answer.ts'
import { buildTestApp, type TestApp, type TestRole } from '../test-app.ts'

const ROWS = [
  { time: '2026-01-01T00:00:00+00:00', leads: 12 },
  { time: '2026-02-01T00:00:00+00:00', leads: null },
]

let tested: TestApp
let endpoints: Endpoints
let asked: Query[]
let answer: () => ReturnType<typeof queryAnswer>
let nowMs: number
beforeEach(async () => {
  nowMs = Date.UTC(2026, 0, 15)
  asked = []
  answer = () => queryAnswer(ROWS)
  endpoints = createEndpoints({
    runQueries: async (queries) => {
      asked.push(...queries)
      return queries.map(() => ({ answer: answer() }))
    },
    now: () => nowMs,
  })
  endpoints.replace([pipelineEndpoint()])
  tested = await buildTestApp({ endpoints, cubes: () => [] })
})
afterEach(() => tested.app.close())

const get = (url: string, role: TestRole = 'key:read', headers: Record<string, string> = {}) =>
  tested.app.inject({ method: 'GET', url, headers: { ...tested.as[role], ...headers } })

const MONTHS = '/api/pipeline/month?start=2026-01-01&end=2026-03-01'

test('an endpoint answers in its own form', async () => {
  const response = await get(MONTHS)

  expect(response.statusCode, response.body).toBe(200)
  expect(response.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(response.json()).toEqual({
    start: '2026-01-01',
    end: '2026-03-01',
    figures: [
      { period: '2026-01-01', leads: 12 },
      { period: '2026-02-01', leads: null },
    ],
  })
  expect(asked).toMatchObject([{ cube: 'leads', grain: 'month', from: '2026-01-01', to: '2026-03-01' }])
})

test('an answer has a tag, and who knows it already gets 304', async () => {
  const { headers } = await get(MONTHS)
  const etag = String(headers.etag)
  expect(headers['cache-control']).toBe('private, max-age=0, must-revalidate')

  for (const known of [etag, `"other", ${etag}`, etag.replace('W/', ''), '*']) {
    const again = await get(MONTHS, 'key:read', { 'if-none-match': known })
    expect([again.statusCode, again.body, again.headers.etag], known).toEqual([304, '', etag])
  }
  expect((await get(MONTHS, 'key:read', { 'if-none-match': '"other"' })).statusCode).toBe(200)

  nowMs += 1000
  answer = () => queryAnswer([])
  const changed = await get(MONTHS, 'key:read', { 'if-none-match': etag })
  expect([changed.statusCode, changed.headers.etag === etag]).toEqual([200, false])
})

test('asked again within a second, the query is not run again; a reload forgets', async () => {
  await get(MONTHS)
  await get('/api/pipeline/month?end=2026-03-01&start=2026-01-01')
  expect(asked).toHaveLength(1)
  await get('/api/pipeline/week?start=2026-01-01&end=2026-03-01')
  expect(asked).toHaveLength(2)
  endpoints.replace([pipelineEndpoint()])
  await get(MONTHS)
  expect(asked).toHaveLength(3)
})

test('everything that is wrong with the parameters is said at once, and nothing is asked', async () => {
  const response = await get('/api/pipeline/year?start=2026-13-01&from=2026-01-01')

  expect(response.statusCode).toBe(400)
  expect(response.json().error).toMatchObject({
    code: 'invalid_request',
    issues: [
      { path: ['from'], message: 'there is no parameter "from": expected start, end' },
      { path: ['period'], message: 'expected one of week, month, got "year"' },
      { path: ['start'], message: 'expected a date such as 2026-01-31, got "2026-13-01"' },
      { path: ['end'], message: 'expected a date such as 2026-01-31, got nothing' },
    ],
  })
  expect(response.headers.etag).toBeUndefined()
  expect(asked).toEqual([])
})

test.each(['period=week', 'start=2026-01-02', '__proto__=x', 'constructor=x'])(
  'a parameter that comes twice or does not exist is refused: %s',
  async (more) => {
    const response = await get(`${MONTHS}&${more}`)
    expect([response.statusCode, asked.length], response.body).toEqual([400, 0])
  },
)

test('a list that was cut off is an error, unless the query is meant to end there', async () => {
  answer = () => queryAnswer(ROWS, { truncated: true })
  expect((await get(MONTHS)).json().error).toMatchObject({
    code: 'too_large',
    message: 'The query "figures" of /pipeline/{period} has more than 2 rows',
  })

  const figures = { cube: 'leads', measures: ['leads'], from: '2026-01-01', to: '2026-02-01', limit: 2 }
  endpoints.replace([pipelineEndpoint({ path: '/leads', parameters: {}, queries: { figures }, answer: 1 })])
  expect((await get('/api/leads')).json()).toBe(1)
})

test('a public endpoint answers everybody, any other one those who may read', async () => {
  endpoints.replace([
    pipelineEndpoint(),
    pipelineEndpoint({ path: '/open/{period}', isPublic: true, maxAgeSeconds: 60 }),
  ])
  const open = MONTHS.replace('pipeline', 'open')

  const answered = await get(open, 'nobody')
  expect([answered.statusCode, answered.headers['cache-control']]).toEqual([200, 'public, max-age=60'])
  expect((await get(MONTHS, 'nobody')).statusCode).toBe(401)
  expect((await get(MONTHS, 'key:ingest')).statusCode).toBe(403)
  for (const role of ['local', 'admin', 'viewer', 'key:read'] as const) {
    expect((await get(MONTHS, role)).statusCode, role).toBe(200)
  }
})

test('an endpoint never stands in the way of another route', async () => {
  expect((await get('/api/v1/cubes')).json()).toHaveProperty('cubes')
  for (const role of ['nobody', 'key:read'] as const) {
    for (const url of ['/api/v1/nothing', '/api/other', '/api/pipeline', '/api/', '/api/pipeline/month/more']) {
      const response = await get(url, role)
      expect([response.statusCode, response.json().error.message], url).toEqual([404, `There is no route GET ${url}`])
    }
  }
})

test('the list says what there is, with an address that answers', async () => {
  const { endpoints: list } = (await get('/api/v1/endpoints')).json()

  expect(list).toEqual([
    {
      path: '/api/pipeline/{period}',
      summary: 'Leads by week or month',
      isPublic: false,
      parameters: [
        { name: 'period', in: 'path', type: 'choice', required: true, oneOf: ['week', 'month'] },
        { name: 'start', in: 'query', type: 'date', required: true },
        { name: 'end', in: 'query', type: 'date', required: true, description: 'Not included.' },
      ],
      example: '/api/pipeline/week?start=2026-01-01&end=2026-02-01',
      definedIn: 'endpoints/pipeline.ts',
    },
  ])
  expect((await get(list[0].example)).statusCode).toBe(200)
})

test('endpoints are in the API document of those who may use them, as they are at that moment', async () => {
  const pathsFor = async (role: TestRole) => (await get('/api/v1/openapi.json', role)).json().paths
  expect(await pathsFor('nobody')).not.toHaveProperty(['/api/pipeline/{period}'])
  const { get: operation } = (await pathsFor('viewer'))['/api/pipeline/{period}']

  expect(operation).toMatchObject({
    summary: 'Leads by week or month',
    security: [{ apiKey: [] }, { session: [] }],
    parameters: [
      { name: 'period', in: 'path', required: true, schema: { type: 'string', enum: ['week', 'month'] } },
      { name: 'start', in: 'query', required: true, schema: { type: 'string', format: 'date' } },
      { name: 'end', in: 'query', required: true },
    ],
  })
  expect(operation.responses['200'].content['application/json'].schema).toEqual({
    type: 'object',
    required: ['start', 'end', 'figures'],
    properties: {
      start: { type: 'string', format: 'date' },
      end: { type: 'string', format: 'date' },
      figures: {
        type: 'array',
        items: {
          type: 'object',
          required: ['period', 'leads'],
          properties: { period: { type: 'string', format: 'date' }, leads: { type: ['number', 'null'] } },
        },
      },
    },
  })
  endpoints.replace([])
  expect(await pathsFor('viewer')).not.toHaveProperty(['/api/pipeline/{period}'])
})

test('what a query fails with is the answer', async () => {
  answer = () => {
    throw new Error('a bug')
  }
  expect((await get(MONTHS)).statusCode).toBe(500)
  answer = () => queryAnswer(ROWS)
  expect((await get(MONTHS)).statusCode).toBe(200)
})
