// Segment's HTTP API on the whole server, with ingest and both engines on the same machine: single `track` calls over 64
// connections against a bare Fastify route that parses the same body, their latency at half of the rate, and batches of
// 100 until they are in the tables against ClickHouse's own insert of the same rows. Every message has an id of its own.
// Usage: node bench/segment.ts [SECONDS], 20 by default.
import { bareInsert } from './support/bare-insert.ts'
import { caughtUp, readStatus } from './support/ingest-progress.ts'
import { figure, print } from './support/print.ts'
import { printPublished } from './support/published.ts'
import { batchBody, trackBody } from './support/segment-bodies.ts'
import { api, load, measureLoad, serve, withTempDir } from './support/servers.ts'

const SECONDS = Number(process.argv[2] ?? 20)
const ROUNDS = 2
const BATCH = 100
const LATENCY_GOAL_MS = 50
const SINGLE = { path: '/v1/track', connections: 64, hasIds: true }
const BATCHES = { path: '/v1/batch', connections: 8, hasIds: true }

await withTempDir(async (dataDir) => {
  const bare = await serve('bare')
  const server = await serve('almanac', dataDir)
  await api(server, '/api/v1/sources', { name: 'bench', label: 'Bench' })
  const key = { name: 'bench', scopes: ['ingest'], source: 'bench' }
  const { secret } = await api<{ secret: string }>(server, '/api/v1/keys', key)
  const one = { ...SINGLE, body: trackBody(secret) }
  const many = { ...BATCHES, body: batchBody(secret, BATCH) }
  for (const { url, token } of [bare, server]) await load({ url, token, ...one, seconds: 2 })

  // In turns, so that a busy moment of the machine does not fall on one of them alone.
  const rates = { bare: 0, ours: 0 }
  for (let round = 0; round < ROUNDS; round++) {
    rates.bare += (await load({ ...bare, ...one, seconds: SECONDS / ROUNDS })) / ROUNDS
    rates.ours += (await load({ ...server, ...one, seconds: SECONDS / ROUNDS })) / ROUNDS
    await caughtUp(server)
  }
  print('body', `${one.body.length} bytes, ${SINGLE.connections} connections`)
  print('bare Fastify route', `${figure(rates.bare)}/s`)
  print('single events, durable', `${figure(rates.ours)}/s`)
  const calm = await measureLoad({ ...server, ...one, seconds: SECONDS, perSecond: rates.ours / 2 })
  print(
    'at half of that rate',
    `${figure(calm.perSecond)}/s: 99 % answered within ${calm.p99Ms} ms (goal ${LATENCY_GOAL_MS}), median ${calm.p50Ms} ms, worst ${calm.worstMs} ms`,
  )
  await caughtUp(server)

  const storedBefore = (await readStatus(server)).ingest.stored
  const started = performance.now()
  const acknowledged = (await load({ ...server, ...many, seconds: SECONDS })) * BATCH
  await caughtUp(server)
  const seconds = (performance.now() - started) / 1000
  const stored = (await readStatus(server)).ingest.stored - storedBefore
  await Promise.all([bare.stop(), server.stop()])
  const insertRate = await bareInsert(dataDir)
  print(
    `batches of ${BATCH}`,
    `${figure(acknowledged)} events/s acknowledged, ${figure(stored / seconds)} until in the tables`,
  )
  print("bare client's insert", `${figure(insertRate)} rows/s`)
  printPublished('single', 'batches')
  print('ratio single / bare', (rates.ours / rates.bare).toFixed(2))
  print('ratio batches / insert', (stored / seconds / insertRate).toFixed(2))
})
