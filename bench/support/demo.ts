import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { CubesStatusAnswer } from '../../packages/server/src/http/manage/data/cube-routes.ts'
import { callServer } from '../../packages/server/test/support/server-process.ts'
import { type BenchServer, serve } from './servers.ts'

export interface Demo {
  readonly server: BenchServer
  /** Of an admin: the value of the cookie `almanac_session`. */
  readonly session: string
}

/** The demo, filled with its ninety days and with all cubes computed. */
export async function startDemo(dataDir: string): Promise<Demo> {
  const server = await serve('demo', dataDir)
  try {
    await filled(server)
    return { server, session: await makeAdmin(server, dataDir) }
  } catch (error) {
    await server.stop()
    throw error
  }
}

async function makeAdmin(server: BenchServer, dataDir: string): Promise<string> {
  const token = (await readFile(join(dataDir, 'secrets', 'setup-token'), 'utf8')).trim()
  const account = { token, name: 'Ada Example', email: 'ada@example.com', password: 'correct horse battery' }
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${server.url}/api/v1/setup`, { method: 'POST', headers, body: JSON.stringify(account) })
  const session = /almanac_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
  if (!session) throw new Error(`there is no session: ${response.status} ${await response.text()}`)
  return session
}

async function filled(server: BenchServer): Promise<void> {
  let quietSince = performance.now()
  let hits = -1
  for (;;) {
    const { rows } = await callServer<{ rows: [[number]] }>(server, '/api/v1/sql', {
      sql: 'SELECT count() FROM events',
    })
    const { cubes } = await callServer<CubesStatusAnswer>(server, '/api/v1/cubes/status')
    const isBusy = cubes.some(({ state, buckets }) => state !== 'serving' || buckets.hours.touched > 2)
    // The trickle of live events goes on; the filling comes by thousands.
    if (isBusy || Number(rows[0][0]) > hits + 50) quietSince = performance.now()
    hits = Number(rows[0][0])
    if (hits > 100_000 && performance.now() - quietSince > 5000) return
    await sleep(1000)
  }
}
