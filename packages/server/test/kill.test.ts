import { randomInt, randomUUID } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { eventually } from './support/processes.ts'
import { callServer, type ServerProcess, startServerProcess } from './support/server-process.ts'

/**
 * The promise of an acknowledgement, tried: clients send while the server, ClickHouse and PostgreSQL are killed in random
 * order. At the end every acknowledged event is there exactly once, raw and in the cube.
 */
const KILLS = 30
const CLIENTS = 4
const DAY_MS = 86_400_000

interface Status {
  readonly engines: Record<'clickhouse' | 'postgres', { readonly pid?: number; readonly state: string }>
  readonly log: { readonly durableEnd: number }
  readonly ingest: { readonly position: number }
  readonly cubes: { readonly touchedHours: number }
}

test(`${KILLS} kills of every part under load lose nothing and count nothing twice`, { timeout: 600_000 }, async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'almanac-kill-'))
  let server: ServerProcess | undefined = await startServerProcess(dataDir)
  const first = server
  await callServer(first, '/api/v1/sources', { name: 'website', label: 'Website' })
  const { secret } = await callServer<{ secret: string }>(first, '/api/v1/keys', {
    name: 'kill',
    scopes: ['ingest'],
    source: 'website',
  })
  const acknowledged = new Set<string>()
  const sent = new Set<string>()
  const stopping = new AbortController()

  // With ids a client may send the same batch until it is taken; without, only what was acknowledged is promised.
  async function client(number: number): Promise<void> {
    const hasIds = number % 2 === 0
    while (!stopping.signal.aborted) {
      const markers = Array.from({ length: randomInt(1, 20) }, () => randomUUID())
      for (const marker of markers) sent.add(marker)
      const time = Date.now() - randomInt(0, 4) * DAY_MS
      const batch = markers.map((marker, n) => ({
        name: 'page_view',
        userId: marker,
        url: `/page/${n}`,
        time,
        ...(hasIds && { id: marker }),
      }))
      while (!(await isTaken(batch)) && !stopping.signal.aborted) {
        if (!hasIds) break
        await sleep(20)
      }
    }
  }

  async function isTaken(batch: readonly { userId: string }[]): Promise<boolean> {
    try {
      const response = await fetch(`${server?.url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}` },
        body: JSON.stringify(batch),
      })
      if (response.status !== 202) return false
      for (const { userId } of batch) acknowledged.add(userId)
      return true
    } catch {
      await sleep(20)
      return false
    }
  }

  const clients = Array.from({ length: CLIENTS }, (_, number) => client(number))
  const victims = shuffled(
    Array.from({ length: KILLS }, (_, n) => (['server', 'clickhouse', 'postgres'] as const)[n % 3]),
  )
  for (const victim of victims) {
    const before = acknowledged.size
    if (victim === 'server') {
      await server.kill()
      server = await startServerProcess(dataDir)
    } else {
      await killEngine(server, victim as 'clickhouse' | 'postgres')
    }
    await eventually('events are acknowledged again', () => acknowledged.size > before)
    await sleep(randomInt(0, 400))
  }
  stopping.abort()
  await Promise.all(clients)

  const last = server
  await eventually('ingest has read the whole log, and the cube is computed', async () => {
    const { log, ingest, cubes } = await callServer<Status>(last, '/api/v1/status')
    return ingest.position >= log.durableEnd && cubes.touchedHours === 0
  })
  const counts = await countsByMarker(last)
  expect([...acknowledged].filter((marker) => counts.get(marker) !== 1)).toEqual([])
  expect([...counts].filter(([marker, count]) => count !== 1 || !sent.has(marker))).toEqual([])

  const days = await sqlRows<[string, number]>(
    last,
    'SELECT toString(toDate(occurred_at)), count() FROM events GROUP BY 1 ORDER BY 1',
  )
  const answer = await callServer<{ rows: { time: string; hits: number }[]; meta: { tables: string[] } }>(
    last,
    '/api/v1/query',
    {
      cube: 'web',
      measures: ['hits'],
      grain: 'day',
      from: days[0]?.[0],
      to: new Date(Date.now() + DAY_MS).toISOString().slice(0, 10),
    },
  )
  expect(answer.meta.tables).toEqual(['cube_web'])
  const cubeDays = answer.rows.filter(({ hits }) => hits > 0).map(({ time, hits }) => [time.slice(0, 10), hits])
  expect(cubeDays).toEqual(days)
  console.log(`${acknowledged.size} events acknowledged, ${counts.size} stored, ${victims.length} kills`)

  await last.stop()
  await rm(dataDir, { recursive: true, force: true })
})

async function killEngine(server: ServerProcess, engine: 'clickhouse' | 'postgres'): Promise<void> {
  let pid: number | undefined
  await eventually(`${engine} is ready to be killed`, async () => {
    const { engines } = await callServer<Status>(server, '/api/v1/status')
    pid = engines[engine].pid
    return engines[engine].state === 'ready' && pid !== undefined
  })
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

/** In slices: an answer holds at most 100,000 rows. */
async function countsByMarker(server: ServerProcess): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (let slice = 0; slice < 16; slice++) {
    const sql = `SELECT user_id, count() FROM events WHERE cityHash64(user_id) % 16 = ${slice} GROUP BY user_id`
    for (const [marker, count] of await sqlRows<[string, number]>(server, sql)) counts.set(marker, count)
  }
  return counts
}

async function sqlRows<T>(server: ServerProcess, sql: string): Promise<T[]> {
  return (await callServer<{ rows: T[] }>(server, '/api/v1/sql', { sql, limit: 100_000 })).rows
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, key: randomInt(1e9) }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value)
}
