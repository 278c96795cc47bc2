import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { ingestHasCaughtUp } from '../../../../packages/server/test/support/event-client.ts'
import {
  callServer,
  type ServerProcess,
  startServerProcess,
} from '../../../../packages/server/test/support/server-process.ts'
import { SEEDED } from './seed.ts'

/**
 * One server for all tests of boards, with the same small company in it and somebody of each role. What a test changes, it makes
 * for itself first: a board of its own, an event at a time that no other test looks at.
 */
export default async function startBoardsServer(project: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-boards-'))
  const server = await startServerProcess(join(folder, 'data'))
  const stop = async () => {
    await server.stop()
    await rm(folder, { recursive: true, force: true })
  }
  try {
    const sessions = await makePeople(server)
    await sendEvents(server)
    project.provide('boards', { url: server.url, token: server.token, sessions })
    return stop
  } catch (error) {
    await stop()
    throw error
  }
}

export const ROLES = ['admin', 'editor', 'viewer'] as const
export type Role = (typeof ROLES)[number]
export const PASSWORD = 'correct horse battery'
const NAMES: Readonly<Record<Role, string>> = { admin: 'Ada Example', editor: 'Edna Example', viewer: 'Vera Example' }

declare module 'vitest' {
  interface ProvidedContext {
    boards: { readonly url: string; readonly token: string; readonly sessions: Readonly<Record<Role, string>> }
  }
}

async function makePeople(server: ServerProcess): Promise<Record<Role, string>> {
  const token = (await readFile(join(server.dataDir, 'secrets', 'setup-token'), 'utf8')).trim()
  const account = { name: NAMES.admin, email: 'admin@example.com', password: PASSWORD }
  const admin = await signedIn(server, '/api/v1/setup', { token, ...account })
  const invited = async (role: Role) => {
    const person = { email: `${role}@example.com`, name: NAMES[role], role }
    const { path } = await callServer<{ path: string }>(server, '/api/v1/people/invitations', person)
    return signedIn(server, `/api/v1${path}`, { name: NAMES[role], password: PASSWORD })
  }
  return { admin, editor: await invited('editor'), viewer: await invited('viewer') }
}

/** The session that an answer begins. */
async function signedIn(server: ServerProcess, path: string, body: unknown): Promise<string> {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(server.url + path, { method: 'POST', headers, body: JSON.stringify(body) })
  const cookie = /almanac_session=([^;]+)/.exec(response.headers.get('set-cookie') ?? '')?.[1]
  if (!cookie) throw new Error(`${path} began no session: ${response.status} ${await response.text()}`)
  return cookie
}

const MOST_IN_A_BATCH = 500

async function sendEvents(server: ServerProcess): Promise<void> {
  await callServer(server, '/api/v1/sources', { name: 'website', label: 'Website' })
  for (let i = 0; i < SEEDED.length; i += MOST_IN_A_BATCH) {
    await callServer(server, '/v1/events?source=website', SEEDED.slice(i, i + MOST_IN_A_BATCH))
  }
  await ingestHasCaughtUp(server)
}
