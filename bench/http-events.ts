// POST /v1/events, one event a request, 64 connections, against a bare Fastify route that parses the same body and does
// nothing: once with a log that only resolves, once with the real one, which syncs to disk. The load comes from another
// process. Each is measured twice, in turns, so that a busy moment of the machine does not fall on one of them alone.
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import Fastify, { type FastifyInstance } from 'fastify'
import { newKeySecret } from '../packages/server/src/accounts/keys/api-key.ts'
import { openKeyRing } from '../packages/server/src/accounts/keys/key-ring.ts'
import { hashToken } from '../packages/server/src/accounts/sign-in/secret-token.ts'
import { collectNativeEvent } from '../packages/server/src/collect/events/native-events.ts'
import { plainEventLine } from '../packages/server/src/collect/events/plain-event-line.ts'
import { createVisitors } from '../packages/server/src/collect/visitors/visitor.ts'
import { buildTestApp, testKey } from '../packages/server/src/http/test-app.ts'
import { openEventLog } from '../packages/server/src/log/event-log.ts'

const CONNECTIONS = 64
const WARM_UP_SECONDS = 1
const SECONDS = 4
const ROUNDS = 2
const EVENT = {
  name: 'page_view',
  anonymousId: '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a',
  sessionId: 's-1747900000-17',
  url: 'https://www.example.com/series/the-long-night?season=2&utm_source=newsletter',
  referrer: 'https://www.google.com/',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
  language: 'de-DE',
  screen: '1920x1080',
  properties: { plan: 'family', position: 3, tags: ['new', 'drama'] },
}
const BODY = JSON.stringify(EVENT)

const run = promisify(execFile)
const autocannon = createRequire(import.meta.url).resolve('autocannon/autocannon.js')
const directory = await mkdtemp(join(tmpdir(), 'almanac-bench-http-'))
const { prefix, secret } = newKeySecret()
const ring = await openKeyRing({
  load: async () => [{ key: testKey({ prefix, source: 'website' }), secretHash: hashToken(secret) }],
  touch: async () => {},
  now: Date.now,
  onError: console.error,
})
const log = await openEventLog({
  directory,
  minFreeDiskBytes: 0,
  maxIngestLagBytes: Number.MAX_SAFE_INTEGER,
})
const apps = {
  bare: bareApp(),
  'no disk': await eventsApp(async () => 0),
  durable: await eventsApp((frame) => log.append(frame)),
}
try {
  const results = Object.fromEntries(Object.keys(apps).map((name) => [name, [] as Measured[]]))
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, app] of Object.entries(apps)) results[name]?.push(await measure(app))
  }
  const [bare, noDisk, durable] = Object.values(results).map(mean)
  if (!bare || !noDisk || !durable) throw new Error('Nothing was measured')
  console.log(`body                    ${BODY.length} bytes, ${CONNECTIONS} connections`)
  for (const [name, one] of Object.entries({ bare, 'no disk': noDisk, durable })) {
    const perSecond = Math.round(one.perSecond).toLocaleString('en').padStart(8)
    console.log(
      `${name.padEnd(12)}${perSecond} requests/s, ${one.microsecondsEach.toFixed(1)} µs of processor time each`,
    )
  }
  console.log(`log                     ${log.status().syncs} syncs, ${(log.durableEnd / 1e6).toFixed(0)} MB`)
  console.log(`ratio no disk / bare    ${(noDisk.perSecond / bare.perSecond).toFixed(2)}`)
  console.log(`ratio durable / bare    ${(durable.perSecond / bare.perSecond).toFixed(2)}`)
} finally {
  await Promise.all(Object.values(apps).map((app) => app.close()))
  await Promise.all([log.close(), ring.close()])
  await rm(directory, { recursive: true, force: true })
}

interface Measured {
  readonly perSecond: number
  readonly microsecondsEach: number
}

async function measure(app: FastifyInstance): Promise<Measured> {
  const url = app.server.listening ? app.listeningOrigin : await app.listen({ host: '127.0.0.1', port: 0 })
  await load(url, WARM_UP_SECONDS)
  const processorTime = process.cpuUsage()
  const result = await load(url, SECONDS)
  const { user, system } = process.cpuUsage(processorTime)
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${result.non2xx} requests were refused, ${result.errors} failed`)
  return { perSecond: result['2xx'] / result.duration, microsecondsEach: (user + system) / result['2xx'] }
}

async function load(url: string, seconds: number) {
  const { stdout } = await run(
    process.execPath,
    [
      autocannon,
      ...['--json', '--no-progress', '-m', 'POST', '-c', String(CONNECTIONS), '-d', String(seconds)],
      ...['-H', `authorization=Bearer ${secret}`, '-H', 'content-type=application/json', '-b', BODY],
      `${url}/v1/events`,
    ],
    { maxBuffer: 16 * 1024 * 1024 },
  )
  return JSON.parse(stdout) as { '2xx': number; non2xx: number; errors: number; duration: number }
}

function mean(results: readonly Measured[]): Measured {
  const of = (pick: (one: Measured) => number) => results.reduce((sum, one) => sum + pick(one), 0) / results.length
  return { perSecond: of((one) => one.perSecond), microsecondsEach: of((one) => one.microsecondsEach) }
}

function bareApp(): FastifyInstance {
  const app = Fastify({ logger: false })
  app.post('/v1/events', async (_request, reply) => reply.code(202).send({ accepted: 1, rejected: [] }))
  return app
}

async function eventsApp(append: (frame: string | Buffer) => Promise<number>): Promise<FastifyInstance> {
  const visitors = createVisitors(Buffer.alloc(32, 1), { kind: 'stable' })
  const { app } = await buildTestApp({
    verifyKey: ring.verify,
    collectEvent: (input, context) => collectNativeEvent(input, { ...context, visitors }),
    plainEventLine: (text, input, context) => plainEventLine(text, input, { ...context, visitors }),
    append,
    now: Date.now,
  })
  return app
}
