import { errorOfAnswer, unreachable } from './api-error.ts'

interface RequestOptions {
  readonly method?: 'GET' | 'POST' | 'PATCH' | 'DELETE'
  readonly body?: unknown
  /** Ends the request when nobody waits for its answer any more. */
  readonly signal?: AbortSignal
}

/** One request to our own server. Throws `ApiError`, or the signal's reason when it was cancelled. */
export async function request<T>(path: string, { method = 'GET', body, signal }: RequestOptions = {}): Promise<T> {
  const response = await fetch(path, {
    method,
    ...(body === undefined ? {} : { body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }),
    ...(signal ? { signal } : {}),
  }).catch((error: unknown) => {
    signal?.throwIfAborted()
    throw error instanceof TypeError ? unreachable() : error
  })
  const text = await response.text()
  if (!response.ok) throw errorOfAnswer(response.status, text)
  return (text === '' ? undefined : JSON.parse(text)) as T
}
