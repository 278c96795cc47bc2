import { ERROR_CODES, type Issue } from '@almanac/core/errors.ts'
import { AlmanacError, type AlmanacErrorCode } from './almanac-error.ts'

/** Of an answer that says what went wrong. */
export function readError(text: string, { status, headers }: Pick<Response, 'status' | 'headers'>): AlmanacError {
  const error = errorIn(text)
  if (error !== undefined) return errorOf(error, status, seconds(headers.get('retry-after')))
  return new AlmanacError(
    'unexpected',
    `The server answered ${status}, and not as Almanac does: ${text.slice(0, 200)}`,
    {
      status,
      hint: 'Is the address that of an Almanac server, and does nothing in between answer in its place?',
    },
  )
}

/** Of an error as the server writes it. */
export function errorOf(error: unknown, status?: number, retryAfterSeconds?: number): AlmanacError {
  const { code, message, hint, issues, requestId } = (error ?? {}) as Record<string, unknown>
  return new AlmanacError(
    isCode(code) ? code : 'unexpected',
    String(message ?? 'The server did not say what was wrong'),
    {
      status,
      retryAfterSeconds,
      hint: typeof hint === 'string' ? hint : undefined,
      issues: Array.isArray(issues) ? (issues as Issue[]) : [],
      requestId: typeof requestId === 'string' ? requestId : undefined,
    },
  )
}

function errorIn(text: string): unknown {
  try {
    return JSON.parse(text)?.error ?? undefined
  } catch {
    return undefined
  }
}

const CODES: readonly unknown[] = [...ERROR_CODES, 'internal']
const isCode = (code: unknown): code is AlmanacErrorCode => CODES.includes(code)

const seconds = (text: string | null) => (text !== null && /^\d+$/.test(text) ? Number(text) : undefined)
