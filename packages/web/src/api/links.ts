import type { Channel } from '@almanac/core/links/channel.ts'
import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'
import type { Environment } from './sources.ts'

export interface NewLink extends Channel {
  /** Absent: one is made. */
  readonly code?: string
  readonly source: string
  readonly environment: Environment
  /** For people. */
  readonly label: string
  /** With placeholders such as `{click_id}`. */
  readonly target: string
  readonly parameters: Readonly<Record<string, string>>
}

export interface TrackingLink extends NewLink {
  readonly code: string
  /** The address to give away. */
  readonly url: string
  readonly createdAt: string
  /** From then on its address leads nowhere. */
  readonly archivedAt: string | null
  readonly clicks: number
  readonly installs: number
}

/** What is not in it stays. */
export interface LinkChange extends Partial<Omit<NewLink, 'code' | 'source' | 'environment'>> {
  readonly archived?: boolean
}

/** Archived ones too. */
export const linksQuery = queryOptions({
  queryKey: ['links'],
  queryFn: ({ signal }) =>
    request<{ links: TrackingLink[] }>('/api/v1/links?archived=true', { signal }).then(({ links }) => links),
  refetchInterval: 10_000,
})

export async function createLink(link: NewLink): Promise<TrackingLink> {
  return (await request<{ link: TrackingLink }>('/api/v1/links', { method: 'POST', body: link })).link
}

export async function updateLink(code: string, change: LinkChange): Promise<void> {
  await request<unknown>(`/api/v1/links/${encodeURIComponent(code)}`, { method: 'PATCH', body: change })
}

/** Its address leads nowhere from then on. */
export async function archiveLink(code: string): Promise<void> {
  await request<undefined>(`/api/v1/links/${encodeURIComponent(code)}`, { method: 'DELETE' })
}
