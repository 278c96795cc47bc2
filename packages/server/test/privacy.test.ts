import { randomUUID } from 'node:crypto'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { almanac } from './support/almanac-command.ts'
import { createEventClient, ingestHasCaughtUp, postEvents } from './support/event-client.ts'
import { eventually } from './support/processes.ts'
import { makeScratch } from './support/scratch.ts'
import { callServer, type ServerProcess } from './support/server-process.ts'

/** One person's data found, exported and erased as a user does it, while the server is killed again and again. */

interface ErasureAnswer {
  readonly state: string
  readonly events: number
  readonly logLines: number
  readonly problem: string | null
}

const DONE_WITHIN_MS = 240_000

test('after an erasure through kills nothing of the person is in any file', { timeout: 400_000 }, async () => {
  await using scratch = await makeScratch()
  const { dataDir } = scratch
  let server = await scratch.start()
  const { secret } = await createEventClient(server)
  const [ada, device, bob] = [`ada-${randomUUID()}`, `device-${randomUUID()}`, `bob-${randomUUID()}`]
  const page = (fields: object) => ({ name: 'page_view', url: 'https://example.com/a', ...fields })
  await sendNative(server, secret, [page({ anonymousId: device }), page({ userId: bob })])
  await sendNative(server, secret, [
    page({ userId: ada, id: `m-${ada}` }),
    page({ userId: ada, id: `m-${ada}` }),
    page({ userId: bob, time: Date.now() - 3 * 86_400_000 }),
  ])
  await sendSegment(server, secret, [
    { type: 'identify', userId: ada, anonymousId: device, traits: { email: `${ada}@example.com` } },
    { type: 'track', event: 'Order', userId: ada, properties: { revenue: 10, currency: 'EUR' } },
    { type: 'track', event: 'Order', userId: bob, properties: { revenue: 20, currency: 'EUR' } },
  ])
  await ingestHasCaughtUp(server)
  const bobsBefore = await eventsOf(server, bob)
  expect(bobsBefore).toHaveLength(3)

  await eventually('the device is known to be hers', async () => {
    const visits = await rowsOf(server, 'SELECT count(), uniqExact(person_id) FROM visits')
    const identities = await rowsOf(server, 'SELECT count() FROM identities')
    return visits.join() === '3,2' && identities.join() === '1'
  })

  const found = await almanac(['people', 'find', '--user', ada, '--data-dir', dataDir])
  expect(found.stdout).toMatch(/^website +production +\d$/m)
  await using folder = await temporaryFolder()
  const out = join(folder.path, 'ada.ndjson')
  const exported = await almanac(['people', 'export', '--user', ada, '--out', out, '--data-dir', dataDir])
  expect(exported).toMatchObject({ exitCode: 0, stdout: '' })
  const lines = (await readFile(out, 'utf8')).trimEnd().split('\n')
  const types = lines.map((line) => JSON.parse(line).type)
  expect(types.filter((type) => type === 'event').length).toBeGreaterThanOrEqual(3)
  expect(types.filter((type) => type === 'log_line').length).toBeGreaterThanOrEqual(4)
  expect(types.at(-1)).toBe('end')

  const asked = await almanac(['people', 'erase', '--user', ada, '--data-dir', dataDir])
  expect(asked.exitCode).toBe(1)
  expect(asked.stderr).toMatch(/^error: This erases \d events .* for good\nhint: Say --yes/)
  const erased = await almanac(['people', 'erase', '--user', ada, '--yes', '--data-dir', dataDir])
  expect(erased.exitCode).toBe(0)
  for (const pauseMs of [0, 300]) {
    await server.kill()
    server = await scratch.start()
    await delay(pauseMs)
  }

  const last = await untilFinished(server)
  expect(last).toMatchObject({ state: 'done', problem: null })
  expect(last.logLines).toBeGreaterThanOrEqual(4)
  expect(last.events).toBeGreaterThanOrEqual(3)
  expect(await eventsOf(server, ada)).toEqual([])
  expect(await eventsOf(server, bob)).toEqual(bobsBefore)
  expect(await rowsOf(server, `SELECT count() FROM events WHERE anonymous_id = '${device}'`)).toEqual([[0]])
  expect(await rowsOf(server, 'SELECT count(), uniqExact(person_id) FROM visits')).toEqual([[2, 1]])
  expect(await rowsOf(server, 'SELECT count() FROM identities')).toEqual([[0]])
  const [cube, raw] = [
    await hitsOfCube(server),
    await rowsOf(server, `SELECT count() FROM events WHERE name = 'page_view'`),
  ]
  expect(cube).toEqual(raw[0]?.[0])
  expect((await almanac(['people', 'find', '--user', ada, '--data-dir', dataDir])).stdout).toBe('No rows.\n')
  expect((await almanac(['people', 'erasures', '--data-dir', dataDir])).stdout).toMatch(/done/)
  expect((await almanac(['doctor', '--data-dir', dataDir])).stdout).toMatch(/^ok {4}log files: .* all intact$/m)

  await server.stop()
  expect(await filesWith(dataDir, bob)).not.toEqual([])
  expect(await filesWith(dataDir, ada)).toEqual([])
})

async function sendNative(server: ServerProcess, secret: string, events: readonly object[]): Promise<void> {
  expect((await postEvents(server.url, secret, JSON.stringify(events))).status).toBe(202)
}

async function sendSegment({ url }: ServerProcess, secret: string, batch: readonly object[]): Promise<void> {
  const response = await fetch(`${url}/v1/batch`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${secret}:`).toString('base64')}` },
    body: JSON.stringify({ batch }),
  })
  expect(response.status).toBe(200)
}

async function rowsOf(server: ServerProcess, sql: string): Promise<unknown[][]> {
  return (await callServer<{ rows: unknown[][] }>(server, '/api/v1/sql', { sql, limit: 1000 })).rows
}

const eventsOf = (server: ServerProcess, userId: string) =>
  rowsOf(server, `SELECT * FROM events WHERE user_id = '${userId}' ORDER BY event_id`)

async function hitsOfCube(server: ServerProcess): Promise<unknown> {
  const day = (offset: number) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10)
  const query = { cube: 'web', measures: ['hits'], from: day(-30), to: day(1) }
  return (await callServer<{ rows: { hits: number }[] }>(server, '/api/v1/query', query)).rows[0]?.hits
}

/** The cubes' old rows go a minute after new ones were computed, and the old parts some time after that. */
async function untilFinished(server: ServerProcess): Promise<ErasureAnswer> {
  const deadline = performance.now() + DONE_WITHIN_MS
  for (;;) {
    const { erasures } = await callServer<{ erasures: ErasureAnswer[] }>(server, '/api/v1/erasures')
    const [erasure] = erasures
    if (erasure?.state === 'done') return erasure
    if (performance.now() > deadline) throw new Error(`the erasure is not done: ${JSON.stringify(erasure)}`)
    await delay(200)
  }
}

async function filesWith(folder: string, text: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const found: string[] = []
  for (const entry of entries.filter((entry) => entry.isFile())) {
    const path = join(entry.parentPath, entry.name)
    if ((await readFile(path)).includes(text)) found.push(path)
  }
  return found
}

async function temporaryFolder(): Promise<AsyncDisposable & { readonly path: string }> {
  const path = await mkdtemp(join(tmpdir(), 'almanac-privacy-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true, force: true }) }
}
