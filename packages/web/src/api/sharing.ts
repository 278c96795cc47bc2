import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** Secret links to boards, for people without an account. */
export interface ShareLink {
  readonly id: string
  /** For whom it is. */
  readonly label: string
  readonly hasPassword: boolean
  /** What its reader may choose: `range`, `grain`, `compare`, names of the board's variables. */
  readonly allow: readonly string[]
  readonly timezone: string
  /** `null`: somebody who is gone. */
  readonly createdBy: string | null
  readonly createdAt: string
  readonly expiresAt: string | null
  readonly lastUsedAt: string | null
}

export interface NewShareLink {
  readonly label: string
  readonly password?: string
  readonly expiresAt?: string
  readonly allow: readonly string[]
  readonly timezone: string
}

/** The addresses are in this answer and can't be had again. */
export interface MadeShareLink {
  readonly link: ShareLink
  readonly path: string
  readonly embedPath: string
}

export function shareLinksQuery(slug: string) {
  return queryOptions({
    queryKey: ['share-links', slug],
    queryFn: ({ signal }) => request<{ links: ShareLink[] }>(linksPath(slug), { signal }).then(({ links }) => links),
  })
}

export async function createShareLink(slug: string, link: NewShareLink): Promise<MadeShareLink> {
  return request(linksPath(slug), { method: 'POST', body: link })
}

/** It leads nowhere from then on, also where it is open. */
export async function endShareLink(slug: string, id: string): Promise<void> {
  await request<unknown>(`${linksPath(slug)}/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

const linksPath = (slug: string) => `/api/v1/boards/${encodeURIComponent(slug)}/links`
