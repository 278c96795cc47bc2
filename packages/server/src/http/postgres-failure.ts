import { AppError } from '@almanac/core/errors.ts'
import { translatePostgresError } from '../postgres/client.ts'

/**
 * PostgreSQL away, slow or out of disk: expected failures, wherever a route asked it something. Everything else that it
 * complains about is a bug of ours and stays one.
 */
export function postgresFailure(error: unknown): unknown {
  const translated = translatePostgresError(error)
  return EXPECTED.has(translated.code) && !(error instanceof AppError) ? translated : error
}

const EXPECTED = new Set(['engine_unavailable', 'query_timeout', 'disk_full'])
