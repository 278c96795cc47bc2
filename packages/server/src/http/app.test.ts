import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createLiveHub } from './ask/live-hub.ts'
import { buildTestApp, IMPORT_ID, type TestApp } from './test-app.ts'

let tested: TestApp
beforeEach(async () => {
  tested = await buildTestApp()
})
afterEach(() => tested.app.close())

async function rebuild(overrides: Parameters<typeof buildTestApp>[0]): Promise<void> {
  await tested.app.close()
  tested = await buildTestApp(overrides)
}

const call = (method: 'GET' | 'POST' | 'DELETE', url: string, payload?: object | string, headers = {}) =>
  tested.app.inject({
    method,
    url,
    headers: { ...tested.as.local, ...headers },
    ...(payload !== undefined && { payload }),
  })

describe('errors', () => {
  test('a bug is logged with its stack, and the caller learns only the id of the request', async () => {
    await rebuild({
      readStatus: async () => {
        throw new Error('password=hunter2')
      },
    })
    const answer = await call('GET', '/api/v1/status')

    expect(answer.statusCode).toBe(500)
    expect(answer.json()).toEqual({
      error: {
        code: 'internal',
        message: 'Something went wrong on our side',
        hint: `Look for ${answer.headers['x-request-id']} in the log of the server.`,
        requestId: answer.headers['x-request-id'],
      },
    })
    const logged = tested.logLines.map((line) => JSON.parse(line)).find(({ msg }) => msg === 'request failed')
    expect(logged).toMatchObject({ requestId: answer.headers['x-request-id'], err: { message: 'password=hunter2' } })
    expect(logged.err.stack).toContain('app.test.ts')
  })

  test('PostgreSQL being away is told as such, for a later try', async () => {
    await rebuild({
      readStatus: async () => {
        throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
      },
    })
    const answer = await call('GET', '/api/v1/status')

    expect(answer.statusCode).toBe(503)
    expect(answer.json().error.code).toBe('engine_unavailable')
    expect(answer.headers['retry-after']).toBe('2')
  })

  test('every wrong value of a request is named with its place', async () => {
    const answer = await call('POST', '/api/v1/query', {
      cube: 'web',
      measures: [],
      from: 'yesterday',
      to: '2026-01-01',
      oops: 1,
    })

    expect(answer.statusCode).toBe(400)
    expect(answer.json().error).toMatchObject({
      code: 'invalid_request',
      message: 'The body of the request has 3 problems',
    })
    expect(answer.json().error.issues.map(({ path }: { path: string[] }) => path.join('.'))).toEqual([
      'measures',
      'from',
      '',
    ])
  })

  test.each([
    { url: '/api/v1/nothing', words: 'There is no route GET /api/v1/nothing' },
    { url: '/v1', words: 'There is no route GET /v1' },
    { url: '/assets/nothing.js', words: 'There is no file assets/nothing.js' },
  ])('$url is not found, in JSON', async ({ url, words }) => {
    const answer = await call('GET', url)

    expect(answer.statusCode).toBe(404)
    expect(answer.json().error).toMatchObject({ code: 'not_found', message: words })
  })

  test.each([
    { what: 'not JSON', payload: '{', status: 400 },
    { what: 'a key named __proto__', payload: '{"__proto__":{"x":1}}', status: 400 },
    { what: 'too large', payload: JSON.stringify({ sql: 'x'.repeat(1024 * 1024) }), status: 413 },
  ])('a body that is $what is refused', async ({ payload, status }) => {
    const answer = await call('POST', '/api/v1/sql', payload, { 'content-type': 'application/json' })

    expect(answer.statusCode).toBe(status)
    expect(answer.json().error.requestId).toBe(answer.headers['x-request-id'])
  })

  test('the path of a request is not written to the log, as it may hold a secret', async () => {
    await call('GET', '/api/v1/status?token=secret')
    expect(tested.logLines.join('')).not.toContain('secret')
  })
})

