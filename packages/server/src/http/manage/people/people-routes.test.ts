import type { AddressInfo } from 'node:net'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TeamMember } from '../../../accounts/team.ts'
import { nobodyElse } from '../../../accounts/testing/nobody-else.ts'
import { createLiveHub, type LiveHub } from '../../ask/live-hub.ts'
import { buildTestApp, type TestApp } from '../../test-app.ts'

const TOKEN = 'token-of-an-invitation'
const PASSWORD = 'correct horse battery'
const INVITATION = {
  id: '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a',
  email: 'grace@example.com',
  name: 'Grace',
  role: 'editor',
  invitedBy: 'Ada',
  createdAt: new Date(0),
  expiresAt: new Date(1000),
} as const

let tested: TestApp
let invited: unknown[]
let liveHub: LiveHub
beforeEach(async () => {
  invited = []
  liveHub = createLiveHub()
  const unknown = new AppError('not_found', 'This invitation does not work')
  tested = await buildTestApp({
    liveHub,
    team: {
      ...nobodyElse(),
      list: async () => members(),
      invite: async (one, by) => {
        invited.push([one, by])
        return { invitation: { ...INVITATION, ...one }, token: TOKEN }
      },
      findInvitation: async (token) => {
        if (token !== TOKEN) throw unknown
        return INVITATION
      },
      accept: async ({ token, name }) => {
        if (token !== TOKEN) throw unknown
        const { email, role } = INVITATION
        return { user: { id: INVITATION.id, email, name, role }, token: 'a-session' }
      },
      changeRole: async (id, role) => ({ ...(members().find((one) => one.id === id) as TeamMember), role }),
      remove: async () => {},
    },
  })
})
afterEach(() => tested.app.close())

const members = (): TeamMember[] =>
  [...tested.sessions.values()].map((user) => ({ ...user, createdAt: new Date(0), lastSeenAt: null }))

test('an invitation comes with its token once, in the name of who invites', async () => {
  const payload = { email: 'grace@example.com', name: ' Grace ', role: 'viewer' }
  const url = '/api/v1/people/invitations'
  const answer = await tested.app.inject({ method: 'POST', url, headers: tested.as.local, payload })

  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({ token: TOKEN, path: `/invitations/${TOKEN}`, invitation: { role: 'viewer' } })
  expect(invited).toEqual([[{ email: 'grace@example.com', name: 'Grace', role: 'viewer' }, 'local']])
  expect((await tested.app.inject({ url: '/api/v1/people', headers: tested.as.admin })).body).not.toContain(TOKEN)
})

test.each([
  { what: 'a role that there is not', payload: { email: 'a@example.com', name: 'A', role: 'owner' }, path: 'role' },
  { what: 'no e-mail address', payload: { email: 'grace', name: 'A', role: 'viewer' }, path: 'email' },
  { what: 'no name', payload: { email: 'a@example.com', name: ' ', role: 'viewer' }, path: 'name' },
])('$what is refused', async ({ payload, path }) => {
  const url = '/api/v1/people/invitations'
  const answer = await tested.app.inject({ method: 'POST', url, headers: tested.as.admin, payload })

  expect(answer.statusCode).toBe(400)
  expect(answer.json().error.issues).toMatchObject([{ path: [path] }])
})

test('whoever has the address sees for whom it is, and is logged in by accepting it', async () => {
  const url = `/api/v1/invitations/${TOKEN}`
  expect((await tested.app.inject(url)).json()).toEqual({
    email: 'grace@example.com',
    name: 'Grace',
    role: 'editor',
    expiresAt: '1970-01-01T00:00:01.000Z',
  })

  const payload = { name: 'Grace Hopper', password: PASSWORD }
  const answer = await tested.app.inject({ method: 'POST', url, payload })
  expect(answer.statusCode).toBe(201)
  expect(answer.json()).toMatchObject({ user: { name: 'Grace Hopper', role: 'editor' } })
  expect(answer.cookies).toMatchObject([{ name: 'almanac_session', value: 'a-session', httpOnly: true }])
})

test('the role and the address are those of the invitation, whatever a request says', async () => {
  const payload = { name: 'Grace', password: PASSWORD, role: 'admin', email: 'other@example.com' }
  const answer = await tested.app.inject({ method: 'POST', url: `/api/v1/invitations/${TOKEN}`, payload })
  expect(answer.statusCode).toBe(400)
})

test('invitations are not guessed: thirty times wrong from one address is the end for a quarter of an hour', async () => {
  for (let n = 0; n < 30; n++) expect((await tested.app.inject(`/api/v1/invitations/${n}`)).statusCode).toBe(404)
  expect((await tested.app.inject(`/api/v1/invitations/${TOKEN}`)).statusCode).toBe(429)

  tested.clock.ms += 15 * 60_000
  expect((await tested.app.inject(`/api/v1/invitations/${TOKEN}`)).statusCode).toBe(200)
})

test.each(['DELETE', 'PATCH'] as const)("%s of a person ends their streams, and nobody else's", async (method) => {
  await tested.app.listen({ host: '127.0.0.1', port: 0 })
  const { port } = tested.app.server.address() as AddressInfo
  const listen = (role: 'viewer' | 'editor') =>
    fetch(`http://127.0.0.1:${port}/api/v1/live`, { headers: { cookie: tested.as[role].cookie ?? '' } })
  const [own, other] = [await listen('viewer'), await listen('editor')]
  const readers = [own, other].map(({ body }) => (body as ReadableStream<Uint8Array>).getReader())
  for (const reader of readers) expect((await reader.read()).done).toBe(false)

  const id = members().find(({ role }) => role === 'viewer')?.id
  const change = await tested.app.inject({
    method,
    url: `/api/v1/people/${id}`,
    headers: tested.as.admin,
    ...(method === 'PATCH' && { payload: { role: 'editor' } }),
  })
  expect(change.statusCode).toBe(method === 'PATCH' ? 200 : 204)
  await expect(readers[0]?.read()).rejects.toThrow()

  liveHub.publish({ cubes: ['web'], from: '2026-05-01', to: '2026-05-02' })
  expect(new TextDecoder().decode((await readers[1]?.read())?.value)).toContain('event: change')
  await readers[1]?.cancel()
})
