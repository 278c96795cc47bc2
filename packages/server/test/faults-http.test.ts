import { readFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorAnswer } from '../src/http/error-reply.ts'
import {
  createEventClient,
  eventClient,
  expectAllStoredOnce,
  ingestHasCaughtUp,
  postEvents,
} from './support/event-client.ts'
import { eventually } from './support/processes.ts'
import { makeScratch, type Scratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'

/** What clients can do wrong on `POST /v1/events`, over a real connection. */

let scratch: Scratch
let server: ServerProcess
let secret: string
beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
  secret = (await createEventClient(server, { environment: 'production' })).secret
})
afterAll(() => scratch[Symbol.asyncDispose]())

const MEBIBYTE = 1024 * 1024

async function refusal(body: string | Uint8Array<ArrayBuffer>, key = secret) {
  const response = await postEvents(server.url, key, body)
  const { error } = (await response.json()) as ErrorAnswer
  return { status: response.status, ...error }
}

test('a wrong key is 401, and says how to get a right one', async () => {
  const answer = await refusal('{"name":"page_view"}', 'alm_AAAAAAAAAAAA_wrong')

  expect(answer).toMatchObject({ status: 401, code: 'unauthorized', requestId: expect.any(String) })
  expect(answer.hint).toBeTruthy()
})

test('a sandbox event with a production key is refused, with its place', async () => {
  const answer = await refusal('[{"name":"play","environment":"sandbox"}]')

  expect(answer).toMatchObject({
    status: 400,
    code: 'invalid_event',
    issues: [{ path: [0, 'environment'], message: 'the key writes to production only' }],
  })
})

test('a body of 10 MB is 413', async () => {
  expect(await refusal(`[${JSON.stringify({ name: 'x'.repeat(10_000_000) })}]`)).toMatchObject({
    status: 413,
    code: 'too_large',
  })
})

test('gzip bombs are 413, and cost no memory', async () => {
  const bomb = gzipSync(Buffer.alloc(200 * MEBIBYTE))
  expect(bomb.length).toBeLessThan(MEBIBYTE)
  expect(await refusal(bomb)).toMatchObject({ status: 413, code: 'too_large', message: /unpacked body/ })
  const before = await residentBytes()
  for (let i = 0; i < 5; i++) {
    const answers = await Promise.all(Array.from({ length: 8 }, () => refusal(bomb)))
    expect(answers.map(({ status }) => status)).toEqual(Array(8).fill(413))
  }
  // Forty bombs of 200 MiB; what the collector has not fetched yet is part of it.
  expect((await residentBytes()) - before).toBeLessThan(300 * MEBIBYTE)
})

test.each([
  { what: 'arrays', body: '['.repeat(10_000) + ']'.repeat(10_000) },
  { what: 'properties', body: `{"name":"play","properties":${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}}` },
  { what: 'open brackets', body: '{"a":['.repeat(10_000) },
])('JSON that is 10,000 deep is 400 with the reason ($what)', async ({ body }) => {
  expect(await refusal(body)).toMatchObject({
    status: 400,
    code: 'invalid_request',
    message: 'The JSON is nested more than 64 levels deep',
  })
})

test.each([
  { what: 'nothing', body: '', message: /empty/ },
  { what: 'no JSON', body: '{"name":', message: /not JSON/ },
  { what: 'no UTF-8', body: Buffer.from([0x22, 0xff, 0x22]), message: /not UTF-8/ },
  { what: 'gzip that is cut off', body: gzipSync('{"name":"play"}').subarray(0, 20), message: /cut off/ },
])('a body with $what is 400 with the reason', async ({ body, message }) => {
  const answer = await refusal(typeof body === 'string' ? body : new Uint8Array(body))

  expect(answer.status).toBe(400)
  expect(answer.message).toMatch(message)
})

test('keys such as __proto__ pollute nothing, and other events of the batch are taken', async () => {
  const body = `[{"name":"poison","userId":"proto-1","properties":{"__proto__":{"polluted":true}}},
    {"name":"poison","__proto__":{"userId":"proto-2"}}, {"name":"poison","userId":"proto-3"}]`
  const response = await postEvents(server.url, secret, body)

  expect(response.status).toBe(202)
  const { accepted, rejected } = (await response.json()) as { accepted: number; rejected: { index: number }[] }
  expect(accepted + rejected.length).toBe(3)
  expect(rejected.map(({ index }) => index)).not.toContain(2)
  const next = await postEvents(server.url, secret, '{"name":"poison","userId":"proto-4"}')
  expect(next.status).toBe(202)
  await ingestHasCaughtUp(server)
  const sql = `SELECT user_id FROM events WHERE name = 'poison' AND toString(properties) LIKE '%polluted%' AND user_id = 'proto-4'`
  expect((await callServer<{ rows: unknown[] }>(server, '/api/v1/sql', { sql })).rows).toEqual([])
})

test('clients that hang up in the middle leave no connection behind', async () => {
  const url = new URL(server.url)
  const head = `POST /v1/events HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer ${secret}\r\nContent-Length: 1000\r\n\r\n[{"name"`
  const before = await openConnections(Number(url.port))
  const sockets = Array.from({ length: 50 }, () => connect(Number(url.port), '127.0.0.1'))
  await Promise.all(sockets.map((socket) => new Promise((resolve) => socket.write(head, resolve))))
  for (const socket of sockets) socket.resetAndDestroy()

  const client = eventClient(() => server.url, secret)
  expect((await client.send(10)).status).toBe(202)
  await eventually('no connection of theirs is left', async () => {
    return (await openConnections(Number(url.port))) <= before + 1
  })
  await expectAllStoredOnce(server, client)
})

test('SIGTERM under load ends cleanly, and every acknowledged event is there after the next start', async () => {
  const client = eventClient(() => server.url, secret)
  const stopping = new AbortController()
  const statuses = new Set<number>()
  const senders = Array.from({ length: 8 }, async () => {
    while (!stopping.signal.aborted) {
      const status = await client.send(20).then(
        (response) => response.status,
        () => 0,
      )
      statuses.add(status)
      if (status === 0) return
    }
  })
  await eventually('events flow', () => client.acknowledged.size > 2000)
  const exitCode = await server.stop()
  stopping.abort()
  await Promise.all(senders)

  expect(exitCode).toBe(0)
  expect([...statuses].filter((status) => ![0, 202, 503].includes(status))).toEqual([])
  server = await scratch.start()
  await expectAllStoredOnce(server, client)
  expect(await server.stop()).toBe(0)
})

async function residentBytes(): Promise<number> {
  const status = await readFile(`/proc/${server.child.pid}/status`, 'utf8')
  return Number(/VmRSS:\s+(\d+) kB/.exec(status)?.[1]) * 1024
}

/** Established connections to that port, as the kernel lists them. */
async function openConnections(port: number): Promise<number> {
  const hex = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  const tables = await Promise.all(['tcp', 'tcp6'].map((name) => readFile(`/proc/net/${name}`, 'utf8').catch(() => '')))
  const rows = tables.flatMap((table) => table.split('\n').map((line) => line.trim().split(/\s+/)))
  return rows.filter(([, local, , state]) => local?.endsWith(hex) && state === '01').length
}