describe('routes', () => {
  test('a query goes to the engine with its defaults filled in', async () => {
    const asked: unknown[] = []
    await rebuild({
      runQuery: async (query) => {
        asked.push(query)
        throw new AppError('invalid_query', 'There is no measure x')
      },
    })
    const answer = await call('POST', '/api/v1/query', {
      cube: 'web',
      measures: ['x'],
      from: '2026-01-01',
      to: '2026-01-02',
    })

    expect(asked).toMatchObject([{ dimensions: [], compare: [], limit: 10_000 }])
    expect(answer.json().error).toMatchObject({ code: 'invalid_query', message: 'There is no measure x' })
  })

  test('not ready is 503, and says which part is not', async () => {
    await rebuild({
      checkReadiness: async () => ({ clickhouse: 'restarting', postgres: 'ok', log: 'ok', ingest: 'ok' }),
    })

    const answer = await call('GET', '/readyz')
    expect(answer.statusCode).toBe(503)
    expect(answer.json()).toMatchObject({ status: 'unavailable', checks: { clickhouse: 'restarting' } })
    expect((await call('GET', '/healthz')).json()).toEqual({ status: 'ok' })
  })

  test('a key is shown with its secret once, and works until it is revoked', async () => {
    const made = await call('POST', '/api/v1/keys', { name: 'site', scopes: ['ingest'], source: 'website' })
    const { key, secret } = made.json()
    expect(made.statusCode).toBe(201)
    expect((await call('GET', '/api/v1/keys')).body).not.toContain(secret)

    const send = () =>
      tested.app.inject({
        method: 'POST',
        url: '/v1/events',
        headers: { authorization: `Bearer ${secret}` },
        payload: { name: 'x' },
      })
    expect((await send()).statusCode).toBe(202)
    expect((await call('DELETE', `/api/v1/keys/${key.id}`)).statusCode).toBe(204)
    expect((await send()).statusCode).toBe(401)
  })

  test('an ingest key needs a source', async () => {
    const answer = await call('POST', '/api/v1/keys', { name: 'site', scopes: ['ingest'] })
    expect(answer.json().error.issues).toMatchObject([{ path: ['source'] }])
  })

  test.each(['Website', '', '-a', 'a b', '../x', 'ä'])('"%s" is no name of a source', async (name) => {
    expect((await call('POST', '/api/v1/sources', { name, label: 'x' })).statusCode).toBe(400)
  })
})

test('a query is broken off when its client goes away, and that is no failure', async () => {
  const asked = Promise.withResolvers<AbortSignal>()
  await rebuild({
    runQuery: (_query, signal) => {
      asked.resolve(signal)
      return new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
    },
  })
  const origin = await tested.app.listen({ host: '127.0.0.1', port: 0 })
  const client = new AbortController()
  const answer = fetch(`${origin}/api/v1/query`, {
    method: 'POST',
    headers: { ...tested.as.local, 'content-type': 'application/json' },
    body: JSON.stringify({ cube: 'web', measures: ['hits'], from: '2026-01-01', to: '2026-01-02' }),
    signal: client.signal,
  })
  const signal = await asked.promise
  expect(signal.aborted).toBe(false)

  client.abort()
  await expect(answer).rejects.toThrow('aborted')
  if (!signal.aborted) await once(signal, 'abort')
  await new Promise(setImmediate)

  expect(tested.logLines.join('')).not.toContain('request failed')
})

describe('imports', () => {
  const lines = (bytesEnd: number, body: string) =>
    call('POST', `/api/v1/imports/${IMPORT_ID}/lines?bytesEnd=${bytesEnd}&linesEnd=2`, body, {
      'content-type': 'application/x-ndjson',
    })

  test('a chunk becomes a frame and is acknowledged with its end', async () => {
    const answer = await lines(100, '{"id":"a"}\n{"rejected":{"raw":"x"}}\n')

    expect(answer.json()).toEqual({ acknowledgedBytes: 100, acknowledgedLines: 2 })
    expect(tested.frames[0]?.split('\n')).toEqual([
      `{"v":1,"source":"website","environment":"production","receivedAt":${tested.clock.ms},"importId":"${IMPORT_ID}"}`,
      '{"id":"a"}',
      '{"rejected":{"raw":"x"}}',
      '',
    ])
  })

  test('a chunk that is sent again, even at the same time, is stored once', async () => {
    const answers = await Promise.all([lines(100, '{"id":"a"}'), lines(100, '{"id":"a"}'), lines(200, '{"id":"b"}')])

    expect(answers.map((answer) => answer.json().acknowledgedBytes)).toEqual([100, 100, 200])
    expect(tested.frames).toHaveLength(2)
  })

  test.each(['7', '[]', '"text"', 'null'])('a chunk with the line %s is refused as a whole', async (line) => {
    const answer = await lines(100, `{"id":"a"}\n${line}`)

    expect(answer.statusCode).toBe(400)
    expect(answer.json().error.message).toBe('Line 2 of the chunk is not a JSON object')
    expect(tested.frames).toEqual([])
  })

  test('while the log is full a chunk is not acknowledged', async () => {
    await rebuild({ append: () => Promise.reject(new AppError('disk_full', 'full')) })

    expect((await lines(100, '{"id":"a"}')).headers['retry-after']).toBe('30')
    expect((await call('GET', `/api/v1/imports/${IMPORT_ID}`)).json().import.acknowledgedBytes).toBe(0)
  })

  test('an import that does not exist is not found', async () => {
    const answer = await call('GET', '/api/v1/imports/00000000-0000-4000-8000-000000000000')
    expect(answer.statusCode).toBe(404)
  })
})

