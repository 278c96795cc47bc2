import { afterAll, beforeAll, expect, test } from 'vitest'
import { createEventClient, postEvents } from '../../../../test/support/event-client.ts'
import { eventually } from '../../../../test/support/processes.ts'
import { makeScratch, type Scratch } from '../../../../test/support/scratch.ts'
import { callServer, type ServerProcess } from '../../../../test/support/server-process.ts'
import type { SourceHealthAnswer } from './source-health-routes.ts'

/** Sources on a real server. */
let scratch: Scratch
let server: ServerProcess
beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
})
afterAll(() => scratch[Symbol.asyncDispose]())

const healthOf = (source: string) => callServer<SourceHealthAnswer>(server, `/api/v1/sources/${source}/health`)

async function change(source: string, body: object): Promise<Response> {
  return fetch(`${server.url}/api/v1/sources/${source}`, {
    method: 'PATCH',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

test('an event that comes again is a duplicate in the health of its source, and of no other', async () => {
  const { secret } = await createEventClient(server, { source: 'shop' })
  await createEventClient(server, { source: 'blog' })
  const event = JSON.stringify({ id: 'order-17', name: 'purchase' })
  for (let i = 0; i < 3; i++) expect((await postEvents(server.url, secret, event)).status).toBe(202)

  await eventually('the duplicates are counted', async () => (await healthOf('shop')).today.duplicates === 2)
  expect((await healthOf('shop')).lastHour.duplicates).toBe(2)
  expect((await healthOf('blog')).today).toEqual({ accepted: 0, duplicates: 0, rejected: [], filtered: [] })
})

test('imported lines are accepted when they are stored, and those that are no events have a reason', async () => {
  await createEventClient(server, { source: 'old-logs' })
  const request = { source: 'old-logs', format: 'combined', fileName: 'a.log', fingerprint: 'f', options: {} }
  const { import: begun } = await callServer<{ import: { id: string } }>(server, '/api/v1/imports', request)
  const lines = [
    { id: crypto.randomUUID(), idFrom: 'content', name: 'page_view', at: Date.UTC(2026, 0, 1) },
    { rejected: { reason: 'expected a status such as 200, got "x"', line: 2, raw: 'x', sizeBytes: 1 } },
  ]
  const body = lines.map((line) => `${JSON.stringify(line)}\n`).join('')
  const answer = await fetch(
    `${server.url}/api/v1/imports/${begun.id}/lines?bytesEnd=${body.length}&linesEnd=${lines.length}`,
    {
      method: 'POST',
      headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/x-ndjson' },
      body,
    },
  )
  expect(answer.status).toBe(200)

  await eventually('the lines are counted', async () => (await healthOf('old-logs')).today.accepted === 1)
  const { today, lastEventAt } = await healthOf('old-logs')
  expect(today.rejected).toEqual([{ reason: 'expected a status such as 200', count: 1 }])
  expect(Date.parse(lastEventAt ?? '')).toBeGreaterThan(Date.now() - 60_000)
})

test('settings and health are there after a restart', async () => {
  await createEventClient(server, { source: 'site' })
  const settings = { privacy: 'masked', blockedAddresses: ['192.0.2.0/24'] }
  expect((await change('site', { kind: 'app', settings })).status).toBe(200)
  expect(await server.stop()).toBe(0)
  server = await scratch.start()

  const { source } = await callServer<{ source: object }>(server, '/api/v1/sources/site')
  expect(source).toMatchObject({ kind: 'app', settings: { ...settings, visitRule: 'standard' } })
  expect((await healthOf('shop')).today.duplicates).toBe(2)
})

test('who watches a source is greeted, and the server stops although somebody watches', async () => {
  const stream = await fetch(`${server.url}/api/v1/sources/site/events/live`, {
    headers: { authorization: `Bearer ${server.token}` },
  })
  expect(stream.headers.get('content-type')).toContain('text/event-stream')
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader()
  expect((await reader?.read())?.value).toContain('event: hello')

  expect(await server.stop()).toBe(0)
})
