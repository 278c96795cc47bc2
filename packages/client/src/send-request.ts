import { AlmanacError } from './almanac-error.ts'
import { readError } from './read-error.ts'

export interface ClientOptions {
  /** Of the server, such as `https://almanac.example.com`. */
  readonly url: string
  /** An API key. In a page of the same server, the session of who is logged in does without one. */
  readonly key?: string
  /** Takes the place of the runtime's own. */
  readonly fetch?: typeof fetch
}

export interface RequestOptions {
  /** Aborting it also stops the work on the server. */
  readonly signal?: AbortSignal
}

export interface Request extends RequestOptions {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
  readonly body?: object
}

/** The JSON of the answer, undefined where it has none. Throws `AlmanacError`, or the signal's reason when it aborts. */
export async function sendRequest<Answer>(
  { url, key, fetch: send = fetch }: ClientOptions,
  { method, path, body, signal }: Request,
): Promise<Answer> {
  const address = new URL(path.slice(1), url.endsWith('/') ? url : `${url}/`)
  try {
    const response = await send(address, {
      method,
      headers: {
        accept: 'application/json',
        ...(key !== undefined && { authorization: `Bearer ${key}` }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ...(signal !== undefined && { signal }),
    })
    const text = await response.text()
    if (!response.ok) throw readError(text, response)
    return answerOf<Answer>(text, response)
  } catch (error) {
    if (signal?.aborted) throw signal.reason
    throw error instanceof AlmanacError ? error : unreachable(url, error)
  }
}

function answerOf<Answer>(text: string, { status }: Response): Answer {
  if (status === 204) return undefined as Answer
  try {
    return JSON.parse(text)
  } catch (cause) {
    throw new AlmanacError('unexpected', `Expected JSON from the server, got "${text.slice(0, 100)}"`, {
      status,
      hint: 'Is the address that of an Almanac server?',
      cause,
    })
  }
}

function unreachable(url: string, cause: unknown): AlmanacError {
  const error = cause instanceof Error ? cause : new Error(String(cause))
  const reason = error.cause instanceof Error ? error.cause.message : error.message
  return new AlmanacError('unreachable', `The server at ${url} does not answer: ${reason}`, {
    hint: 'Check the address, and whether the server runs.',
    cause,
  })
}
