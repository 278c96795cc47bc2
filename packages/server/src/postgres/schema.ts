import { bigint, customType, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'

/** The metadata's tables as Drizzle sees them. The migrations are the truth; a test compares the two. */

const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })
const instant = (name: string) => timestamp(name, { withTimezone: true })
const count = (name: string) => bigint(name, { mode: 'number' }).notNull()

export const settings = pgTable('settings', {
  name: text('name').primaryKey(),
  value: jsonb('value').notNull(),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

export const users = pgTable('users', {
  id: uuid('id').primaryKey().defaultRandom(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  passwordHash: text('password_hash').notNull(),
  role: text('role', { enum: ['admin', 'editor', 'viewer'] }).notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
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
  createdAt: instant('created_at').notNull().defaultNow(),
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

export const ingestPositions = pgTable('ingest_positions', {
  logId: uuid('log_id').primaryKey(),
  committed: count('committed'),
  planned: count('planned'),
  updatedAt: instant('updated_at').notNull().defaultNow(),
})

export const imports = pgTable('imports', {
  id: uuid('id').primaryKey().defaultRandom(),
  source: text('source').notNull(),
  format: text('format').notNull(),
  fileName: text('file_name').notNull(),
  fingerprint: text('fingerprint').notNull(),
  options: jsonb('options').notNull().default({}),
  acknowledgedBytes: count('acknowledged_bytes').default(0),
  acknowledgedLines: count('acknowledged_lines').default(0),
  logId: uuid('log_id'),
  logEnd: count('log_end').default(0),
  stored: count('stored').default(0),
  duplicates: count('duplicates').default(0),
  quarantined: count('quarantined').default(0),
  startedAt: instant('started_at').notNull().defaultNow(),
  finishedAt: instant('finished_at'),
})

export const dailySalts = pgTable('daily_salts', {
  day: text('day').primaryKey(),
  salt: bytea('salt').notNull(),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const cubeHours = pgTable(
  'cube_hours',
  {
    cube: text('cube').notNull(),
    hour: instant('hour').notNull(),
    touched: count('touched').default(1),
    touchedAt: instant('touched_at').notNull().defaultNow(),
    computed: count('computed').default(0),
    computedAt: instant('computed_at'),
    version: count('version').default(0),
  },
  (table) => [primaryKey({ columns: [table.cube, table.hour] })],
)

export const cubeGarbage = pgTable(
  'cube_garbage',
  {
    cube: text('cube').notNull(),
    hour: instant('hour').notNull(),
    version: count('version'),
    since: instant('since').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.cube, table.hour, table.version] })],
)
