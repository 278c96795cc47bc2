import { gzipSync } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { newKeySecret } from '../../../accounts/keys/api-key.ts'
import { buildTestApp, type TestApp, testKey } from '../../test-app.ts'

let tested: TestApp
beforeEach(async () => {
  tested = await buildTestApp()
})
afterEach(() => tested.app.close())

const EVENT = { name: 'page_view' }

function send(payload: string | Buffer | object, headers: Record<string, string> = {}, query = '') {
  return tested.app.inject({
    method: 'POST',
    url: `/v1/events${query}`,
    headers: { ...tested.as['key:ingest'], ...headers },
    payload: typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : JSON.stringify(payload),
  })
}

function framesAsJson(): unknown[][] {
  return tested.frames.map((frame) => frame.split('\n').map((line) => JSON.parse(line)))
}

test.each([
  { form: 'one event', body: EVENT, accepted: 1 },
  { form: 'an array', body: [EVENT, EVENT], accepted: 2 },
  { form: 'an object with events', body: { events: [EVENT, EVENT, EVENT] }, accepted: 3 },
])('$form is accepted', async ({ body, accepted }) => {
  const answer = await send(body)

  expect(answer.statusCode).toBe(202)
  expect(answer.headers['content-type']).toBe('application/json; charset=utf-8')
  expect(answer.json()).toEqual({ accepted, rejected: [] })
})

test('a frame names the source, the key and the time of receipt, and has a line for each event', async () => {
  await send([EVENT, { name: 'play' }])
  const [key] = [...tested.keys.values()].filter(({ scopes }) => scopes.includes('ingest'))

  expect(framesAsJson()).toEqual([
    [
      { v: 1, source: 'website', environment: 'production', receivedAt: tested.clock.ms, keyId: key?.id },
      { id: 'x', at: tested.clock.ms, name: 'page_view' },
      { id: 'x', at: tested.clock.ms, name: 'play' },
    ],
  ])
})

test('of a batch, the good events are stored and the bad ones are named', async () => {
  const answer = await send([EVENT, { no: 'name' }, 7, EVENT])

  expect(answer.statusCode).toBe(202)
  expect(answer.json()).toEqual({
    accepted: 2,
    rejected: [
      { index: 1, issues: [{ path: ['name'], message: 'expected a string' }] },
      { index: 2, issues: [{ path: ['name'], message: 'expected a string' }] },
    ],
  })
})

test('when no event is valid nothing is stored and every problem is told', async () => {
  const answer = await send([{ no: 'name' }])

  expect(answer.statusCode).toBe(400)
  expect(answer.json().error).toMatchObject({ code: 'invalid_event', issues: [{ path: [0, 'name'] }] })
  expect(tested.frames).toEqual([])
})

describe('the content decides, not the headers', () => {
  test.each(['text/plain', 'application/json', 'application/x-www-form-urlencoded', 'no/such;;type', ''])(
    'JSON is taken as "%s"',
    async (type) => {
      expect((await send(EVENT, type === '' ? {} : { 'content-type': type })).statusCode).toBe(202)
    },
  )

  test('gzip is found without Content-Encoding', async () => {
    expect((await send(gzipSync(JSON.stringify([EVENT, EVENT])))).json()).toMatchObject({ accepted: 2 })
  })

  test('a byte order mark does no harm', async () => {
    expect((await send(`\ufeff${JSON.stringify(EVENT)}`)).statusCode).toBe(202)
  })
})

describe('hostile bodies are refused, and nothing of them is stored', () => {
  const deep = `{"name":"x","properties":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}`
  test.each([
    { what: 'nothing', body: '', status: 400, words: 'The body is empty' },
    { what: 'half a document', body: '{"name":', status: 400, words: 'The body is not JSON' },
    { what: 'invalid UTF-8', body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), status: 400, words: 'not UTF-8' },
    { what: 'JSON nested 10,000 deep', body: deep, status: 400, words: 'more than 64 levels deep' },
    { what: 'five million brackets', body: '['.repeat(5_000_000), status: 400, words: 'more than 64 levels deep' },
    { what: 'a gzip bomb', body: gzipSync(Buffer.alloc(200_000_000)), status: 413, words: 'larger than 5 MiB' },
    {
      what: 'a truncated gzip',
      body: gzipSync('{"name":"x"}').subarray(0, 20),
      status: 400,
      words: 'damaged or cut off',
    },
    { what: 'too many events', body: JSON.stringify(Array(5001).fill(EVENT)), status: 413, words: '5000 events' },
    { what: 'a body that is too large', body: ' '.repeat(5 * 1024 * 1024 + 1), status: 413, words: 'larger than' },
    { what: 'no events', body: '[]', status: 400, words: 'holds no event' },
    { what: 'events that are no list', body: '{"events":{}}', status: 400, words: 'to be an array' },
    { what: 'null', body: 'null', status: 400, words: 'not valid' },
  ])('$what: $status', async ({ body, status, words }) => {
    const answer = await send(body)

    expect(answer.statusCode).toBe(status)
    expect(answer.json().error.message).toContain(words)
    expect(tested.frames).toEqual([])
  })

  test('a key named __proto__ pollutes nothing', async () => {
    await send('{"name":"x","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}')

    expect(({} as Record<string, unknown>).polluted).toBeUndefined()
  })

  test('brackets within strings are no depth', async () => {
    expect((await send({ name: '['.repeat(1000), note: '\\"[[['.repeat(500) })).statusCode).toBe(202)
  })
})

