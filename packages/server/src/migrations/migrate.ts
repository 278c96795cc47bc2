/**
 * Brings both databases to the schema that this code was written for. What was applied is recorded in PostgreSQL, with
 * a checksum of its text, and everything happens under one advisory lock there: of two servers that start at once, one
 * waits and then finds nothing to do. A ClickHouse migration can't be undone when it fails half way, so its statements
 * can be run again.
 */
import { createHash } from 'node:crypto'
import { AppError } from '@almanac/core/errors.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type pg from 'pg'
import { createClickHouse, translateClickHouseError } from '../clickhouse/client.ts'
import { CLICKHOUSE_MIGRATIONS, type MigrationContext } from '../clickhouse/migrations/list.ts'
import { onCluster } from '../clickhouse/table-engines.ts'
import type { ClickHouseConnection } from '../engines/start-engines.ts'
import { translatePostgresError } from '../postgres/client.ts'
import { type PostgresMigration, readPostgresMigrations } from './postgres-migrations.ts'

export interface ClickHouseMigration {
  readonly number: number
  readonly name: string
  readonly statements: (context: MigrationContext) => string[]
}

export interface MigrationOptions {
  readonly pool: pg.Pool
  readonly clickhouse: ClickHouseConnection
  /** Empty on a single node. */
  readonly cluster?: string
  readonly postgresMigrations?: readonly PostgresMigration[]
  readonly clickhouseMigrations?: readonly ClickHouseMigration[]
}

interface AppliedMigration {
  readonly engine: 'postgres' | 'clickhouse'
  readonly number: number
  readonly name: string
}

/** Returns what was applied now, in order. */
export async function runMigrations(options: MigrationOptions): Promise<AppliedMigration[]> {
  const { pool, clickhouse, cluster = '', clickhouseMigrations = CLICKHOUSE_MIGRATIONS } = options
  const postgresMigrations = options.postgresMigrations ?? (await readPostgresMigrations())
  const context = { cluster, database: clickhouse.database }
  // Without a database of its own: it may have to be made first.
  const client = createClickHouse({ ...clickhouse, database: 'default' }, { requestTimeoutMs: 3_600_000 })
  try {
    return await underLock(pool, async (session) => {
      const steps = [
        ...postgresMigrations.map((migration) => postgresStep(migration)),
        ...clickhouseMigrations.map((migration) => clickhouseStep(client, migration, context)),
      ]
      const missing = missingSteps(await readLedger(session), steps)
      if (missing.some(({ engine }) => engine === 'clickhouse')) await makeDatabase(client, context)
      for (const step of missing) await applyStep(session, step)
      return missing.map(({ engine, number, name }) => ({ engine, number, name }))
    })
  } finally {
    await client.close()
  }
}

interface Step extends AppliedMigration {
  readonly checksum: string
  run(session: pg.PoolClient): Promise<void>
}

function postgresStep({ number, name, sql }: PostgresMigration): Step {
  const run = async (session: pg.PoolClient) => {
    await session.query(sql).catch((error) => {
      throw failed('PostgreSQL', number, name, translatePostgresError(error))
    })
  }
  return { engine: 'postgres', number, name, checksum: sha256(sql), run }
}

function clickhouseStep(client: ClickHouseClient, migration: ClickHouseMigration, context: MigrationContext): Step {
  const { number, name, statements } = migration
  // Of the text on one fixed node, so that the name of a database or cluster is no change.
  const checksum = sha256(statements({ database: 'almanac', cluster: '' }).join(';\n'))
  const run = async () => {
    for (const query of statements(context)) {
      await client.command({ query }).catch((error) => {
        throw failed('ClickHouse', number, name, translateClickHouseError(error))
      })
    }
  }
  return { engine: 'clickhouse', number, name, checksum, run }
}

function failed(engine: string, number: number, name: string, cause: AppError): AppError {
  return new AppError(cause.code, `${engine} migration ${number} (${name}) failed: ${cause.message}`, {
    hint: cause.hint,
    cause,
  })
}

/** Any number, the same in all servers; nothing else in the database may use it. */
const LOCK_KEY = 4_680_001

async function underLock<Result>(pool: pg.Pool, run: (session: pg.PoolClient) => Promise<Result>): Promise<Result> {
  const session = await pool.connect().catch((error) => {
    throw translatePostgresError(error)
  })
  try {
    await session.query('SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0')
    await session.query('SELECT pg_advisory_lock($1)', [LOCK_KEY])
    return await run(session)
  } finally {
    session.release(true) // Closing the connection frees the lock in every case.
  }
}

interface LedgerRow extends AppliedMigration {
  readonly checksum: string
}

async function readLedger(session: pg.PoolClient): Promise<LedgerRow[]> {
  await session.query(`CREATE TABLE IF NOT EXISTS schema_migrations (
    engine text NOT NULL CHECK (engine IN ('postgres', 'clickhouse')),
    number integer NOT NULL,
    name text NOT NULL,
    checksum text NOT NULL,
    applied_at timestamptz NOT NULL DEFAULT now(),
    PRIMARY KEY (engine, number)
  )`)
  const { rows } = await session.query<LedgerRow>(
    'SELECT engine, number, name, checksum FROM schema_migrations ORDER BY engine, number',
  )
  return rows
}

/** Throws when what was applied is not what this code would have applied. */
function missingSteps(ledger: readonly LedgerRow[], steps: readonly Step[]): Step[] {
  for (const row of ledger) {
    const step = steps.find((step) => keyOf(step) === keyOf(row))
    if (step === undefined) throw newerDatabase(row)
    if (step.checksum !== row.checksum) throw changedMigration(row)
  }
  const applied = new Set(ledger.map(keyOf))
  return steps.filter((step) => !applied.has(keyOf(step)))
}

function keyOf({ engine, number }: AppliedMigration): string {
  return `${engine} ${number}`
}

const ENGINE_NAMES = { postgres: 'PostgreSQL', clickhouse: 'ClickHouse' } as const

function newerDatabase({ engine, number, name }: LedgerRow): AppError {
  const message = `The ${ENGINE_NAMES[engine]} schema was made by a newer Almanac: it has migration ${number} (${name})`
  return new AppError('unsupported', message, {
    hint: 'Start the newer version, or restore the backup from before the upgrade.',
  })
}

function changedMigration({ engine, number, name }: LedgerRow): AppError {
  const message = `${ENGINE_NAMES[engine]} migration ${number} (${name}) was changed after it was applied here`
  return new AppError('conflict', message, {
    hint: 'Restore the text of that migration, and put the change into a new one.',
  })
}

async function makeDatabase(client: ClickHouseClient, { database, cluster }: MigrationContext): Promise<void> {
  await client.command({ query: `CREATE DATABASE IF NOT EXISTS ${database} ${onCluster(cluster)}` }).catch((error) => {
    throw translateClickHouseError(error)
  })
}

/** For ClickHouse too the transaction is worth it: the record appears only when every statement has worked. */
async function applyStep(session: pg.PoolClient, step: Step): Promise<void> {
  await session.query('BEGIN')
  await step.run(session)
  await session.query('INSERT INTO schema_migrations (engine, number, name, checksum) VALUES ($1, $2, $3, $4)', [
    step.engine,
    step.number,
    step.name,
    step.checksum,
  ])
  await session.query('COMMIT')
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
