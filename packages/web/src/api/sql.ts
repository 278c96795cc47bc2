import { queryOptions } from '@tanstack/react-query'
import { errorOfAnswer, unreachable } from './api-error.ts'
import { request } from './request.ts'

/** People's own statements: run, watched, cancelled. */
export interface SqlRequest {
  readonly sql: string
  readonly parameters: Readonly<Record<string, unknown>>
  readonly limit: number
  /** Names it while it runs. */
  readonly id: string
}

export interface SqlAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  readonly rows: readonly (readonly unknown[])[]
  readonly meta: {
    readonly rowsRead: number
    readonly bytesRead: number
    readonly elapsedMs: number
    readonly truncated: boolean
  }
}

export interface SqlProgress {
  readonly rowsRead: number
  /** `null` while nothing is known. */
  readonly rowsToRead: number | null
  readonly bytesRead: number
  readonly elapsedMs: number
}

export interface SqlTable {
  readonly name: string
  readonly comment: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string }[]
}

export interface SqlSchema {
  readonly databases: readonly {
    readonly name: string
    readonly isDefault: boolean
    readonly tables: readonly SqlTable[]
  }[]
  readonly cubes: readonly {
    readonly name: string
    readonly label: string
    readonly description: string
    readonly dimensions: readonly { readonly name: string; readonly label: string; readonly type: string }[]
    readonly measures: readonly { readonly name: string; readonly label: string; readonly class: string }[]
  }[]
  readonly functions: readonly { readonly name: string; readonly isAggregate: boolean; readonly syntax: string }[]
}

export const SQL_FILES = ['csv', 'xlsx', 'ndjson', 'parquet'] as const
export type SqlFile = (typeof SQL_FILES)[number]

/** Not asked again while the page is open: it is large, and tables come rarely. */
export const sqlSchemaQuery = queryOptions({
  queryKey: ['sql-schema'],
  queryFn: ({ signal }) => request<SqlSchema>('/api/v1/sql/schema', { signal }),
  staleTime: 10 * 60_000,
})

export function runSql(body: SqlRequest, signal: AbortSignal): Promise<SqlAnswer> {
  return request('/api/v1/sql', { method: 'POST', body, signal })
}

/** `undefined` once it has ended. Asked by the list, as that is no error then, which the browser would note. */
export async function sqlProgress(id: string, signal: AbortSignal): Promise<SqlProgress | undefined> {
  const { queries } = await request<{ queries: (SqlProgress & { id: string })[] }>('/api/v1/sql', { signal })
  return queries.find((query) => query.id === id)
}

export async function cancelSql(id: string): Promise<void> {
  await request<unknown>(`/api/v1/sql/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

/** The answer as a file, made by the server: exact, and with all types. */
export async function sqlFile(body: SqlRequest & { readonly format: SqlFile }): Promise<Blob> {
  const response = await fetch('/api/v1/sql', {
    method: 'POST',
    body: JSON.stringify(body),
    headers: { 'content-type': 'application/json' },
  }).catch(() => {
    throw unreachable()
  })
  if (!response.ok) throw errorOfAnswer(response.status, await response.text())
  return response.blob()
}
