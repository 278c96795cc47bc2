import { randomInt } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { createEventClient, type Status } from './support/event-client.ts'
import { eventually } from './support/processes.ts'
import { makeScratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'
import { brokenPromises, startStubbornClient } from './support/stubborn-client.ts'
import { MARKER_SQL, WAYS_IN } from './support/ways-in.ts'

/**
 * The promise of an acknowledgement, tried: clients of several kinds send while the server, ClickHouse and PostgreSQL are
 * killed in random order. Whoever gets no answer sends again, and some send again what was answered, as after a restart.
 * At the end every acknowledged event is there, raw and in the cube: once if it has an id, and without an id no more often
 * than it was sent.
 */
const KILLS = 30
const DAY_MS = 86_400_000

test(`${KILLS} kills of every part under load lose nothing and count nothing twice`, { timeout: 600_000 }, async () => {
  await using scratch = await makeScratch()
  let server = await scratch.start()
  const keys: string[] = []
  for (const { name } of WAYS_IN) keys.push((await createEventClient(server, { source: name })).secret)
  const clients = WAYS_IN.map((wayIn, n) => startStubbornClient(wayIn, keys[n] ?? '', () => server.url))
  const acknowledgements = () => clients.reduce((sum, client) => sum + client.acknowledgements(), 0)

  for (const victim of shuffledVictims()) {
    if (victim === 'server') {
      await server.kill()
      server = await scratch.start()
    } else {
      await killEngine(server, victim)
    }
    const before = acknowledgements()
    await eventually('events are acknowledged again', () => acknowledgements() > before)
    await sleep(randomInt(0, 400))
  }
  await Promise.all(clients.map((client) => client.stop()))

  // A passing fault is never the client's: many drop what was answered with a 4xx.
  expect(clients.flatMap(({ refusals }) => refusals)).toEqual([])
  const last = server
  await eventually('the whole log is in the tables and in the cube', () => isComputed(last), 120_000)
  const counts = await countsByMarker(last)
  expect(clients.flatMap((client) => brokenPromises(client, counts))).toEqual([])
  expect([...counts.keys()].filter((marker) => !clients.some(({ tallies }) => tallies.has(marker)))).toEqual([])
  expect(await sqlRows(last, 'SELECT reason, raw FROM quarantine LIMIT 10')).toEqual([])

  const days = await rawDays(last)
  expect(new Set(days.map(([source]) => source))).toEqual(new Set(WAYS_IN.map(({ name }) => name)))
  expect(await cubeDays(last)).toEqual(days)
  console.log(`${counts.size} events stored, ${acknowledgements()} acknowledgements, ${KILLS} kills`)
})

type Engine = 'clickhouse' | 'postgres'

function shuffledVictims(): ('server' | Engine)[] {
  return Array.from({ length: KILLS }, (_, n) => (['server', 'clickhouse', 'postgres'] as const)[n % 3] ?? 'server')
    .map((value) => ({ value, key: randomInt(1e9) }))
    .sort((a, b) => a.key - b.key)
    .map(({ value }) => value)
}

async function killEngine(server: ServerProcess, engine: Engine): Promise<void> {
  let pid: number | undefined
  await eventually(`${engine} is ready to be killed`, async () => {
    const { engines } = await callServer<Status>(server, '/api/v1/status')
    pid = engines[engine].pid
    return engines[engine].state === 'ready' && pid !== undefined
  })
  if (pid !== undefined) process.kill(pid, 'SIGKILL')
}

async function isComputed(server: ServerProcess): Promise<boolean> {
  const { log, ingest, cubes } = await callServer<Status & CubeStatus>(server, '/api/v1/status')
  return ingest.position >= log.durableEnd && cubes.touchedHours === 0
}

interface CubeStatus {
  readonly cubes: { readonly touchedHours: number }
}

/** In slices: an answer holds at most 100,000 rows. */
async function countsByMarker(server: ServerProcess): Promise<Map<string, number>> {
  const counts = new Map<string, number>()
  for (let slice = 0; slice < 16; slice++) {
    const sql = `SELECT ${MARKER_SQL} AS marker, count() FROM events WHERE cityHash64(marker) % 16 = ${slice} GROUP BY marker`
    for (const [marker, count] of await sqlRows<[string, number]>(server, sql)) counts.set(marker, count)
  }
  return counts
}

/** Source, day, number of events. */
type DayCount = readonly [string, string, number]

function rawDays(server: ServerProcess): Promise<DayCount[]> {
  return sqlRows(
    server,
    'SELECT source, toString(toDate(occurred_at)) AS day, count() FROM events GROUP BY 1, 2 ORDER BY 1, 2',
  )
}

async function cubeDays(server: ServerProcess): Promise<DayCount[]> {
  const { rows, meta } = await callServer<CubeAnswer>(server, '/api/v1/query', {
    cube: 'web',
    measures: ['hits'],
    dimensions: ['source'],
    grain: 'day',
    from: new Date(Date.now() - 7 * DAY_MS).toISOString().slice(0, 10),
    to: new Date(Date.now() + DAY_MS).toISOString().slice(0, 10),
  })
  expect(meta.tables).toEqual([expect.stringMatching(/^cube_web_/)])
  return rows
    .filter(({ hits }) => hits > 0)
    .map(({ source, time, hits }) => [source, time.slice(0, 10), hits] as const)
    .sort((a, b) => (`${a[0]} ${a[1]}` < `${b[0]} ${b[1]}` ? -1 : 1))
}

interface CubeAnswer {
  readonly rows: readonly { readonly source: string; readonly time: string; readonly hits: number }[]
  readonly meta: { readonly tables: readonly string[] }
}

async function sqlRows<T>(server: ServerProcess, sql: string): Promise<T[]> {
  return (await callServer<{ rows: T[] }>(server, '/api/v1/sql', { sql, limit: 100_000 })).rows
}
