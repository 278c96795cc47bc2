import { AppError, type ErrorCode } from '@almanac/core/errors.ts'
import { type ClickHouseClient, ClickHouseError, ClickHouseLogLevel, createClient } from '@clickhouse/client'
import type { ClickHouseConnection } from '../engines/start-engines.ts'

interface ClickHouseOptions {
  readonly requestTimeoutMs?: number
  readonly maxConnections?: number
}

/** Opens no connection yet. Settings of inserts and queries are the caller's. */
export function createClickHouse(
  { url, username, password, database }: Omit<ClickHouseConnection, 'database'> & { readonly database?: string },
  { requestTimeoutMs = 300_000, maxConnections = 20 }: ClickHouseOptions = {},
): ClickHouseClient {
  const isNear = ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(url).hostname)
  return createClient({
    url,
    username,
    password,
    ...(database === undefined ? {} : { database }),
    application: 'almanac',
    request_timeout: requestTimeoutMs,
    max_open_connections: maxConnections,
    // On loopback compressing costs more than it saves. The read-only user may not ask for compressed answers at all.
    compression: { request: !isNear, response: false },
    // Shorter than the ten seconds of the server, which otherwise closes a connection just as it is used again.
    keep_alive: { enabled: true, idle_socket_ttl: 2_500 },
    log: { level: ClickHouseLogLevel.OFF },
  })
}

const UNREACHABLE = /ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|EHOSTUNREACH|EAI_AGAIN|ETIMEDOUT|socket hang up/i

/** What a failure of ClickHouse or of its client means. An `AppError` passes unchanged. */
export function translateClickHouseError(error: unknown): AppError {
  if (error instanceof AppError) return error
  if (error instanceof ClickHouseError) return translateEngineError(error)
  const { message, code }: NodeJS.ErrnoException = error instanceof Error ? error : new Error(String(error))
  if (UNREACHABLE.test(`${code} ${message}`)) {
    return new AppError('engine_unavailable', 'ClickHouse does not answer', {
      hint: 'It is started again by itself; try again in a few seconds. "almanac doctor" says more.',
      cause: error,
    })
  }
  if (/timeout/i.test(message)) return timeoutError(error)
  return new AppError('query_failed', `The query failed: ${message}`, { cause: error })
}

const MEANINGS: Record<string, { readonly code: ErrorCode; readonly hint: string }> = {
  AUTHENTICATION_FAILED: { code: 'engine_unavailable', hint: 'Check the user and password of the ClickHouse address.' },
  QUOTA_EXCEEDED: { code: 'too_many_requests', hint: 'Wait a minute, then try again.' },
  TOO_MANY_SIMULTANEOUS_QUERIES: { code: 'too_many_requests', hint: 'Try again when other queries have ended.' },
  MEMORY_LIMIT_EXCEEDED: { code: 'query_failed', hint: 'Ask for a shorter time range or fewer dimensions.' },
  TOO_MANY_ROWS: { code: 'query_failed', hint: 'Ask for a shorter time range.' },
  TOO_MANY_ROWS_OR_BYTES: { code: 'query_failed', hint: 'Add a LIMIT, or group more coarsely.' },
  ACCESS_DENIED: { code: 'forbidden', hint: 'SQL may read the views in almanac_sql, and nothing else.' },
  READONLY: { code: 'forbidden', hint: 'SQL may read, and may not change data or limits.' },
  SETTING_CONSTRAINT_VIOLATION: { code: 'forbidden', hint: 'SQL may not raise its limits.' },
}

function translateEngineError(error: ClickHouseError): AppError {
  const type = error.type ?? ''
  if (type === 'TIMEOUT_EXCEEDED' || type === 'TOO_SLOW') return timeoutError(error)
  const { code, hint } = MEANINGS[type] ?? { code: 'query_failed', hint: undefined }
  return new AppError(code, `ClickHouse refused the query: ${scrub(error.message)}`, { hint, cause: error })
}

function timeoutError(cause: unknown): AppError {
  return new AppError('query_timeout', 'The query took too long and was stopped', {
    hint: 'Ask for a shorter time range, fewer dimensions, or a coarser grain.',
    cause,
  })
}

const MAX_MESSAGE_LENGTH = 1000

/** Without what only helps an attacker: version, addresses, stack, and where the files lie. */
function scrub(message: string): string {
  return message
    .replace(/,? Stack trace[\s\S]*$/, '')
    .replace(/\s*\(version [^)]*\)/g, '')
    .replace(/\s*\(from [^)]*\)/g, '')
    .replace(/[^\s'"`(]*\/(?:engines\/clickhouse|store)\/[^\s'"`)]*/g, '[file]')
    .trim()
    .slice(0, MAX_MESSAGE_LENGTH)
}