describe('live', () => {
  test('an open page hears hello and then every change, and the end of the server', async () => {
    const liveHub = createLiveHub()
    await rebuild({ liveHub })
    await tested.app.listen({ host: '127.0.0.1', port: 0 })
    const { port } = tested.app.server.address() as AddressInfo

    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/live`, { headers: tested.as.local })
    expect(answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8')
    const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
    expect((await reader?.read())?.value).toContain('event: hello\n')

    const change = { cubes: ['web'], from: '2026-01-01T00:00:00Z', to: '2026-01-01T01:00:00Z' }
    liveHub.publish(change)
    expect((await reader?.read())?.value).toBe(`event: change\ndata: ${JSON.stringify(change)}\n\n`)
    expect(liveHub.clientCount).toBe(1)

    await tested.app.close()
    expect((await reader?.read())?.done).toBe(true)
    expect(liveHub.clientCount).toBe(0)
  })
})

describe('web pages', () => {
  let root: string
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'almanac-web-'))
    mkdirSync(join(root, 'dist', 'assets'), { recursive: true })
    writeFileSync(join(root, 'secret.txt'), 'secret')
    writeFileSync(join(root, 'dist', 'index.html'), '<!doctype html><title>app</title>')
    writeFileSync(join(root, 'dist', 'assets', 'app-1a2b.js'), 'console.log("x")\n'.repeat(200))
  })
  afterEach(() => rmSync(root, { recursive: true, force: true }))

  const get = (url: string, headers = {}) => tested.app.inject({ method: 'GET', url, headers })

  test('every address of the app answers with its page, which may run no inline script', async () => {
    await rebuild({ webRoot: join(root, 'dist') })
    for (const url of ['/', '/dashboard?range=7d', '/login']) {
      const answer = await get(url)
      expect(answer.body).toContain('<title>app</title>')
      expect(answer.headers['cache-control']).toBe('no-cache')
      expect(answer.headers['content-security-policy']).toContain(`script-src 'self';`)
      expect(answer.headers['content-security-policy']).toContain(`frame-ancestors 'none'`)
      expect(answer.headers['x-content-type-options']).toBe('nosniff')
    }
  })

  test('files with a hash in their name are kept for ever, and travel packed', async () => {
    await rebuild({ webRoot: join(root, 'dist') })
    const answer = await get('/assets/app-1a2b.js', { 'accept-encoding': 'br, gzip' })

    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable')
    expect(answer.headers['content-encoding']).toBe('br')
    expect(answer.headers['content-type']).toContain('javascript')
  })

  test.each([
    '/../secret.txt',
    '/assets/../../secret.txt',
    '/..%2fsecret.txt',
    '/%2e%2e/secret.txt',
    '/assets/..%5c..%5csecret.txt',
  ])('%s leads nowhere', async (url) => {
    await rebuild({ webRoot: join(root, 'dist') })
    expect((await get(url)).body).not.toBe('secret')
  })

  test('without built pages the answer says how to build them', async () => {
    const answer = await get('/')

    expect(answer.statusCode).toBe(503)
    expect(answer.body).toContain('npm run build')
  })
})

test('a client that sends its request a byte at a time is cut off after two minutes', async () => {
  expect(tested.app.server).toMatchObject({ requestTimeout: 120_000, headersTimeout: expect.any(Number) })
  expect(tested.app.server.headersTimeout).toBeLessThanOrEqual(120_000)
})

test.each([
  { what: 'read to its end, so that the client hears the answer', length: 2 * 1024 * 1024, connection: undefined },
  { what: 'not read when it is endless', length: 65 * 1024 * 1024, connection: 'close' },
])('a body that is too long is $what', async ({ length, connection }) => {
  const headers = { ...tested.as.local, 'content-type': 'application/json', 'content-length': String(length) }
  const answer = await tested.app.inject({ method: 'POST', url: '/api/v1/query', headers, payload: '{}' })

  expect(answer.statusCode).toBe(413)
  expect(answer.headers.connection === 'close' ? 'close' : undefined).toBe(connection)
})

test('a filter that is nested thousands deep is refused, not followed', async () => {
  let filter: unknown = { dimension: 'path', values: ['/'] }
  for (let n = 0; n < 5000; n++) filter = { not: filter }
  const { app, as } = await buildTestApp()
  const payload = { cube: 'web', measures: ['hits'], from: '2026-01-01', to: '2026-01-02', filters: [filter] }
  const answer = await app.inject({ method: 'POST', url: '/api/v1/query', headers: as.local, payload })
  expect(answer.statusCode).toBe(400)
  expect(answer.json().error.issues[0].message).toContain('nested at most')
})
