import { describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { type Accounts, createAccounts } from './accounts.ts'
import { prepareSetup } from './first-admin.ts'
import { createKey, listKeys, loadActiveKeys, revokeKey, touchKeys } from './keys/key-store.ts'
import { createSource, listSources } from './sources/sources.ts'

let database: TestDatabase
useTestDatabase((fresh) => {
  database = fresh
})

const DAY_MS = 24 * 60 * 60 * 1000
const ADA = { email: 'Ada@example.com', name: 'Ada', password: 'correct horse battery' }

function people() {
  const clock = { now: new Date() }
  const file = { token: 'token-in-the-file' as string | undefined }
  const tokenFile = {
    read: async () => file.token ?? 'new',
    remove: async () => {
      file.token = undefined
    },
  }
  const accounts = createAccounts({ db: database.db, now: () => clock.now, removeSetupToken: tokenFile.remove })
  const prepare = () => prepareSetup(database.db, tokenFile, clock.now)
  return { accounts, clock, file, prepare }
}

async function withAda(): Promise<{ accounts: Accounts; clock: { now: Date }; token: string }> {
  const { accounts, clock, prepare } = people()
  const token = await prepare()
  const signedIn = await accounts.setUp({ ...ADA, token: token ?? '' })
  return { accounts, clock, token: signedIn.token }
}

describe('the first admin', () => {
  test('is made with the token, which is then gone for good', async () => {
    const { accounts, file, prepare } = people()
    expect(await accounts.isSetupNeeded()).toBe(true)
    expect(await prepare()).toBe('token-in-the-file')
    expect(await prepare()).toBe('token-in-the-file')

    const { user, token } = await accounts.setUp({ ...ADA, token: 'token-in-the-file' })

    expect(user).toEqual({ id: user.id, email: ADA.email, name: 'Ada', role: 'admin' })
    expect(await accounts.findSession(token)).toEqual(user)
    expect(file.token).toBeUndefined()
    expect(await prepare()).toBeUndefined()
    const tokens = await database.pool.query('SELECT * FROM login_tokens')
    expect(tokens.rows).toEqual([])
    await expect(accounts.setUp({ ...ADA, token: 'token-in-the-file' })).rejects.toMatchObject({ code: 'conflict' })
  })

  test('is one, even when two ask at the same instant', async () => {
    const { accounts, prepare } = people()
    const token = (await prepare()) ?? ''

    const results = await Promise.allSettled(
      ['a', 'b', 'c'].map((name) => accounts.setUp({ ...ADA, email: `${name}@example.com`, token })),
    )

    expect(results.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected', 'rejected'])
    expect((await database.pool.query('SELECT 1 FROM users')).rowCount).toBe(1)
  })

  test('is not made with another token, nor with one that is a month old', async () => {
    const { accounts, clock, prepare } = people()
    const token = (await prepare()) ?? ''

    await expect(accounts.setUp({ ...ADA, token: 'guess' })).rejects.toMatchObject({ code: 'forbidden' })
    clock.now = new Date(clock.now.getTime() + 31 * DAY_MS)
    await expect(accounts.setUp({ ...ADA, token })).rejects.toMatchObject({ code: 'forbidden' })
    expect((await database.pool.query('SELECT 1 FROM users')).rowCount).toBe(0)
  })
})

describe('sessions', () => {
  test('a login needs the right password, and forgives the case of the address', async () => {
    const { accounts } = await withAda()

    expect((await accounts.logIn('ADA@EXAMPLE.COM', ADA.password)).user.name).toBe('Ada')
    for (const [email, password] of [
      [ADA.email, 'wrong'],
      ['nobody@example.com', ADA.password],
      ["' OR 1=1 --", ''],
    ] as const) {
      await expect(accounts.logIn(email, password)).rejects.toMatchObject({ code: 'unauthorized' })
    }
  })

  test('a session ends with the logout or after thirty days, and others go on', async () => {
    const { accounts, clock, token } = await withAda()
    const other = (await accounts.logIn(ADA.email, ADA.password)).token

    await accounts.logOut(token)
    expect(await accounts.findSession(token)).toBeUndefined()
    expect(await accounts.findSession(other)).toBeDefined()

    clock.now = new Date(clock.now.getTime() + 30 * DAY_MS)
    expect(await accounts.findSession(other)).toBeUndefined()
  })

  test('the database holds nothing that opens a session', async () => {
    const { token } = await withAda()
    const { rows } = await database.pool.query('SELECT * FROM sessions')

    expect(rows).toHaveLength(1)
    expect(JSON.stringify(rows)).not.toContain(token)
    expect(rows[0].token_hash.toString('utf8')).not.toContain(token)
  })
})

describe('keys and sources', () => {
  test('a key is active until it is revoked or expires, and its secret is not kept', async () => {
    const { db } = database
    await createSource(db, { name: 'website', label: 'Website' })
    const now = new Date()
    const soon = new Date(now.getTime() + 1000)
    const lasting = await createKey(db, { name: 'a', scopes: ['ingest'], source: 'website' }, undefined)
    const short = await createKey(db, { name: 'b', scopes: ['read'], expiresAt: soon }, undefined)

    expect(lasting.secret).toMatch(/^alm_[0-9a-f]{12}_[\w-]{43}$/)
    expect(JSON.stringify(await listKeys(db))).not.toContain(lasting.secret.slice(17))
    const activeNames = async (at: Date) => (await loadActiveKeys(db, at)).map(({ key }) => key.name).toSorted()
    expect(await activeNames(now)).toEqual(['a', 'b'])
    expect(await activeNames(soon)).toEqual(['a'])

    await revokeKey(db, lasting.key.id, now)
    await revokeKey(db, lasting.key.id, soon)
    expect(await activeNames(soon)).toEqual([])
    expect((await listKeys(db)).map(({ name, revokedAt }) => [name, revokedAt])).toEqual([
      ['b', null],
      ['a', now],
    ])
    expect(short.key.expiresAt).toEqual(soon)
    await expect(revokeKey(db, crypto.randomUUID(), now)).rejects.toMatchObject({ code: 'not_found' })
  })

  test('the last use of many keys is noted at once', async () => {
    const { db } = database
    const made = await Promise.all(['a', 'b', 'c'].map((name) => createKey(db, { name, scopes: ['read'] }, undefined)))
    const at = new Date('2026-05-17T10:00:00Z')

    await touchKeys(
      db,
      made.slice(0, 2).map(({ key }) => key.id),
      at,
    )

    const uses = (await listKeys(db)).map(({ name, lastUsedAt }) => [name, lastUsedAt])
    expect(uses.toSorted()).toEqual([
      ['a', at],
      ['b', at],
      ['c', null],
    ])
  })

  test('a key for a source that does not exist is refused, and so is the same source twice', async () => {
    const { db } = database
    await expect(createKey(db, { name: 'a', scopes: ['ingest'], source: 'nowhere' }, undefined)).rejects.toMatchObject({
      code: 'not_found',
    })
    await createSource(db, { name: 'website', label: 'Website' })
    await expect(createSource(db, { name: 'website', label: 'Again' })).rejects.toMatchObject({ code: 'conflict' })
    expect((await listSources(db)).map(({ label }) => label)).toEqual(['Website'])
  })
})
