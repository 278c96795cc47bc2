// POST /v1/events on the whole server, with ingest and both engines on the same machine, in one run:
// single events against a bare Fastify route, batches of 500, and how long an answered event takes to be in a query's
// result at 2,000 events a second. Usage: node bench/events.ts [SECONDS], 30 by default.
import { setTimeout as sleep } from 'node:timers/promises'
import { caughtUp, readStatus } from './support/ingest-progress.ts'
import { figure, print } from './support/print.ts'
import { api, type BenchServer, load, measureLoad, serve, withTempDir } from './support/servers.ts'

const SECONDS = Number(process.argv[2] ?? 30)
const CONNECTIONS = 64
const BATCH = 500
/** A third more than the 15,000 that have to be stored as they come; far above, ingest gives way to requests (docs/decisions/0022). */
const STEADY_PER_SECOND = 20_000
const BARE_SECONDS = 8
const EVENT = {
  name: 'page_view',
  anonymousId: '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a',
  sessionId: 's-1747900000-17',
  url: 'https://www.example.com/series/the-long-night?season=2&utm_source=newsletter',
  referrer: 'https://www.google.com/',
  userAgent: 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36',
  language: 'de-DE',
  screen: '1920x1080',
  status: 200,
  properties: { plan: 'family', position: 3, tags: ['new', 'drama'] },
}
const KEY = { name: 'bench', scopes: ['ingest'], source: 'bench' }
const ONE = JSON.stringify(EVENT)
const MANY = JSON.stringify(Array.from({ length: BATCH }, () => EVENT))

await withTempDir(async (directory) => {
  const bareBefore = await bareRate()
  const server = await serve('almanac', directory)
  await api(server, '/api/v1/sources', { name: 'bench', label: 'Bench' })
  const { secret: token } = await api<{ secret: string }>(server, '/api/v1/keys', KEY)
  await load({ ...server, token, body: ONE, seconds: 2, connections: CONNECTIONS })

  const single = await watched(server, () =>
    load({ ...server, token, body: ONE, seconds: SECONDS, connections: CONNECTIONS }),
  )
  print(
    'single events, durable',
    `${figure(single.rate)}/s, ingest at most ${(single.worstLagSeconds + 0.2).toFixed(1)} s behind`,
  )
  await caughtUp(server)
  const steady = await watched(server, async () => {
    const load = { body: ONE, seconds: SECONDS, connections: CONNECTIONS, perSecond: STEADY_PER_SECOND }
    return (await measureLoad({ ...server, token, ...load })).perSecond
  })
  print(
    'the same, all the time',
    `${figure(steady.rate)}/s, ingest at most ${(steady.worstLagSeconds + 0.2).toFixed(1)} s behind (asked: 15,000/s, 5 s)`,
  )
  const latency = await latencies(server)
  print(
    'answer to query result',
    `95 % within ${percentile(latency, 0.95).toFixed(0)} ms, median ${percentile(latency, 0.5).toFixed(0)} ms (${latency.length} probes at 2,000 events/s)`,
  )
  const batches = await watched(server, () =>
    load({ ...server, body: MANY, seconds: Math.min(SECONDS, 10), connections: 8 }),
  )
  print(`batches of ${BATCH}, durable`, `${figure(batches.rate * BATCH)} events/s acknowledged`)
  const drainSeconds = await caughtUp(server)
  const batchEvents = batches.rate * BATCH * Math.min(SECONDS, 10)
  print(
    'of them into the tables',
    `${figure(batchEvents / (Math.min(SECONDS, 10) + drainSeconds))} events/s until all were there`,
  )
  await server.stop()
  const bareAfter = await bareRate()
  print('bare Fastify route', `${figure(bareBefore)}/s before, ${figure(bareAfter)}/s after`)
  print('ratio single / bare', (single.rate / ((bareBefore + bareAfter) / 2)).toFixed(2))
})

/** Requests a second of the route that parses the same body and does nothing: before and after ours, for a machine's speed drifts. */
async function bareRate(): Promise<number> {
  const bare = await serve('bare')
  await load({ ...bare, body: ONE, seconds: 1, connections: CONNECTIONS })
  const rate = await load({ ...bare, body: ONE, seconds: BARE_SECONDS, connections: CONNECTIONS })
  await bare.stop()
  return rate
}

/** The load's rate, and how old the newest event was at worst that ingest had stored. */
async function watched(
  server: BenchServer,
  run: () => Promise<number>,
): Promise<{ rate: number; worstLagSeconds: number }> {
  const durable: { at: number; end: number }[] = []
  let worstLagSeconds = 0
  let running = true
  const watching = (async () => {
    while (running) {
      const { log, ingest } = await readStatus(server)
      const now = performance.now()
      durable.push({ at: now, end: log.durableEnd })
      const behind = durable.find(({ end }) => end > ingest.position)
      if (behind) worstLagSeconds = Math.max(worstLagSeconds, (now - behind.at) / 1000)
      await sleep(200)
    }
  })()
  const rate = await run()
  running = false
  await watching
  return { rate, worstLagSeconds }
}

/** Sends 2,000 events a second, and now and then one of its own kind that a query then waits for. */
async function latencies(server: BenchServer): Promise<number[]> {
  const until = performance.now() + 15_000
  const found: number[] = []
  const probes: Promise<void>[] = []
  const chunk = Array.from({ length: 40 }, () => EVENT)
  for (let n = 0, next = performance.now(); performance.now() < until; n++, next += 20) {
    const sending = api(server, '/v1/events?source=bench', chunk)
    if (n % 15 === 0) probes.push(probe(server, `/probe/${n}`).then((ms) => void found.push(ms)))
    await Promise.all([sending, sleep(Math.max(0, next - performance.now()))])
  }
  await Promise.all(probes)
  return found.sort((a, b) => a - b)
}

async function probe(server: BenchServer, path: string): Promise<number> {
  await api(server, '/v1/events?source=bench', { name: 'page_view', url: path })
  const answered = performance.now()
  const day = 86_400_000
  const query = {
    cube: 'web',
    measures: ['hits'],
    from: new Date(Date.now() - day).toISOString().slice(0, 10),
    to: new Date(Date.now() + day).toISOString().slice(0, 10),
    filters: [{ dimension: 'path', values: [path] }],
  }
  for (;;) {
    const { rows } = await api<{ rows: { hits: number }[] }>(server, '/api/v1/query', query)
    if (rows[0]?.hits === 1) return performance.now() - answered
    await sleep(50)
  }
}

function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.floor((sorted.length - 1) * share)] ?? Number.NaN
}
