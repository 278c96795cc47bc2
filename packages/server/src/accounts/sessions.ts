import { and, eq, gt, lte } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { sessions, users } from '../postgres/schema.ts'
import { hashToken, newToken } from './secret-token.ts'
import type { User } from './user.ts'

export const SESSION_DAYS = 30

/** The token is for the cookie and is not kept here. Sessions that have ended are swept out on the way. */
export async function openSession(db: NodePgDatabase, userId: string, now: Date): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + SESSION_DAYS * 24 * 60 * 60 * 1000)
  await db.delete(sessions).where(lte(sessions.expiresAt, now))
  await db.insert(sessions).values({ tokenHash: hashToken(token), userId, createdAt: now, expiresAt })
  return token
}

export async function findSession(db: NodePgDatabase, token: string, now: Date): Promise<User | undefined> {
  const [user] = await db
    .select({ id: users.id, email: users.email, name: users.name, role: users.role })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, now)))
  return user
}

export async function closeSession(db: NodePgDatabase, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, hashToken(token)))
}
