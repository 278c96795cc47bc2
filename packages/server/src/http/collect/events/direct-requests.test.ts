import { once } from 'node:events'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, expect, test } from 'vitest'
import type { ForeignEvent } from '../../../collect/events/foreign-event.ts'
import type { Protocol } from '../../../collect/protocols/protocol.ts'
import type { AppDeps } from '../../app.ts'
import { buildTestApp, type TestApp } from '../../test-app.ts'
import { MAX_DIRECT_BYTES } from './direct-requests.ts'

/** Understands a list of names, such as `["a","b"]`. */
const NAMES: Protocol = {
  name: 'names',
  label: 'Names',
  routes: [
    {
      methods: ['POST'],
      path: '/names',
      understand: ({ body, query }) => ({
        deliveries: [{ credential: 'key', events: JSON.parse(body.toString()).map((name: string) => ({ name })) }],
        answer: ({ accepted }) => ({ status: 200, body: `${accepted}${query.get('mark') ?? ''}` }),
      }),
    },
  ],
}

let tested: TestApp
afterEach(() => tested.app.close())

async function serve(overrides: Partial<AppDeps> = {}): Promise<string> {
  tested = await buildTestApp({
    protocols: [NAMES],
    resolveCredential: () => ({ source: 'website', environment: 'production' }),
    collectForeign: ({ name }: ForeignEvent) => ({ id: 'x', name, at: 1 }),
    ...overrides,
  })
  return tested.app.listen({ host: '127.0.0.1', port: 0 })
}

interface Sent {
  readonly path?: string
  readonly body: string | Buffer
  readonly headers?: Record<string, string>
}

/** What a client sees of the answer, without what differs from request to request. */
async function overHttp(url: string, { path = '/v1/events', body, headers = {} }: Sent) {
  const answer = await fetch(url + path, { method: 'POST', body: new Uint8Array(Buffer.from(body)), headers })
  const names = ['content-type', 'retry-after', 'access-control-allow-origin', 'vary']
  return {
    status: answer.status,
    headers: Object.fromEntries(names.map((name) => [name, answer.headers.get(name) ?? undefined])),
    text: withoutRequestId(await answer.text()),
  }
}

async function throughFramework({ path = '/v1/events', body, headers = {} }: Sent) {
  const answer = await tested.app.inject({ method: 'POST', url: path, payload: body, headers })
  const names = ['content-type', 'retry-after', 'access-control-allow-origin', 'vary']
  return {
    status: answer.statusCode,
    headers: Object.fromEntries(names.map((name) => [name, answer.headers[name]])),
    text: withoutRequestId(answer.body),
  }
}

const withoutRequestId = (text: string) => text.replace(/"requestId":"[^"]*"|Look for \S+/g, '')

const EVENT = '{"name":"play"}'
test.each<{ what: string; sent: Sent; key?: 'key:ingest' | 'key:read' | 'local' }>([
  { what: 'one event', sent: { body: EVENT } },
  { what: 'one event over several lines', sent: { body: '{\n"name": "play"\n}' } },
  { what: 'a sandbox event', sent: { body: '{"name":"play","environment":"sandbox"}' } },
  { what: 'a batch', sent: { body: `[${EVENT},${EVENT}]` } },
  { what: 'an event without a name', sent: { body: '{}' } },
  { what: 'half a document', sent: { body: '{"name":' } },
  { what: 'nothing', sent: { body: '' } },
  { what: 'gzip', sent: { body: gzipSync(EVENT) } },
  { what: 'invalid UTF-8', sent: { body: Buffer.from([0x7b, 0xff, 0xfe, 0x7d]) } },
  { what: 'more than goes directly', sent: { body: `{"name":"play"${' '.repeat(MAX_DIRECT_BYTES)}}` } },
  { what: 'a key that may only read', sent: { body: EVENT }, key: 'key:read' },
  { what: 'a source that is not there', sent: { path: '/v1/events?source=nowhere', body: EVENT }, key: 'local' },
  { what: 'a source that is there', sent: { path: '/v1/events?source=website', body: EVENT }, key: 'local' },
  { what: "a tracker's request", sent: { path: '/names', body: '["a","b"]' } },
  { what: "a tracker's request under its own name", sent: { path: '/names/names/?mark=!', body: '["a"]' } },
  {
    what: "a tracker's request from a page",
    sent: { path: '/names', body: '[]', headers: { origin: 'https://a.example' } },
  },
  { what: "a tracker's request as gzip", sent: { path: '/names', body: gzipSync('["a"]') } },
  { what: "a tracker's request that nobody understands", sent: { path: '/names', body: '{' } },
])('$what is answered, and stored, as the framework would', async ({ sent, key = 'key:ingest' }) => {
  const url = await serve()
  const asked = { ...sent, headers: { ...tested.as[key], ...sent.headers } }
  const expected = await throughFramework(asked)
  const frames = tested.frames.splice(0)

  expect(await overHttp(url, asked)).toEqual(expected)
  expect(tested.frames).toEqual(frames)
})

test('an event that the log refuses is tried once, and the client told when to come again', async () => {
  let attempts = 0
  const url = await serve({
    append: async () => {
      attempts += 1
      throw new AppError('overloaded', 'too much at once')
    },
  })
  const answer = await overHttp(url, { body: EVENT, headers: tested.as['key:ingest'] })

  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '2' } })
  expect(attempts).toBe(1)
})

test('a body that comes in pieces is put together', async () => {
  const url = new URL(await serve())
  const socket = connect(Number(url.port), url.hostname)
  const { authorization } = tested.as['key:ingest']
  const asked = once(tested.app.server, 'request')
  socket.write(
    `POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: ${authorization}\r\nContent-Length: 15\r\n\r\n{"name"`,
  )
  await asked
  socket.write(':"play"}')
  const [answer] = await once(socket, 'data')
  socket.destroy()

  expect(String(answer)).toMatch(/^HTTP\/1\.1 202 /)
  expect(tested.frames[0]?.split('\n')[1]).toContain('"name":"play"')
})

test('a body without a length arrives, too', async () => {
  const url = await serve()
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode(EVENT))
      controller.close()
    },
  })
  const answer = await fetch(`${url}/v1/events`, {
    method: 'POST',
    body,
    duplex: 'half',
    headers: tested.as['key:ingest'],
  })

  expect(answer.status).toBe(202)
})

test.each([
  { trustProxy: false, expected: '127.0.0.1' },
  { trustProxy: true, expected: '203.0.113.7' },
])('the address is $expected when proxies are trusted: $trustProxy', async ({ trustProxy, expected }) => {
  const seen: (string | undefined)[] = []
  const url = await serve({
    trustProxy,
    collectEvent: (_input, { address }) => {
      seen.push(address)
      return { event: { id: 'x', name: 'play', at: 1 }, environment: 'production' }
    },
  })
  await overHttp(url, {
    body: EVENT,
    headers: { ...tested.as['key:ingest'], 'x-forwarded-for': '203.0.113.7, 10.0.0.1' },
  })

  expect(seen).toEqual([expected])
})
