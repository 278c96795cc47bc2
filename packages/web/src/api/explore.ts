import type { ChangeAnswer, ChangeRequestInput } from '@almanac/core/explain/change.ts'
import type {
  ExplainedRows,
  ExplainRequestInput,
  ExplainRowsRequestInput,
  Explanation,
} from '@almanac/core/explain/explain.ts'
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** What stands behind one value of an answer. */
export function explanationQuery(body: ExplainRequestInput) {
  return queryOptions({
    queryKey: ['explain', body],
    queryFn: ({ signal }) => request<Explanation>('/api/v1/explain', { method: 'POST', body, signal }),
    staleTime: 30_000,
  })
}

/** The raw rows behind it, oldest first. For editors and admins: rows can hold what is personal. */
export function explainedRowsQuery(body: ExplainRowsRequestInput) {
  return infiniteQueryOptions({
    queryKey: ['explain-rows', body],
    queryFn: ({ signal, pageParam }) =>
      request<ExplainedRows>('/api/v1/explain/rows', {
        method: 'POST',
        body: { ...body, ...(pageParam !== '' && { cursor: pageParam }) },
        signal,
      }),
    initialPageParam: '',
    getNextPageParam: ({ cursor }) => cursor,
    staleTime: 30_000,
  })
}

/** Which slices moved a figure from one stretch of time to another. */
export function changeQuery(body: ChangeRequestInput) {
  return queryOptions({
    queryKey: ['explain-change', body],
    queryFn: ({ signal }) => request<ChangeAnswer>('/api/v1/explain/change', { method: 'POST', body, signal }),
    staleTime: 60_000,
  })
}
