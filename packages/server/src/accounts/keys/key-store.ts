import { AppError } from '@almanac/core/errors.ts'
import { and, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import type { NodePgDatabase } from 'drizzle-orm/node-postgres'
import { apiKeys } from '../../postgres/schema.ts'
import { hashToken } from '../sign-in/secret-token.ts'
import { requireSource } from '../sources/sources.ts'
import { type ActiveKey, type ApiKey, type Environment, KEY_SCOPES, type KeyScope, newKeySecret } from './api-key.ts'

export interface NewKey {
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly source?: string | undefined
  readonly environment?: Environment | undefined
  readonly expiresAt?: Date | undefined
}

/** The secret is in the answer and nowhere else: it cannot be shown a second time. */
export async function createKey(
  db: NodePgDatabase,
  { name, scopes, source, environment, expiresAt }: NewKey,
  createdBy: string | undefined,
): Promise<{ key: ApiKey; secret: string }> {
  if (source !== undefined) await requireSource(db, source)
  const { prefix, secret } = newKeySecret()
  const [row] = await db
    .insert(apiKeys)
    .values({
      prefix,
      secretHash: hashToken(secret),
      name,
      scopes: [...scopes],
      source,
      environment,
      expiresAt,
      createdBy,
    })
    .returning()
  if (row === undefined) throw new Error('PostgreSQL returned no row for the new key')
  return { key: toKey(row), secret }
}

/** Revoked ones too, newest first. */
export async function listKeys(db: NodePgDatabase): Promise<ApiKey[]> {
  const rows = await db.select().from(apiKeys).orderBy(desc(apiKeys.createdAt))
  return rows.map(toKey)
}

/** Revoking twice is fine and keeps the first time. */
export async function revokeKey(db: NodePgDatabase, id: string, now: Date): Promise<void> {
  const [row] = await db.select({ id: apiKeys.id }).from(apiKeys).where(eq(apiKeys.id, id))
  if (row === undefined) throw new AppError('not_found', `There is no API key ${id}`)
  await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
}

export async function loadActiveKeys(db: NodePgDatabase, now: Date): Promise<ActiveKey[]> {
  const rows = await db
    .select()
    .from(apiKeys)
    .where(and(isNull(apiKeys.revokedAt), or(isNull(apiKeys.expiresAt), gt(apiKeys.expiresAt, now))))
  return rows.map((row) => ({ key: toKey(row), secretHash: row.secretHash }))
}

export async function touchKeys(db: NodePgDatabase, ids: readonly string[], at: Date): Promise<void> {
  await db
    .update(apiKeys)
    .set({ lastUsedAt: at })
    .where(inArray(apiKeys.id, [...ids]))
}

function toKey(row: typeof apiKeys.$inferSelect): ApiKey {
  return {
    id: row.id,
    prefix: row.prefix,
    name: row.name,
    scopes: KEY_SCOPES.filter((scope) => row.scopes.includes(scope)),
    source: row.source,
    environment: row.environment,
    createdAt: row.createdAt,
    expiresAt: row.expiresAt,
    lastUsedAt: row.lastUsedAt,
    revokedAt: row.revokedAt,
  }
}
