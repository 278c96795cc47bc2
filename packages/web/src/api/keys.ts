import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

export type KeyScope = 'ingest' | 'read' | 'admin'

export interface ApiKey {
  readonly id: string
  /** The public part, which tells keys apart in logs. */
  readonly prefix: string
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly source: string | null
  readonly createdAt: string
  readonly lastUsedAt: string | null
  readonly revokedAt: string | null
}

export interface NewKey {
  readonly name: string
  readonly scopes: readonly KeyScope[]
  readonly source?: string
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

export async function createSource(name: string): Promise<void> {
  await request<unknown>('/api/v1/sources', { method: 'POST', body: { name, label: name } })
}
