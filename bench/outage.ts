// ClickHouse is away for some minutes while 2,000 events a second arrive: it is killed as soon as it is started again, so the
// server sees a database that dies and comes and dies. Measures the memory of the server's process, how fast it answers,
// and how fast it catches up afterwards, with events still arriving; and counts that all are there once.
// Usage: node bench/outage.ts [MINUTES], 3 by default; the memory of an hour needs an hour.
import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { caughtUp, readStatus } from './support/ingest-progress.ts'
import { figure, print } from './support/print.ts'
import { processField } from './support/process-memory.ts'
import { batchBody } from './support/segment-bodies.ts'
import { api, type BenchServer, serve, withTempDir } from './support/servers.ts'

const MINUTES = Number(process.argv[2] ?? 3)
const EVENTS_PER_SECOND = 2000
const BATCH = 100
const MEMORY_GOAL_MB = 512

await withTempDir(async (dataDir) => {
  const server = await serve('almanac', dataDir)
  await api(server, '/api/v1/sources', { name: 'bench', label: 'Bench' })
  const key = { name: 'bench', scopes: ['ingest'], source: 'bench' }
  const { secret } = await api<{ secret: string }>(server, '/api/v1/keys', key)
  const arrivals = startArrivals(server, batchBody(secret, BATCH))
  await sleep(5_000)
  const memory = watchMemory(server)

  const outage = await holdClickHouseDown(server)
  await sleep(MINUTES * 60_000)
  await outage.end()
  const letGo = performance.now()
  const downMb = memory.peakMb()
  const backlog = arrivals.acknowledged() - (await readStatus(server)).ingest.stored
  print('ClickHouse away', `${MINUTES} minutes, killed ${outage.kills()} times`)
  print('arrived meanwhile', `${figure(backlog)} events, slowest answer ${figure(arrivals.slowestMs())} ms`)
  print('memory of the server', `at most ${figure(downMb)} MB resident (goal ${MEMORY_GOAL_MB})`)

  const back = await catchUp(server)
  print('ready again after', `${((back.readyAt - letGo) / 1000).toFixed(1)} s`)
  print(
    'then caught up in',
    `${back.seconds.toFixed(1)} s: ${figure(back.rate)} events/s, with ${figure(EVENTS_PER_SECOND)} a second arriving`,
  )
  print('memory while catching up', `at most ${figure(memory.peakMb())} MB resident`)
  await arrivals.stop()
  await caughtUp(server)
  await expectAllOnce(server, arrivals.acknowledged())
  memory.stop()
  await server.stop()
  print('ratio catch-up / arrival', (back.rate / EVENTS_PER_SECOND).toFixed(1))
})

/** A batch is sent when it is due, whether the one before is answered or not. Fails when one is refused. */
function startArrivals(server: BenchServer, body: string) {
  const running: Promise<void>[] = []
  let [acknowledged, slowestMs] = [0, 0]
  let isStopped = false
  const sendOne = async () => {
    const started = performance.now()
    const response = await fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: body.replaceAll('[<id>]', randomUUID()),
    })
    if (response.status !== 200)
      throw new Error(`a batch was answered with ${response.status}: ${await response.text()}`)
    acknowledged += BATCH
    slowestMs = Math.max(slowestMs, performance.now() - started)
  }
  const loop = (async () => {
    for (let due = performance.now(); !isStopped; due += (BATCH / EVENTS_PER_SECOND) * 1000) {
      await sleep(Math.max(0, due - performance.now()))
      running.push(sendOne())
    }
  })()
  return {
    acknowledged: () => acknowledged,
    slowestMs: () => slowestMs,
    async stop() {
      isStopped = true
      await loop
      await Promise.all(running)
    },
  }
}

/** Looks twenty times a second whether it was started again: it takes longer than that to answer. */
async function holdClickHouseDown(server: BenchServer) {
  let kills = 0
  const kill = () => {
    for (const pid of childrenOf(server.process.pid ?? 0)) {
      if (!commandOf(pid).includes('clickhouse-child')) continue
      process.kill(pid, 'SIGKILL')
      kills++
    }
  }
  kill()
  const timer = setInterval(kill, 50)
  // What was in the tables already may still be noted.
  await sleep(2000)
  const { position } = (await readStatus(server)).ingest
  return {
    kills: () => kills,
    async end() {
      const { ingest } = await readStatus(server)
      if (ingest.position > position) throw new Error('ClickHouse came up for long enough to take a batch')
      clearInterval(timer)
    },
  }
}

function childrenOf(pid: number): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
}

function commandOf(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // It has ended in the meantime.
  }
}

/** Until no more is behind than what came in the last second. */
async function catchUp(server: BenchServer): Promise<{ readyAt: number; seconds: number; rate: number }> {
  let status = await readStatus(server)
  while (status.engines.clickhouse.state !== 'ready') {
    await sleep(50)
    status = await readStatus(server)
  }
  const readyAt = performance.now()
  const storedBefore = status.ingest.stored
  for (;;) {
    const before = status.log.durableEnd
    await sleep(1000)
    status = await readStatus(server)
    if (status.ingest.position >= before) break
  }
  const seconds = (performance.now() - readyAt) / 1000
  return { readyAt, seconds, rate: (status.ingest.stored - storedBefore) / seconds }
}

function watchMemory({ process: { pid = 0 } }: BenchServer) {
  let peakKb = 0
  const look = () => {
    peakKb = Math.max(peakKb, processField(pid, 'status', 'VmRSS'))
  }
  const timer = setInterval(look, 250)
  return {
    peakMb: () => peakKb / 1024,
    stop: () => clearInterval(timer),
  }
}

async function expectAllOnce(server: BenchServer, acknowledged: number): Promise<void> {
  const sql = 'SELECT count(), uniqExact(message_id) FROM events'
  const { rows } = await api<{ rows: [number, number][] }>(server, '/api/v1/sql', { sql, limit: 1 })
  const [count, different] = rows[0] ?? []
  if (count !== acknowledged || different !== acknowledged) {
    throw new Error(`${acknowledged} events were acknowledged, ${count} are stored, ${different} of them different`)
  }
  print('acknowledged and stored', `${figure(acknowledged)} events, each once`)
}
