import { AppError } from '@almanac/core/errors.ts'
import { and, eq, ne } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { loginTokens, sessions, users } from '../postgres/schema.ts'
import { hashPassword, verifyPassword } from './sign-in/password.ts'
import { hashToken } from './sign-in/secret-token.ts'
import type { User } from './user.ts'
import { USER_COLUMNS } from './user-columns.ts'

/** What somebody changes about the own account, who knows the password. */
export interface PasswordChange {
  readonly current: string
  readonly next: string
  /** Of the session that goes on; all others of the person end. */
  readonly token: string
}

export async function renameUser(db: NodePgDatabase, userId: string, name: string): Promise<User> {
  const [renamed] = await db.update(users).set({ name }).where(eq(users.id, userId)).returning(USER_COLUMNS)
  if (!renamed) throw new AppError('not_found', `There is no person ${userId}`)
  return renamed
}

/** An address for a forgotten password that was made before works no more. */
export async function changePassword(
  db: NodePgDatabase,
  userId: string,
  { current, next, token }: PasswordChange,
): Promise<void> {
  const [user] = await db.select({ stored: users.passwordHash }).from(users).where(eq(users.id, userId))
  if (user === undefined || !(await verifyPassword(current, user.stored))) throw wrongPassword()
  const passwordHash = await hashPassword(next)
  await db.transaction(async (transaction) => {
    // With the hash that was checked: of two changes at once, the second has the wrong password.
    const { rowCount } = await transaction
      .update(users)
      .set({ passwordHash })
      .where(and(eq(users.id, userId), eq(users.passwordHash, user.stored)))
    if (rowCount === 0) throw wrongPassword()
    await transaction.delete(loginTokens).where(and(eq(loginTokens.userId, userId), eq(loginTokens.purpose, 'login')))
    await transaction.delete(sessions).where(and(eq(sessions.userId, userId), ne(sessions.tokenHash, hashToken(token))))
  })
}

function wrongPassword(): AppError {
  const message = 'This is not your current password'
  return new AppError('invalid_request', message, {
    hint: 'Capital letters count. An admin can make an address to choose a new one by.',
    issues: [{ path: ['current'], message }],
  })
}
