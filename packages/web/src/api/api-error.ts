interface ApiIssue {
  readonly path: readonly (string | number)[]
  readonly message: string
}

export interface ErrorBody {
  readonly code: string
  readonly message: string
  readonly hint?: string
  readonly requestId?: string
  readonly issues?: readonly ApiIssue[]
}

/** A request that failed, in words that can be shown. `status` 0 means that no answer came at all. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly status: number
  readonly code: string
  /** What the reader can do about it. */
  readonly hint: string | undefined
  /** To find the request in the server's log. */
  readonly requestId: string | undefined
  /** All that is wrong with what was sent, such as each field of a form. */
  readonly issues: readonly ApiIssue[]

  constructor(status: number, body: ErrorBody) {
    super(body.message)
    this.status = status
    this.code = body.code
    this.hint = body.hint
    this.requestId = body.requestId
    this.issues = body.issues ?? []
  }
}

/** The error that an answer stands for, also when it is not in our form: a proxy between may answer with a page. */
export function errorOfAnswer(status: number, text: string): ApiError {
  const body = errorBody(text)
  if (body) return new ApiError(status, body)
  return new ApiError(status, {
    code: 'unexpected_answer',
    message: `The server answered with status ${status}.`,
    hint: 'Try again in a moment. If it stays, look into the server’s log.',
  })
}

/** Of one of several queries, whose request did not fail. The status says whether it is worth trying again. */
export function errorOfQuery(body: ErrorBody): ApiError {
  return new ApiError(PASSING[body.code] ?? 400, body)
}

const PASSING: Readonly<Record<string, number>> = {
  too_many_requests: 429,
  overloaded: 503,
  engine_unavailable: 503,
  query_timeout: 504,
}

export function unreachable(): ApiError {
  return new ApiError(0, {
    code: 'unreachable',
    message: 'Almanac can’t be reached.',
    hint: 'Check that the server is running. This page tries again by itself.',
  })
}

/** Anything thrown, as something that can be shown. */
export function toApiError(error: unknown): ApiError {
  if (error instanceof ApiError) return error
  const message = error instanceof Error ? error.message : String(error)
  if (NOT_FETCHED.test(message)) return codeNotFetched()
  return new ApiError(0, { code: 'page_failed', message, hint: 'Reload the page.' })
}

/** As Chromium, Firefox and Safari say it. */
const NOT_FETCHED = /dynamically imported module|importing a module script failed/i

function codeNotFetched(): ApiError {
  return new ApiError(0, {
    code: 'code_not_fetched',
    message: 'This part of Almanac could not be fetched.',
    hint: 'Check that the server is running. Trying again loads the page anew.',
  })
}

function errorBody(text: string): ErrorBody | undefined {
  try {
    const { error } = JSON.parse(text)
    return typeof error?.code === 'string' && typeof error.message === 'string' ? error : undefined
  } catch {
    return undefined
  }
}
