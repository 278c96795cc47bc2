// How much slower events come into the tables while somebody looks at a dashboard of twelve widgets that refreshes itself
// every two seconds: batches of 500 over 8 connections, as fast as they are taken, without and with the dashboard, in turns,
// and in such an order that the hour, which grows and slows everything down, has as many events for the one as for the other.
// Usage: node bench/ingest-while-asked.ts [SECONDS], 10 by default for each.
import { setTimeout as sleep } from 'node:timers/promises'
import { widgets } from './support/dashboard.ts'
import { caughtUp, readStatus } from './support/ingest-progress.ts'
import { figure, print } from './support/print.ts'
import { api, type BenchServer, load, serve, withTempDir } from './support/servers.ts'

const SECONDS = Number(process.argv[2] ?? 10)
const IS_ASKED = [false, true, true, false]
const REFRESH_MS = 2000
const PATHS = ['/', '/pricing', '/series/the-long-night', '/help', '/account']
const MANY = JSON.stringify(
  Array.from({ length: 500 }, (_, n) => ({
    name: 'page_view',
    anonymousId: `visitor-${n % 170}`,
    url: `https://www.example.com${PATHS[n % PATHS.length]}`,
    referrer: 'https://www.google.com/',
    status: 200,
  })),
)

await withTempDir(async (directory) => {
  const server = await serve('almanac', directory)
  await api(server, '/api/v1/sources', { name: 'bench', label: 'Bench' })
  await load({ ...server, body: MANY, seconds: 3, connections: 8 })
  await caughtUp(server)
  const alone: number[] = []
  const asked: number[] = []
  const answers: number[] = []
  for (const isAsked of IS_ASKED) {
    if (!isAsked) {
      alone.push(await storedPerSecond(server))
      continue
    }
    const looking = new AbortController()
    const watching = watch(server, looking.signal, answers)
    asked.push(await storedPerSecond(server))
    looking.abort()
    await watching
  }
  const [a, b] = [mean(alone), mean(asked)]
  print('events into the tables', `${figure(a)}/s alone, ${figure(b)}/s beside a dashboard`)
  print('the dashboard meanwhile', `${figure(mean(answers))} ms, ${answers.length} times`)
  print('ratio asked / alone', `${(b / a).toFixed(2)} (asked: at least 0.8)`)
  await server.stop()
})

/** Until all that was acknowledged is there. */
async function storedPerSecond(server: BenchServer): Promise<number> {
  const before = (await readStatus(server)).ingest.stored
  const started = performance.now()
  await load({ ...server, body: MANY, seconds: SECONDS, connections: 8 })
  await caughtUp(server)
  const seconds = (performance.now() - started) / 1000
  return ((await readStatus(server)).ingest.stored - before) / seconds
}

async function watch(server: BenchServer, signal: AbortSignal, answers: number[]): Promise<void> {
  while (!signal.aborted) {
    const started = performance.now()
    await api(server, '/api/v1/queries', { queries: widgets(Date.now()) })
    const took = performance.now() - started
    answers.push(took)
    await sleep(Math.max(0, REFRESH_MS - took), undefined, { signal }).catch(() => undefined)
  }
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
