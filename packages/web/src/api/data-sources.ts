import { queryOptions } from '@tanstack/react-query'
import { request } from './request.ts'

/** A statement that was saved by name. */
export interface DataSource {
  readonly name: string
  readonly label: string
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
}

export const dataSourcesQuery = queryOptions({
  queryKey: ['data-sources'],
  queryFn: ({ signal }) =>
    request<{ dataSources: DataSource[] }>('/api/v1/data-sources', { signal }).then(({ dataSources }) => dataSources),
  staleTime: 30_000,
})

/** Makes it, or takes the place of the one of that name for every widget that uses it. */
export async function saveDataSource(
  name: string,
  source: Pick<DataSource, 'label' | 'sql' | 'parameters'>,
): Promise<void> {
  await request<unknown>(`/api/v1/data-sources/${encodeURIComponent(name)}`, { method: 'PUT', body: source })
}

export async function removeDataSource(name: string): Promise<void> {
  await request<void>(`/api/v1/data-sources/${encodeURIComponent(name)}`, { method: 'DELETE' })
}
