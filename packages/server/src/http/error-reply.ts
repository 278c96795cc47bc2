import { AppError, ERROR_CODES, type ErrorCode, type Issue } from '@almanac/core/errors.ts'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'

/** The one form of every error that this server answers with. */
export const ErrorAnswer = z
  .object({
    error: z.object({
      code: z
        .enum([...ERROR_CODES, 'internal'])
        .describe('What kind of failure this is; it never changes its meaning.'),
      message: z.string().describe('What was wrong, in a sentence.'),
      hint: z.string().optional().describe('What can be done about it.'),
      issues: z
        .array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))
        .optional()
        .describe('Every single problem, with the place of the value that has it.'),
      requestId: z.string().describe('Names this request in the log of the server.'),
    }),
  })
  .meta({ id: 'Error', description: 'Something did not work; the sentence says what, the hint what to do.' })
export type ErrorAnswer = z.output<typeof ErrorAnswer>

const STATUS: Record<ErrorCode, number> = {
  invalid_request: 400,
  invalid_query: 400,
  invalid_event: 400,
  invalid_config: 500,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  gone: 410,
  conflict: 409,
  too_large: 413,
  too_many_requests: 429,
  overloaded: 503,
  disk_full: 503,
  log_corrupt: 500,
  engine_unavailable: 503,
  query_timeout: 504,
  query_failed: 400,
  data_directory_locked: 409,
  port_in_use: 409,
  unsupported: 501,
}

// Long enough that waiting clients do not make it worse, short enough that nobody waits for nothing.
const RETRY_AFTER_SECONDS: Partial<Record<ErrorCode, number>> = { overloaded: 2, disk_full: 30, engine_unavailable: 2 }

/** Answers with the error. What nobody expected is logged with its stack, and the caller learns only the request's id. */
export function replyWithError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
  /** Of errors of drivers that came through. */
  translate: (error: unknown) => unknown,
): FastifyReply {
  // Nobody is there to hear it, and what was broken off for that reason is no failure.
  if (reply.raw.destroyed) return reply.hijack()
  const known = expected(error) ?? expected(translate(error))
  if (known === undefined) {
    request.log.error(
      { err: error, requestId: request.id, method: request.method, route: request.routeOptions.url },
      'request failed',
    )
    const message = 'Something went wrong on our side'
    const hint = `Look for ${request.id} in the log of the server.`
    return reply.code(500).send({ error: { code: 'internal', message, hint, requestId: request.id } })
  }
  const retryAfterSeconds = known.retryAfterSeconds ?? RETRY_AFTER_SECONDS[known.code]
  if (retryAfterSeconds !== undefined) reply.header('retry-after', retryAfterSeconds)
  if (known.code === 'too_large') readRestOfBody(request, reply)
  return reply.code(STATUS[known.code]).send(errorAnswer(known, request.id))
}

/**
 * The framework would close the connection, and a client that is still sending would see that and never the answer. Kept
 * open, the rest of the body is read and thrown away; not when it is very long, or nobody knows how long.
 */
function readRestOfBody({ headers }: FastifyRequest, reply: FastifyReply): void {
  if (Number(headers['content-length']) <= MAX_UNUSED_BYTES) reply.removeHeader('connection')
}

const MAX_UNUSED_BYTES = 64 * 1024 * 1024

function errorAnswer(error: AppError, requestId: string): ErrorAnswer {
  return { error: { ...errorBody(error), requestId } }
}

/** An expected failure as it is said to callers. */
export function errorBody({ code, message, hint, issues }: AppError): Omit<ErrorAnswer['error'], 'requestId'> {
  return {
    code,
    message,
    ...(hint !== undefined && { hint }),
    ...(issues.length > 0 && {
      issues: issues.map(({ path, message: words }) => ({ path: [...path], message: words })),
    }),
  }
}

/** The framework's own refusals of a request, in our words and codes. */
function expected(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error
  if (!(error instanceof Error) || !('statusCode' in error)) return undefined
  const status = error.statusCode
  if (typeof status !== 'number' || status < 400 || status >= 500) return undefined
  if (status === 413) return new AppError('too_large', 'The body is larger than this route takes', { cause: error })
  if (status === 415) {
    const hint = 'Send JSON with the header Content-Type: application/json.'
    return new AppError('invalid_request', 'The body is not of a type that is taken here', { hint, cause: error })
  }
  if (status === 404) return new AppError('not_found', error.message, { cause: error })
  return new AppError('invalid_request', error.message, { cause: error })
}

/** For the validators: all problems of one part of a request. */
export function invalidRequest(part: string, issues: readonly Issue[]): AppError {
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
  return new AppError('invalid_request', `The ${part} of the request has ${count}`, { issues })
}
