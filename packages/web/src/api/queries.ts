import type { QueryAnswer, QueryInput } from '@almanac/core/query/query.ts'
import { queryOptions } from '@tanstack/react-query'
import { ApiError } from './api-error.ts'
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

export const CUBE_QUERY = 'cube'

export async function askCube(query: QueryInput, signal: AbortSignal): Promise<QueryAnswer> {
  return checked(await request<QueryAnswer>('/api/v1/query', { method: 'POST', body: query, signal }))
}

/** While developing, an answer that breaks the contract is an error at once; a reader is spared the check's weight. */
async function checked(answer: QueryAnswer): Promise<QueryAnswer> {
  if (!import.meta.env?.DEV) return answer
  const { QueryAnswer } = await import('@almanac/core/query/query.ts')
  return QueryAnswer.parse(answer)
}
