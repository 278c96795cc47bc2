import { beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { createTeam, type Team } from './team.ts'
import type { User } from './user.ts'

let database: TestDatabase
let accounts: Accounts
let team: Team
let nowMs: number
useTestDatabase((fresh) => {
  database = fresh
})
beforeEach(() => {
  nowMs = Date.UTC(2026, 4, 20, 12)
  const now = () => new Date(nowMs)
  accounts = createAccounts({ db: database.db, now, removeSetupToken: async () => {} })
  team = createTeam({ pool: database.pool, db: database.db, now })
})

const DAY_MS = 86_400_000
const PASSWORD = 'correct horse battery'
const SOME_ID = '0b7a3d5e-1a5e-4a54-9f37-6f7d5e1c2b3a'
const grace = { email: 'grace@example.com', name: 'Grace', role: 'editor' } as const

/** Somebody who has accepted an invitation. */
async function join(name: string, role: User['role']) {
  const { token } = await team.invite({ email: `${name}@example.com`, name, role }, 'local')
  return team.accept({ token, name, password: PASSWORD })
}

describe('an invitation', () => {
  test('makes an account with the chosen role, which is logged in and can log in again', async () => {
    const ada = await join('Ada', 'admin')
    const { invitation, token } = await team.invite(grace, ada.user.id)
    expect(invitation).toMatchObject({ ...grace, invitedBy: 'Ada', expiresAt: new Date(nowMs + 7 * DAY_MS) })
    expect(await team.findInvitation(token)).toEqual(invitation)

    const accepted = await team.accept({ token, name: 'Grace Hopper', password: PASSWORD })
    const user = { id: expect.any(String), email: grace.email, name: 'Grace Hopper', role: 'editor' }
    expect(accepted.user).toEqual(user)
    expect(await accounts.findSession(accepted.token)).toEqual(user)
    expect((await accounts.logIn('GRACE@example.com', PASSWORD)).user).toEqual(user)
    expect(await team.invitations()).toEqual([])
  })

  test('works once, for a week, until it is withdrawn or made again', async () => {
    const used = await team.invite(grace, 'local')
    await team.accept({ token: used.token, name: 'Grace', password: PASSWORD })
    const late = await team.invite({ ...grace, email: 'late@example.com' }, 'local')
    const withdrawn = await team.invite({ ...grace, email: 'withdrawn@example.com' }, 'local')
    await team.withdraw(withdrawn.invitation.id)
    const first = await team.invite({ ...grace, email: 'again@example.com' }, 'local')
    const second = await team.invite({ ...grace, email: 'AGAIN@example.com', role: 'viewer' }, 'local')
    expect(await team.findInvitation(second.token)).toMatchObject({ role: 'viewer' })

    nowMs += 7 * DAY_MS
    for (const { token } of [used, late, withdrawn, first, second]) {
      await expect(team.findInvitation(token)).rejects.toMatchObject({ code: 'not_found' })
      await expect(team.accept({ token, name: 'x', password: PASSWORD })).rejects.toMatchObject({ code: 'not_found' })
    }
    expect((await team.list()).map(({ email }) => email)).toEqual(['grace@example.com'])
    expect((await team.invitations()).map(({ email }) => email).toSorted()).toEqual([
      'AGAIN@example.com',
      'late@example.com',
    ])
  })

  test('that two accept at once makes one account', async () => {
    const { token } = await team.invite(grace, 'local')
    const both = await Promise.allSettled(
      ['one', 'two'].map((name) => team.accept({ token, name, password: PASSWORD })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect(await team.list()).toHaveLength(1)
  })

  test('is not for somebody who has an account', async () => {
    await join('grace', 'viewer')
    await expect(team.invite({ ...grace, email: 'Grace@Example.com' }, 'local')).rejects.toMatchObject({
      code: 'conflict',
    })
  })

  test('leaves no token in the database', async () => {
    const { token } = await team.invite(grace, 'local')
    const { rows } = await database.pool.query('SELECT invitations::text AS row FROM invitations')

    expect(rows[0].row).not.toContain(token)
    expect(rows[0].row).not.toContain(Buffer.from(token).toString('hex'))
  })
})

describe('roles', () => {
  test('are in force with the next request', async () => {
    await join('Ada', 'admin')
    const { user, token } = await join('Grace', 'admin')
    expect(await team.changeRole(user.id, 'viewer')).toMatchObject({ name: 'Grace', role: 'viewer' })

    expect(await accounts.findSession(token)).toMatchObject({ role: 'viewer' })
  })

  test('the last admin stays one, and stays', async () => {
    const { user } = await join('Ada', 'admin')
    await join('Grace', 'editor')
    const refused = { code: 'conflict', message: 'This is the last admin, and there has to be one' }

    await expect(team.changeRole(user.id, 'editor')).rejects.toMatchObject(refused)
    await expect(team.remove(user.id)).rejects.toMatchObject(refused)
    expect(await team.changeRole(user.id, 'admin')).toMatchObject({ role: 'admin' })
  })

  test('two admins who take the role from each other at once leave one of them', async () => {
    const [ada, grace] = [await join('Ada', 'admin'), await join('Grace', 'admin')]
    const both = await Promise.allSettled([team.changeRole(ada.user.id, 'viewer'), team.remove(grace.user.id)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
    expect((await team.list()).filter(({ role }) => role === 'admin')).toHaveLength(1)
  })
})

describe('somebody who is removed', () => {
  test('is logged out everywhere and cannot log in', async () => {
    await join('Ada', 'admin')
    const { user, token } = await join('Grace', 'editor')
    const second = await accounts.logIn(user.email, PASSWORD)
    await team.remove(user.id)

    expect(await accounts.findSession(token)).toBeUndefined()
    expect(await accounts.findSession(second.token)).toBeUndefined()
    await expect(accounts.logIn(user.email, PASSWORD)).rejects.toMatchObject({ code: 'unauthorized' })
    expect((await team.list()).map(({ name }) => name)).toEqual(['Ada'])
  })

  test('has to be there', async () => {
    await join('Ada', 'admin')
    for (const change of [() => team.remove(SOME_ID), () => team.changeRole(SOME_ID, 'viewer')]) {
      await expect(change()).rejects.toMatchObject({ code: 'not_found' })
    }
    await expect(team.withdraw(SOME_ID)).rejects.toMatchObject({ code: 'not_found' })
  })
})

test('when somebody was last seen is known to five minutes', async () => {
  const { token } = await join('Ada', 'admin')
  const lastSeen = async () => (await team.list())[0]?.lastSeenAt?.getTime()
  expect(await lastSeen()).toBeUndefined()
  const start = nowMs

  await accounts.findSession(token)
  expect(await lastSeen()).toBe(start)
  nowMs += 5 * 60_000 - 1
  await accounts.findSession(token)
  expect(await lastSeen()).toBe(start)
  nowMs += 1
  await accounts.findSession(token)
  expect(await lastSeen()).toBe(start + 5 * 60_000)
})

describe('the own account', () => {
  const NEW = 'another horse battery'

  test('gets another name everywhere', async () => {
    const { user, token } = await join('Ada', 'admin')
    expect(await accounts.rename(user.id, 'Ada Lovelace')).toEqual({ ...user, name: 'Ada Lovelace' })
    expect(await accounts.findSession(token)).toEqual({ ...user, name: 'Ada Lovelace' })
    await expect(accounts.rename(SOME_ID, 'Nobody')).rejects.toMatchObject({ code: 'not_found' })
  })

  test('gets another password, and only the session that asked goes on', async () => {
    const { user, token } = await join('Ada', 'admin')
    const grace = await join('Grace', 'editor')
    const other = await accounts.logIn(user.email, PASSWORD)
    const link = await team.makePasswordLink(user.id)
    await accounts.changePassword(user.id, { current: PASSWORD, next: NEW, token })

    expect(await accounts.findSession(token)).toEqual(user)
    expect(await accounts.findSession(other.token)).toBeUndefined()
    expect(await accounts.findSession(grace.token)).toBeDefined()
    expect((await accounts.logIn(user.email, NEW)).user).toEqual(user)
    await expect(accounts.logIn(user.email, PASSWORD)).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(team.findPasswordLink(link.token)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('keeps its password when the current one is wrong, and of two changes at once takes one', async () => {
    const { user, token } = await join('Ada', 'admin')
    const change = (current: string, next: string) => accounts.changePassword(user.id, { current, next, token })
    const wrong = { code: 'invalid_request', issues: [{ path: ['current'] }] }
    await expect(change('wrong', NEW)).rejects.toMatchObject(wrong)
    expect((await accounts.logIn(user.email, PASSWORD)).user).toEqual(user)

    const both = await Promise.allSettled([change(PASSWORD, NEW), change(PASSWORD, `${NEW} 2`)])
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })
})

describe('a forgotten password', () => {
  const NEW = 'another horse battery'

  test('is replaced once, by whoever has the address, and ends all other sessions', async () => {
    const { user, token: old } = await join('Ada', 'admin')
    const { token, expiresAt } = await team.makePasswordLink(user.id)
    expect(expiresAt).toEqual(new Date(nowMs + DAY_MS))
    expect(await team.findPasswordLink(token)).toEqual({ email: user.email, name: 'Ada', expiresAt })
    expect((await accounts.logIn(user.email, PASSWORD)).user).toEqual(user)

    const signedIn = await team.setPassword(token, NEW)
    expect(await accounts.findSession(signedIn.token)).toEqual(user)
    expect(await accounts.findSession(old)).toBeUndefined()
    expect((await accounts.logIn(user.email, NEW)).user).toEqual(user)
    await expect(accounts.logIn(user.email, PASSWORD)).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(team.setPassword(token, PASSWORD)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the address works for a day, and the last one alone', async () => {
    const { user } = await join('Ada', 'admin')
    const [first, second] = [await team.makePasswordLink(user.id), await team.makePasswordLink(user.id)]
    await expect(team.findPasswordLink(first.token)).rejects.toMatchObject({ code: 'not_found' })
    nowMs += DAY_MS
    await expect(team.setPassword(second.token, NEW)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the token of the first setup is none', async () => {
    await join('Ada', 'admin')
    await database.pool.query(
      `INSERT INTO login_tokens (token_hash, purpose, expires_at) VALUES (sha256('setup'), 'setup', 'infinity')`,
    )
    await expect(team.setPassword('setup', NEW)).rejects.toMatchObject({ code: 'not_found' })
    await expect(team.makePasswordLink(SOME_ID)).rejects.toMatchObject({ code: 'not_found' })
  })
})
