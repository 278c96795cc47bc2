import { execFileSync } from 'node:child_process'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ErrorAnswer } from '../src/http/error-reply.ts'
import { almanac } from './support/almanac-command.ts'
import { createEventClient, type EventClient, expectAllStoredOnce } from './support/event-client.ts'
import { eventually } from './support/processes.ts'
import { makeScratch } from './support/scratch.ts'
import { callServer } from './support/server-process.ts'

// In a mount namespace of its own the small disk is gone with the server, however that ends.
const onSmallDisk = (path: string) => {
  const script = 'mkdir -p "$0" && mount -t tmpfs -o size=24m tmpfs "$0" && exec "$@"'
  return ['unshare', '--mount', 'sh', '-c', script, path]
}

test.skipIf(!canMount()).each([
  { what: 'nothing is kept free', minFree: '0' },
  { what: '4 MiB are kept free', minFree: '4MiB' },
])('a full disk refuses events in words, and the server goes on when space is freed ($what)', async ({ minFree }) => {
  await using scratch = await makeScratch()
  const { dataDir } = scratch
  const logFolder = join(dataDir, 'log')
  const server = await scratch.start({
    launcher: onSmallDisk(logFolder),
    env: { ALMANAC_MIN_FREE_DISK_BYTES: minFree },
  })
  const client = await createEventClient(server)
  expect((await client.send(10)).status).toBe(202)

  // The disk as the server sees it.
  const ballast = join(`/proc/${server.child.pid}/root`, logFolder, 'ballast')
  await writeFile(ballast, Buffer.alloc(12 * 1024 * 1024))
  const refused = await untilRefused(client)
  expect(refused.status).toBe(503)
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
  const { error } = (await refused.json()) as ErrorAnswer
  expect(error.code).toBe('disk_full')
  expect(error.message).toContain(`The event log in ${logFolder} needs`)
  expect(error.message).toMatch(/[\d.]+ MB are free$/)
  expect(error.hint).toMatch(/Free some space/)

  const ready = await fetch(`${server.url}/readyz`)
  expect(ready.status).toBe(503)
  expect(await ready.json()).toMatchObject({ status: 'unavailable', checks: { clickhouse: 'ok', log: error.message } })
  const doctor = await almanac(['doctor', '--data-dir', dataDir])
  expect(doctor.stdout).toMatch(/FAIL {2}log: it takes no events: The event log in .*\n {6}Make room on the disk/)
  expect(doctor.exitCode).toBe(1)
  // What is stored can still be asked for.
  await callServer(server, '/api/v1/query', { cube: 'web', measures: ['hits'], from: '2026-01-01', to: '2026-01-02' })

  const before = client.acknowledged.size
  await rm(ballast)
  await eventually('events are taken again', async () => (await client.send(10)).status === 202)
  expect(client.acknowledged.size).toBe(before + 10)
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200)
  await expectAllStoredOnce(server, client)
  expect(await server.stop()).toBe(0)
})

async function untilRefused(client: EventClient): Promise<Response> {
  for (let i = 0; i < 100; i++) {
    const response = await client.send(100, 4000)
    if (response.status !== 202) return response
  }
  throw new Error('the disk never got full')
}

function canMount(): boolean {
  try {
    execFileSync('unshare', ['--mount', 'sh', '-c', 'mount -t tmpfs tmpfs /tmp'])
    return true
  } catch {
    return false
  }
}
