/**
 * The closed list of failures that a caller can meet and understand. The HTTP status of each is looked up at the edge
 * (`server/src/http/error-reply.ts`); a code never changes its meaning once it was released.
 */
export const ERROR_CODES = [
  'invalid_request',
  'invalid_query',
  'invalid_event',
  'invalid_config',
  'unauthorized',
  'forbidden',
  'not_found',
  'gone',
  'conflict',
  'too_large',
  'too_many_requests',
  'overloaded',
  'disk_full',
  'log_corrupt',
  'engine_unavailable',
  'query_timeout',
  'query_failed',
  'data_directory_locked',
  'port_in_use',
  'unsupported',
] as const
export type ErrorCode = (typeof ERROR_CODES)[number]

/** One of many problems found at once, with the place of the value that has it, such as `[3, 'time']`. */
export interface Issue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

interface AppErrorOptions extends ErrorOptions {
  readonly hint?: string | undefined
  readonly issues?: readonly Issue[] | undefined
  readonly retryAfterSeconds?: number | undefined
}

/** A failure we expected and can explain. Anything else that is thrown is a bug. */
export class AppError extends Error {
  override readonly name = 'AppError'
  readonly code: ErrorCode
  /** What the reader can do about it, in one sentence. */
  readonly hint: string | undefined
  readonly issues: readonly Issue[]
  /** When it is worth trying again; undefined where the code says enough. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options)
    this.code = code
    this.hint = options.hint
    this.issues = options.issues ?? []
    this.retryAfterSeconds = options.retryAfterSeconds
  }
}
