import { and, eq, gt, lte } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { sessions, users } from '../../postgres/schema.ts'
import type { User } from '../user.ts'
import { USER_COLUMNS } from '../user-columns.ts'
import { hashToken, newToken } from './secret-token.ts'

export const SESSION_DAYS = 30

/** The token is for the cookie and is not kept here. Sessions that have ended are swept out on the way. */
export async function openSession(db: NodePgDatabase, userId: string, now: Date): Promise<string> {
  const token = newToken()
  const expiresAt = new Date(now.getTime() + SESSION_DAYS * 24 * 60 * 60 * 1000)
  await db.delete(sessions).where(lte(sessions.expiresAt, now))
  await db.insert(sessions).values({ tokenHash: hashToken(token), userId, createdAt: now, expiresAt })
  return token
}

/** Notes on the way when the person was last here. */
export async function findSession(db: NodePgDatabase, token: string, now: Date): Promise<User | undefined> {
  const [found] = await db
    .select({ ...USER_COLUMNS, lastSeenAt: users.lastSeenAt })
    .from(sessions)
    .innerJoin(users, eq(users.id, sessions.userId))
    .where(and(eq(sessions.tokenHash, hashToken(token)), gt(sessions.expiresAt, now)))
  if (!found) return undefined
  const { lastSeenAt, ...user } = found
  if (lastSeenAt === null || now.getTime() - lastSeenAt.getTime() >= SEEN_EVERY_MS) {
    await db.update(users).set({ lastSeenAt: now }).where(eq(users.id, user.id))
  }
  return user
}

/** A page asks many times a second. */
const SEEN_EVERY_MS = 5 * 60 * 1000

export async function closeSession(db: NodePgDatabase, token: string): Promise<void> {
  await db.delete(sessions).where(eq(sessions.tokenHash, hashToken(token)))
}
