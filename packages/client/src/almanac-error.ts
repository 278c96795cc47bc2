import type { ErrorCode, Issue } from '@almanac/core/errors.ts'

/**
 * What a server refuses with (one of Almanac's own), `internal` when it failed, `unreachable` when nobody answered, and
 * `unexpected` when something answered that is no Almanac server.
 */
export type AlmanacErrorCode = ErrorCode | 'internal' | 'unreachable' | 'unexpected'

interface Details extends ErrorOptions {
  readonly status?: number | undefined
  readonly hint?: string | undefined
  readonly issues?: readonly Issue[] | undefined
  readonly requestId?: string | undefined
  readonly retryAfterSeconds?: number | undefined
}

/** A request that has not worked: the sentence says what was wrong, the hint what can be done. */
export class AlmanacError extends Error {
  override readonly name = 'AlmanacError'
  /** Never changes its meaning. */
  readonly code: AlmanacErrorCode
  /** Of HTTP; undefined where there was no answer. */
  readonly status: number | undefined
  readonly hint: string | undefined
  /** Every single problem, with the place of the value that has it. */
  readonly issues: readonly Issue[]
  /** Names the request in the log of the server. */
  readonly requestId: string | undefined
  /** When it is worth trying again, where the server knows. */
  readonly retryAfterSeconds: number | undefined

  constructor(code: AlmanacErrorCode, message: string, details: Details = {}) {
    super(message, details)
    this.code = code
    this.status = details.status
    this.hint = details.hint
    this.issues = details.issues ?? []
    this.requestId = details.requestId
    this.retryAfterSeconds = details.retryAfterSeconds
  }
}
