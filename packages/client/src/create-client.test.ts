import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { AppError } from '@almanac/core/errors.ts'
import { buildTestApp, type TestApp } from '@almanac/server/http/test-app.ts'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { type AlmanacClient, AlmanacError, createClient } from './index.ts'

/** The whole HTTP interface of the server over things in memory, listening. */
let tested: TestApp
let url: string
/** What has become of the query of the cube `slow`. */
const slow = { begun: Promise.withResolvers<void>(), ended: Promise.withResolvers<void>() }
beforeAll(async () => {
  tested = await buildTestApp({
    cubes: () => [],
    runQuery: async ({ cube, measures }, signal) => {
      if (cube === 'slow') {
        slow.begun.resolve()
        await new Promise((_, reject) => signal.addEventListener('abort', () => reject(signal.reason))).finally(
          slow.ended.resolve,
        )
      }
      if (measures.includes('hitz')) throw unknownMeasure()
      return { columns: [], rows: [{ hits: 3 }], totals: [], meta: { cube } as never }
    },
    runQueries: async (queries) =>
      queries.map(({ measures }) =>
        measures.includes('hitz')
          ? { error: unknownMeasure() }
          : { answer: { columns: [], rows: [{ hits: 3 }], totals: [], meta: {} as never } },
      ),
  })
  url = await tested.app.listen({ host: '127.0.0.1', port: 0 })
})
afterAll(() => tested.app.close())

const unknownMeasure = () =>
  new AppError('invalid_query', 'the cube web has no measure "hitz"', {
    hint: 'Expected one of hits, visitors.',
    issues: [{ path: ['measures', 0], message: 'unknown' }],
  })

const client = (role: 'admin' | 'key:read' | 'key:admin' = 'key:admin'): AlmanacClient =>
  createClient({ url, key: (tested.as[role].authorization ?? '').replace('Bearer ', '') })

const QUERY = { cube: 'web', measures: ['hits'], from: '2026-05-01', to: '2026-06-01' }

const failure = async (promise: Promise<unknown>): Promise<AlmanacError> => {
  const error = await promise.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof AlmanacError)) throw new Error(`expected an AlmanacError, got ${error}`)
  return error
}

test('a query is answered', async () => {
  const { rows, meta } = await client('key:read').query(QUERY)
  expect({ rows, cube: meta.cube }).toEqual({ rows: [{ hits: 3 }], cube: 'web' })
})

test('of several queries each has its own answer or its own error', async () => {
  const results = await client('key:read').queries([QUERY, { ...QUERY, measures: ['hitz'] }])
  expect(results[0]).toMatchObject({ answer: { rows: [{ hits: 3 }] } })
  const [, second] = results
  if (!second || !('error' in second)) throw new Error('expected an error')
  expect(second.error).toBeInstanceOf(AlmanacError)
  expect(second.error).toMatchObject({ code: 'invalid_query', issues: [{ path: ['measures', 0] }] })
})

test('every other question finds its route', async () => {
  const almanac = client()
  expect(await almanac.sql({ sql: 'SELECT {n:UInt8}', parameters: { n: 1 } })).toHaveProperty('columns')
  expect(await almanac.sql('SELECT 1')).toHaveProperty('meta.limits')
  expect(Array.isArray(await almanac.cubes())).toBe(true)
  const cell = { dimensions: { country: 'DE' } }
  const query = { ...QUERY, dimensions: ['country'] }
  expect(await almanac.explain({ query, cell })).toMatchObject({
    explained: { value: 3, dimensions: { country: 'DE' } },
  })
  expect((await almanac.explainPersons({ query })).persons).toMatchObject([{ person: '7' }])
  const range = { from: '2026-05-01', to: '2026-05-08' }
  expect(await almanac.explainChange({ cube: 'web', measure: 'hits', current: range, previous: range })).toMatchObject({
    difference: 2,
  })
  expect(await almanac.cohorts({ cube: 'mobile', from: '2026-05-01', to: '2026-06-01' })).toMatchObject({
    kind: 'retention',
    grain: 'week',
  })
})

test('segments are made, listed and removed', async () => {
  const { segments } = client()
  const filter = { dimension: 'browser', op: 'in' as const, values: ['Firefox'] }
  expect(await segments.set('firefox', { label: 'Firefox', filter })).toMatchObject({ name: 'firefox', filter })
  expect((await segments.list()).map(({ name }) => name)).toContain('firefox')
  await segments.remove('firefox')
  expect((await segments.list()).map(({ name }) => name)).not.toContain('firefox')
})

test('raw rows are followed from page to page', async () => {
  const names: unknown[] = []
  for await (const { columns } of client().explainAllRows({ query: QUERY })) names.push(columns.name)
  expect(names).toEqual(['page_view', 'next'])
})

test('a refusal says what was wrong, where, and what can be done', async () => {
  const error = await failure(client('key:read').query({ ...QUERY, measures: ['hitz'] }))
  expect(error).toMatchObject({
    code: 'invalid_query',
    status: 400,
    message: 'the cube web has no measure "hitz"',
    hint: 'Expected one of hits, visitors.',
    issues: [{ path: ['measures', 0], message: 'unknown' }],
  })
  expect(error.requestId).toMatch(/\w/)
})

test('who has no key is told so, and who may not do it too', async () => {
  expect(await failure(createClient({ url }).query(QUERY))).toMatchObject({ code: 'unauthorized', status: 401 })
  expect(await failure(client('key:read').explainRows({ query: QUERY }))).toMatchObject({
    code: 'forbidden',
    status: 403,
  })
})

test('giving up ends the work on the server', async () => {
  const controller = new AbortController()
  const asked = client().query({ ...QUERY, cube: 'slow' }, { signal: controller.signal })
  await slow.begun.promise
  controller.abort(new Error('changed my mind'))
  await expect(asked).rejects.toThrow('changed my mind')
  await slow.ended.promise
})

test('nobody at the address is not the same as somebody else there', async () => {
  const server = createServer((_request, response) => response.writeHead(502).end('<h1>Bad gateway</h1>'))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  expect(await failure(createClient({ url: address }).cubes())).toMatchObject({ code: 'unexpected', status: 502 })

  const nobody = createClient({ url: address, fetch: () => Promise.reject(new TypeError('fetch failed')) })
  const error = await failure(nobody.cubes())
  expect(error).toMatchObject({
    code: 'unreachable',
    message: `The server at ${address} does not answer: fetch failed`,
  })
  expect(error.status).toBeUndefined()
})

test('an answer that is no JSON is not taken for one', async () => {
  const page = createClient({ url, fetch: async () => new Response('<!doctype html>') })
  expect(await failure(page.cubes())).toMatchObject({ code: 'unexpected', message: /^Expected JSON/ })
})

test('a server below a path of another one is found there', async () => {
  const asked: string[] = []
  const fetch = async (address: unknown) => {
    asked.push(String(address))
    return Response.json({ cubes: [] })
  }
  await createClient({ url: 'https://example.com/almanac', fetch }).cubes()
  expect(asked).toEqual(['https://example.com/almanac/api/v1/cubes'])
})

test('a server that is full says when to try again', async () => {
  const body = { error: { code: 'overloaded', message: 'Too much', requestId: 'x' } }
  const fetch = async () => Response.json(body, { status: 503, headers: { 'retry-after': '2' } })
  expect(await failure(createClient({ url, fetch }).cubes())).toMatchObject({
    code: 'overloaded',
    retryAfterSeconds: 2,
  })
})
