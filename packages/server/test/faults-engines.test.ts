import { readdirSync, readFileSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ErrorAnswer } from '../src/http/error-reply.ts'
import type { Readiness } from '../src/http/operate/health-routes.ts'
import { almanac } from './support/almanac-command.ts'
import { createEventClient, type EventClient, expectAllStoredOnce, type Status } from './support/event-client.ts'
import { makeScratch, type Scratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'

/** Engines that are there and say nothing, as on a machine that swaps or a disk that hangs: harder than one that died. */
let scratch: Scratch
let server: ServerProcess
let client: EventClient
beforeAll(async () => {
  scratch = await makeScratch()
  server = await scratch.start()
  client = await createEventClient(server)
})
afterAll(async () => {
  await scratch[Symbol.asyncDispose]()
})

const QUERY = { cube: 'web', measures: ['hits'], grain: 'day', from: '2026-01-01', to: '2026-01-08' }

test.each([
  { engine: 'clickhouse', name: 'ClickHouse' },
  { engine: 'postgres', name: 'PostgreSQL' },
] as const)(
  'while $name hangs events are acknowledged, queries are refused, and it catches up alone',
  async ({ engine, name }) => {
    expect((await client.send(10)).status).toBe(202)
    await expectAllStoredOnce(server, client)
    const { engines } = await callServer<Status>(server, '/api/v1/status')
    const processes = familyOf(engines[engine].pid)
    for (const pid of processes) process.kill(pid, 'SIGSTOP')
    try {
      for (let i = 0; i < 20; i++) expect((await client.send(10)).status).toBe(202)
      const [ready, query, status, doctor] = await Promise.all([
        fetch(`${server.url}/readyz`),
        post('/api/v1/query', QUERY),
        callServer<Status>(server, '/api/v1/status'),
        almanac(['doctor', '--data-dir', server.dataDir]),
      ])

      expect(ready.status).toBe(503)
      expect(((await ready.json()) as { checks: Readiness }).checks).toMatchObject({
        log: 'ok',
        [engine]: expect.stringContaining('does not answer'),
      })
      expect(query.status).toBe(503)
      expect(query.headers.get('retry-after')).toBe('2')
      expect(((await query.json()) as ErrorAnswer).error).toMatchObject({
        code: 'engine_unavailable',
        message: expect.stringContaining(`${name} does not answer`),
        hint: expect.stringContaining('almanac doctor'),
      })
      expect(status.ingest.position).toBeLessThan(status.log.durableEnd)
      expect(doctor.stdout).toMatch(new RegExp(`FAIL  ${name}: ${name} does not answer: .*\n {6}Look into logs/`))
      expect(doctor.exitCode).toBe(1)
      expect((await client.send(10)).status).toBe(202)
    } finally {
      for (const pid of processes) process.kill(pid, 'SIGCONT')
    }

    await expectAllStoredOnce(server, client)
    expect((await post('/api/v1/query', QUERY)).status).toBe(200)
    expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  },
)

function post(path: string, body: unknown): Promise<Response> {
  return fetch(server.url + path, {
    method: 'POST',
    headers: { authorization: `Bearer ${server.token}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

/** The process and its children: PostgreSQL has one for each connection, which works on when the first one stops. */
function familyOf(pid: number): number[] {
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((candidate) => parentOf(candidate) === pid)
  return [pid, ...children]
}

function parentOf(pid: number): number | undefined {
  try {
    return Number(/\) \w (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1])
  } catch {
    return undefined
  }
}
