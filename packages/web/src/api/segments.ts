import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** A filter that was saved by name. */
export interface Segment {
  readonly name: string
  readonly label: string
  readonly description: string
}

/** Those that the cube can be filtered by. */
export function segmentsQuery(cube: string) {
  return queryOptions({
    queryKey: ['segments', cube],
    queryFn: ({ signal }) =>
      request<{ segments: Segment[] }>(`/api/v1/segments?cube=${encodeURIComponent(cube)}`, { signal }).then(
        ({ segments }) => segments,
      ),
    staleTime: 60_000,
  })
}
