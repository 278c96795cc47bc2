import { AppError } from '@almanac/core/errors.ts'
import { and, eq, gt, sql } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { loginTokens, users } from '../postgres/schema.ts'
import { hashPassword } from './sign-in/password.ts'
import { hashToken } from './sign-in/secret-token.ts'
import type { User } from './user.ts'
import { USER_COLUMNS } from './user-columns.ts'

/**
 * A fresh installation has no user, and whoever reaches it first must not become its owner. So the first admin is made
 * with a token that only somebody on the machine can see: it is printed at the start and lies in a file of mode 0600.
 * It works once, and once there is a user it is gone for good.
 */

const TOKEN_DAYS = 30

/** The token's file in the data directory. */
export interface SetupTokenFile {
  /** Reads the token, making it on first use, so that a restart prints the same one. */
  readonly read: () => Promise<string>
  readonly remove: () => Promise<void>
}

/** Called at every start. The token to print, or undefined when there is an admin already. */
export async function prepareSetup(db: NodePgDatabase, file: SetupTokenFile, now: Date): Promise<string | undefined> {
  if (!(await isSetupNeeded(db))) {
    await db.delete(loginTokens).where(eq(loginTokens.purpose, 'setup'))
    await file.remove()
    return undefined
  }
  const token = await file.read()
  const expiresAt = new Date(now.getTime() + TOKEN_DAYS * 24 * 60 * 60 * 1000)
  await db
    .insert(loginTokens)
    .values({ tokenHash: hashToken(token), purpose: 'setup', expiresAt })
    .onConflictDoUpdate({ target: loginTokens.tokenHash, set: { expiresAt } })
  return token
}

export async function isSetupNeeded(db: NodePgDatabase): Promise<boolean> {
  const [user] = await db.select({ id: users.id }).from(users).limit(1)
  return user === undefined
}

export interface FirstAdmin {
  readonly token: string
  readonly email: string
  readonly name: string
  readonly password: string
}

export async function createFirstAdmin(db: NodePgDatabase, admin: FirstAdmin, now: Date): Promise<User> {
  if (!(await isSetupNeeded(db))) throw alreadyDone()
  const isOurs = and(
    eq(loginTokens.tokenHash, hashToken(admin.token)),
    eq(loginTokens.purpose, 'setup'),
    gt(loginTokens.expiresAt, now),
  )
  // Asked before the hashing, which costs memory and time that a stranger must not be able to spend.
  const [known] = await db.select({ purpose: loginTokens.purpose }).from(loginTokens).where(isOurs)
  if (known === undefined) throw wrongToken()
  const passwordHash = await hashPassword(admin.password)

  return db.transaction(async (tx) => {
    await tx.execute(sql`LOCK TABLE users IN EXCLUSIVE MODE`)
    if (!(await isSetupNeeded(tx))) throw alreadyDone()
    const used = await tx.delete(loginTokens).where(isOurs).returning({ purpose: loginTokens.purpose })
    if (used.length === 0) throw wrongToken()
    await tx.delete(loginTokens).where(eq(loginTokens.purpose, 'setup'))

    const [user] = await tx
      .insert(users)
      .values({ email: admin.email, name: admin.name, passwordHash, role: 'admin' })
      .returning(USER_COLUMNS)
    if (user === undefined) throw new Error('PostgreSQL returned no row for the new user')
    return user
  })
}

function alreadyDone(): AppError {
  return new AppError('conflict', 'This installation has an admin already', { hint: 'Log in, or ask the admin.' })
}

function wrongToken(): AppError {
  return new AppError('forbidden', 'The setup token is not the one that the server printed', {
    hint: 'Copy the whole address from the console of the running server: it holds the token.',
  })
}
