import { type ApiError, toApiError } from '../api/api-error.ts'

/** What a widget knows about its data. With data and an error at once, the data is of the last answer that came. */
export interface Loadable<T> {
  readonly data: T | undefined
  readonly error: ApiError | undefined
  /** The data answers an earlier question; the answer to this one is on its way. */
  readonly isSuperseded: boolean
  /** The data should be newer although nothing has failed, such as while the connection to the server is lost. */
  readonly isStale?: boolean | undefined
  readonly retry: () => void
}

interface Result<T> {
  readonly data: T | undefined
  readonly error: Error | null
  readonly isPlaceholderData: boolean
  readonly refetch: () => unknown
}

export function loadable<T, U>(result: Result<T>, map: (data: T) => U): Loadable<U> {
  return {
    data: result.data === undefined ? undefined : map(result.data),
    error: result.error ? toApiError(result.error) : undefined,
    isSuperseded: result.isPlaceholderData,
    retry: () => void result.refetch(),
  }
}
