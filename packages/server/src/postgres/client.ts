import { AppError, type ErrorCode } from '@almanac/core/errors.ts'
import { drizzle, type NodePgDatabase } from 'drizzle-orm/node-postgres'
import pg from 'pg'

export interface Postgres {
  readonly pool: pg.Pool
  readonly db: NodePgDatabase
  close(): Promise<void>
}

interface PostgresOptions {
  readonly maxConnections?: number
  /** For a server that hangs and so does not keep its own limit, which is a bit shorter; 0 for as long as it takes. */
  readonly answerWithinMs?: number
}

/** Opens no connection yet. A connection that breaks fails the query that uses it, and never the process. */
export function openPostgres(
  url: string,
  { maxConnections = 10, answerWithinMs = 65_000 }: PostgresOptions = {},
): Postgres {
  const pool = new pg.Pool({
    connectionString: url,
    application_name: 'almanac',
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: 60_000,
    query_timeout: answerWithinMs,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
  })
  pool.on('error', () => {}) // Of idle connections; the pool replaces them.
  pool.on('connect', (client) => {
    client.on('error', () => {}) // Of one in use, whose query is rejected as well.
  })
  return { pool, db: drizzle(pool), close: () => pool.end() }
}

const SOON_MS = 5_000

/** A statement that is quick unless PostgreSQL hangs, for somebody who waits: it fails after five seconds. */
export function answeredSoon(text: string, values: unknown[] = []): pg.QueryConfig {
  const limit = { query_timeout: SOON_MS } // Not in the types of the driver, which reads it.
  return { text, values, ...limit }
}

/** By SQLSTATE, whole or by its class, the first two characters. */
const MEANINGS: Record<string, ErrorCode> = {
  '08': 'engine_unavailable',
  '53100': 'disk_full',
  '53300': 'engine_unavailable',
  '57014': 'query_timeout',
  '57P01': 'engine_unavailable',
  '57P02': 'engine_unavailable',
  '57P03': 'engine_unavailable',
  '28': 'engine_unavailable',
  '3D000': 'engine_unavailable',
  '23505': 'conflict',
}
const UNREACHABLE =
  /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|ETIMEDOUT|Connection terminated|timeout exceeded when trying to connect|Query read timeout/i

/** What a failure of PostgreSQL or of its driver means. An `AppError` passes unchanged. */
export function translatePostgresError(error: unknown): AppError {
  if (error instanceof AppError) return error
  const cause = driverError(error)
  const sqlState = cause.code ?? ''
  const known = MEANINGS[sqlState] ?? MEANINGS[sqlState.slice(0, 2)]
  const code = known ?? (UNREACHABLE.test(`${sqlState} ${cause.message}`) ? 'engine_unavailable' : 'query_failed')
  if (code === 'engine_unavailable') {
    return new AppError(code, `PostgreSQL does not answer: ${cause.message}`, {
      hint: 'The embedded one is started again by itself; try again in a few seconds. "almanac doctor" says more.',
      cause: error,
    })
  }
  return new AppError(code, `PostgreSQL refused a statement: ${cause.message}`, { cause: error })
}

/** Drizzle wraps what the driver throws. */
function driverError(error: unknown): Error & { code?: string } {
  if (!(error instanceof Error)) return new Error(String(error))
  return 'query' in error && error.cause instanceof Error ? error.cause : error
}
