import type { QueryAnswer, QueryInput } from '@almanac/core/query/query.ts'
import { queryOptions } from '@tanstack/react-query'
import { ApiError, type ErrorBody, errorOfQuery } from './api-error.ts'
import { batched } from './batched.ts'
import { request } from './request.ts'

export interface User {
  readonly id: string
  readonly email: string
  readonly name: string
  readonly role: string
}

/** Who is logged in; `null` is nobody. */
export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: ({ signal }) =>
    request<{ user: User }>('/api/v1/session', { signal })
      .then(({ user }) => user)
      .catch((error: unknown) => {
        if (error instanceof ApiError && error.status === 401) return null
        throw error
      }),
  staleTime: 5 * 60_000,
})

/** Whether the first account is still to be made. */
export const setupQuery = queryOptions({
  queryKey: ['setup'],
  queryFn: ({ signal }) => request<{ needed: boolean }>('/api/v1/setup', { signal }),
})

/** The same question has the same key, so widgets that ask alike share one answer. */
export function cubeQuery(query: QueryInput) {
  return queryOptions({
    queryKey: [CUBE_QUERY, query] as const,
    queryFn: ({ signal }) => askCube(query, signal),
    staleTime: 30_000,
  })
}

const CUBE_QUERY = 'cube'

/** Answers one question. What is asked in the same moment is one request, so the widgets of a page show the same moment. */
export const askCube = batched<QueryInput, QueryAnswer>(askCubes, 50)

type Answered = { readonly answer: QueryAnswer } | { readonly error: ErrorBody }

async function askCubes(queries: readonly QueryInput[], signal: AbortSignal): Promise<(QueryAnswer | ApiError)[]> {
  const { answers } = await request<{ answers: Answered[] }>('/api/v1/queries', {
    method: 'POST',
    body: { queries },
    signal,
  })
  return Promise.all(answers.map((one) => ('error' in one ? errorOfQuery(one.error) : checked(one.answer))))
}

/** While developing, an answer that breaks the contract is an error at once; a reader is spared the check's weight. */
async function checked(answer: QueryAnswer): Promise<QueryAnswer> {
  if (!import.meta.env?.DEV) return answer
  const { QueryAnswer } = await import('@almanac/core/query/query.ts')
  return QueryAnswer.parse(answer)
}
