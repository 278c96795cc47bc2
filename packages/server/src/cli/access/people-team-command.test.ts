import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Invitation } from '../../accounts/invitations.ts'
import type { Team, TeamMember } from '../../accounts/team.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import { captured } from '../testing/captured.ts'
import { peopleCommand } from './people-command.ts'

const IDS = ['0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a', '1c8b4e6f-2b6f-4b65-8a48-7a8e6f2d3c4b'] as const
const ADA: TeamMember = {
  id: IDS[0],
  email: 'Ada@example.com',
  name: 'Ada',
  role: 'admin',
  createdAt: new Date(0),
  lastSeenAt: null,
}
const INVITED: Invitation = {
  id: IDS[1],
  email: 'grace@example.com',
  name: 'Grace',
  role: 'editor',
  invitedBy: null,
  createdAt: new Date(0),
  expiresAt: new Date(1000),
}

let tested: TestApp
let done: unknown[][]
beforeEach(async () => {
  done = []
  const note = (...what: unknown[]) => void done.push(what)
  const team: Partial<Team> = {
    list: async () => [ADA],
    invitations: async () => [INVITED],
    invite: async (invitation, by) => {
      note('invite', invitation, by)
      return { invitation: { ...INVITED, ...invitation }, token: 'secret-token' }
    },
    changeRole: async (id, role) => {
      note('role', id, role)
      return { ...ADA, role }
    },
    makePasswordLink: async () => ({ token: 'secret-token', expiresAt: new Date(2000) }),
    remove: async (id) => note('remove', id),
    withdraw: async (id) => note('withdraw', id),
  }
  tested = await buildTestApp({ team: team as Team })
})
afterEach(() => tested.app.close())

/** Runs the command against the real routes. */
async function run(args: string[], { isTemporary = false } = {}) {
  const url = await tested.app.listen({ port: 0, host: '127.0.0.1' })
  const { printed, deps } = captured(url, { token: LOCAL_TOKEN, isTemporary })
  await peopleCommand(deps).exitOverride().parseAsync(args, { from: 'user' })
  return { ...printed, url }
}

test('the list has people and invitations', async () => {
  const lines = (await run(['list'])).stdout.split('\n')
  expect(lines[1]).toMatch(/^Ada@example\.com +Ada +admin +never$/)
  expect(lines[2]).toMatch(/^grace@example\.com +Grace +editor +invited until 1970-01-01T00:00:01\.000Z$/)
})

test('an invitation is an address on standard output, to be sent', async () => {
  const { stdout, stderr, url } = await run(['invite', 'new@example.com', '--role', 'editor'])
  expect(stdout).toBe(`${url}/invitations/secret-token\n`)
  expect(stderr).toContain('Send it to new@example.com. It works once, until 1970-01-01T00:00:01.000Z')
  expect(done).toEqual([['invite', { email: 'new@example.com', name: 'new', role: 'editor' }, 'local']])
})

test('where no server is running, the address has no server in it', async () => {
  const { stdout, stderr } = await run(['password', 'ada@example.com'], { isTemporary: true })
  expect(stdout).toBe('/password/secret-token\n')
  expect(stderr).toContain('No server is running: put the address of yours before it.')
})

test('a person is found by the e-mail address, however it is written', async () => {
  expect((await run(['role', 'ADA@example.com', 'viewer'])).stderr).toBe('ADA@example.com is viewer now.\n')
  expect(done).toEqual([['role', IDS[0], 'viewer']])
})

test.each([
  { email: 'ada@example.com', words: 'ada@example.com is removed.\n', what: ['remove', IDS[0]] },
  { email: 'grace@example.com', words: 'grace@example.com is not invited any more.\n', what: ['withdraw', IDS[1]] },
])('remove $email', async ({ email, words, what }) => {
  expect((await run(['remove', email])).stderr).toBe(words)
  expect(done).toEqual([what])
})

test.each([
  ['role', 'nobody@example.com', 'viewer'],
  ['password', 'grace@example.com'],
  ['remove', 'ada'],
])('%s %s is refused: there is no such person', async (...args) => {
  await expect(run(args)).rejects.toMatchObject({
    code: 'not_found',
    message: `There is nobody with the e-mail address ${args[1]}`,
  })
  expect(done).toEqual([])
})

test('help tells people with an account from those whose data is stored', () => {
  const help = peopleCommand(captured('http://localhost').deps).helpInformation()
  expect(help).toMatch(/People with an account:\n +list[\s\S]+Data of visitors and users:\n +find/)
})