describe('the source is the key’s', () => {
  test('an ingest key may not name another source', async () => {
    const answer = await send(EVENT, {}, '?source=app')

    expect(answer.statusCode).toBe(403)
    expect(answer.json().error.message).toBe('The key test cannot write to the source app')
  })

  test.each(['key:admin', 'local'] as const)('%s names the source', async (role) => {
    expect((await send(EVENT, tested.as[role])).json().error.code).toBe('invalid_request')
    expect((await send(EVENT, tested.as[role], '?source=nowhere')).json().error.code).toBe('not_found')
    expect((await send(EVENT, tested.as[role], '?source=website')).statusCode).toBe(202)
    expect(framesAsJson()).toMatchObject([[{ source: 'website' }, { name: 'page_view' }]])
  })

  test('a session cookie sends no events', async () => {
    const { authorization: _, ...cookie } = tested.as.admin
    const answer = await tested.app.inject({ method: 'POST', url: '/v1/events', headers: cookie, payload: EVENT })

    expect(answer.statusCode).toBe(401)
  })
})

describe('environments never mix', () => {
  test('events of both go into two frames', async () => {
    await send([EVENT, { ...EVENT, environment: 'sandbox' }, EVENT])

    expect(framesAsJson().map(([header, ...events]) => [header, events.length])).toMatchObject([
      [{ environment: 'production' }, 2],
      [{ environment: 'sandbox' }, 1],
    ])
  })

  test('a key for one refuses events of the other', async () => {
    const { secret } = newKeySecret()
    tested.keys.set(secret, testKey({ source: 'website', environment: 'production' }))
    const answer = await send([EVENT, { ...EVENT, environment: 'sandbox' }], { authorization: `Bearer ${secret}` })

    expect(answer.json()).toEqual({
      accepted: 1,
      rejected: [{ index: 1, issues: [{ path: ['environment'], message: 'the key writes to production only' }] }],
    })
  })
})

test('the answer waits until the frame is on disk', async () => {
  await tested.app.close()
  const disk = Promise.withResolvers<number>()
  const written = Promise.withResolvers<void>()
  tested = await buildTestApp({
    append: () => {
      written.resolve()
      return disk.promise
    },
  })
  let isAnswered = false
  const answer = send(EVENT).finally(() => {
    isAnswered = true
  })

  await written.promise
  await new Promise(setImmediate)
  expect(isAnswered).toBe(false)
  disk.resolve(0)
  expect((await answer).statusCode).toBe(202)
})

test.each([
  { code: 'overloaded', retryAfter: '2' },
  { code: 'disk_full', retryAfter: '30' },
] as const)('when the log says $code the answer is 503 with Retry-After', async ({ code, retryAfter }) => {
  await tested.app.close()
  tested = await buildTestApp({ append: () => Promise.reject(new AppError(code, 'No more for now')) })

  const answer = await send(EVENT)

  expect(answer.statusCode).toBe(503)
  expect(answer.headers['retry-after']).toBe(retryAfter)
  expect(answer.json().error).toMatchObject({ code, message: 'No more for now' })
})

test('accepted and rejected events are counted', async () => {
  await send([EVENT, EVENT, { no: 'name' }])
  const { body } = await tested.app.inject({ method: 'GET', url: '/metrics', headers: tested.as.local })

  expect(body).toContain('almanac_events_total{result="accepted"} 2')
  expect(body).toContain('almanac_events_total{result="rejected"} 1')
  expect(body).toContain('almanac_http_request_duration_seconds_count{method="POST",route="/v1/events",status="202"} 1')
})
