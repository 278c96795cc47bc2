import { errorOfAnswer, unreachable } from './api-error.ts'

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** Ends the request when nobody waits for its answer any more. */
  readonly signal?: AbortSignal
}

/** One request to our own server. Throws `ApiError`, or the signal's reason when it was cancelled. */
export async function request<T>(path: string, options: RequestOptions = {}): Promise<T> {
  const text = await requestText(path, options)
  return (text === '' ? undefined : JSON.parse(text)) as T
}

/** The same where the answer is text. */
export async function requestText(
  path: string,
  { method = 'GET', body, signal }: RequestOptions = {},
): Promise<string> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal ? { signal } : {}),
    // What is deleted when somebody leaves the page is deleted all the same.
    ...(method === 'DELETE' && { keepalive: true }),
  }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw error instanceof TypeError ? unreachable() : error
  })
  const text = await response.text()
  if (!response.ok) throw errorOfAnswer(response.status, text)
  return text
}
