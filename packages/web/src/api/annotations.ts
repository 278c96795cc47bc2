import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** A moment or a stretch of time that explains what charts show: a deploy, a campaign. */
export interface Annotation {
  readonly id: string
  readonly at: string
  /** `null`: a moment. */
  readonly until: string | null
  readonly title: string
  readonly text: string
  readonly tags: readonly string[]
  /** Of one board only. */
  readonly board: string | null
  /** Who entered it; `null`: somebody who is gone. */
  readonly by: string | null
}

export interface NewAnnotation {
  readonly at: string
  readonly until?: string
  readonly title: string
  readonly text?: string
  readonly tags?: readonly string[]
  readonly board?: string
}

export interface AnnotationWindow {
  readonly from: string
  readonly to: string
  readonly tags: readonly string[]
  /** With it, the annotations of this board come too, beside those of all. */
  readonly board: string | undefined
}

/** A change invalidates `[ANNOTATIONS]`. */
export const ANNOTATIONS = 'annotations'

export function annotationsQuery({ from, to, tags, board }: AnnotationWindow) {
  return queryOptions({
    queryKey: [ANNOTATIONS, from, to, tags, board],
    queryFn: ({ signal }) => {
      const params = new URLSearchParams({ from, to })
      if (tags.length > 0) params.set('tags', tags.join(','))
      if (board !== undefined) params.set('board', board)
      return request<{ annotations: Annotation[] }>(`/api/v1/annotations?${params}`, { signal }).then(
        ({ annotations }) => annotations,
      )
    },
    staleTime: 30_000,
  })
}

export async function createAnnotation(annotation: NewAnnotation): Promise<void> {
  await request<unknown>('/api/v1/annotations', { method: 'POST', body: annotation })
}

export async function deleteAnnotation(id: string): Promise<void> {
  await request<unknown>(`/api/v1/annotations/${encodeURIComponent(id)}`, { method: 'DELETE' })
}
