import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** Where other tools read the figures from. */
export interface BiConnection {
  readonly host: string
  /** Of ClickHouse's HTTP interface. */
  readonly port: number
  readonly isEncrypted: boolean
  readonly database: string
  readonly user: string
  /** Then it listens on the loopback of its machine only. */
  readonly isEmbedded: boolean
  readonly views: readonly string[]
  readonly problems: readonly { readonly view: string; readonly reason: string }[]
}

export const biConnectionQuery = queryOptions({
  queryKey: ['bi-connection'],
  queryFn: ({ signal }) => request<BiConnection>('/api/v1/bi/connection', { signal }),
})

/** For admins. */
export async function readBiPassword(): Promise<string> {
  return (await request<{ password: string }>('/api/v1/bi/password', {})).password
}
