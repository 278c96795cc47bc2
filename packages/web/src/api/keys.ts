import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'
import type { Environment } from './sources.ts'

export type KeyScope = 'ingest' | 'read' | 'admin'

export interface ApiKey {
  readonly id: string
  /** The public part, which tells keys apart in logs. */
  readonly prefix: string
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly source: string | null
  /** `null`: each event says it. */
  readonly environment: Environment | null
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export interface NewKey {
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly source?: string
  readonly environment?: Environment
}

export const keysQuery = queryOptions({
  queryKey: ['keys'],
  queryFn: ({ signal }) => request<{ keys: ApiKey[] }>('/api/v1/keys', { signal }).then(({ keys }) => keys),
})

/** The whole key is in this answer and can't be had again. */
export async function createKey(key: NewKey): Promise<string> {
  return (await request<{ secret: string }>('/api/v1/keys', { method: 'POST', body: key })).secret
}

export async function revokeKey(id: string): Promise<void> {
  await request<undefined>(`/api/v1/keys/${encodeURIComponent(id)}`, { method: 'DELETE' })
}
