import { SOURCE_KINDS } from '@almanac/core/sources/source-settings.ts'
import { customType, jsonb, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/**
 * The tables of accounts and keys, as Drizzle sees them. The migrations are the truth; a test compares the two. What ingest
 * and the cubes keep is read and written in their own few statements.
 */

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true })

export const users = pgTable('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  passwordHash: text('password_hash').notNull(),
  role: text('role', { enum: ['admin', 'editor', 'viewer'] }).notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastSeenAt: instant('last_seen_at'),
})

export const sessions = pgTable('sessions', {
  tokenHash: bytea('token_hash').primaryKey(),
  userId: uuid('user_id').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
})

export const loginTokens = pgTable('login_tokens', {
  tokenHash: bytea('token_hash').primaryKey(),
  purpose: text('purpose', { enum: ['setup', 'login'] }).notNull(),
  userId: uuid('user_id'),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
})

export const sources = pgTable('sources', {
  name: text('name').primaryKey(),
  label: text('label').notNull(),
  kind: text('kind', { enum: SOURCE_KINDS }).notNull().default('website'),
  settings: jsonb('settings').notNull().default({}),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastEventAt: instant('last_event_at'),
})

export const apiKeys = pgTable('api_keys', {
  id: uuid('id').primaryKey().defaultRandom(),
  prefix: text('prefix').notNull(),
  secretHash: bytea('secret_hash').notNull(),
  name: text('name').notNull(),
  scopes: text('scopes').array().notNull(),
  source: text('source'),
  environment: text('environment', { enum: ['production', 'sandbox'] }),
  createdBy: uuid('created_by'),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at'),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
})
