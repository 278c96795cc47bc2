import type {
  ChangeAnswer,
  ChangeRequest,
  CohortAnswer,
  CohortRequest,
  CubeDescription,
  ExplainedPersons,
  ExplainedRows,
  ExplainRequest,
  ExplainRowsRequest,
  Explanation,
  Query,
  QueryAnswer,
  QueryResult,
  RawRow,
  Segment,
  SegmentInput,
  SqlAnswer,
  SqlRequest,
} from './answers.ts'
import { errorOf } from './read-error.ts'
import { type ClientOptions, type RequestOptions, sendRequest } from './send-request.ts'

/** What can be asked of a server. All of it throws `AlmanacError` when it does not work. */
export interface AlmanacClient {
  /** Measures of a cube, by dimensions and time. */
  query(query: Query, options?: RequestOptions): Promise<QueryAnswer>
  /** Several at once, as of one moment: the mistake of one does not fail the others. */
  queries(queries: readonly Query[], options?: RequestOptions): Promise<QueryResult[]>
  /** One statement of ClickHouse's SQL; for keys that may. */
  sql(request: string | SqlRequest, options?: RequestOptions): Promise<SqlAnswer>
  cubes(options?: RequestOptions): Promise<CubeDescription[]>
  readonly segments: {
    list(options?: RequestOptions & { readonly cube?: string }): Promise<Segment[]>
    /** Makes it, or takes the place of the one of that name. */
    set(name: string, segment: SegmentInput, options?: RequestOptions): Promise<Segment>
    remove(name: string, options?: RequestOptions): Promise<void>
  }
  /** What stands behind one value of a query. */
  explain(request: ExplainRequest, options?: RequestOptions): Promise<Explanation>
  /** One page of the raw rows behind it; for keys that may read SQL. */
  explainRows(request: ExplainRowsRequest, options?: RequestOptions): Promise<ExplainedRows>
  /** All of them, page by page. */
  explainAllRows(request: Omit<ExplainRowsRequest, 'cursor'>, options?: RequestOptions): AsyncGenerator<RawRow>
  /** One page of the different persons behind it, where it counts them; for keys that may read SQL. */
  explainPersons(request: ExplainRowsRequest, options?: RequestOptions): Promise<ExplainedPersons>
  /** Which slices account for the difference between two stretches of time. */
  explainChange(request: ChangeRequest, options?: RequestOptions): Promise<ChangeAnswer>
  /** Who came back. */
  cohorts(request: CohortRequest, options?: RequestOptions): Promise<CohortAnswer>
}

/** Opens no connection. Works wherever there is `fetch`. */
export function createClient(server: ClientOptions): AlmanacClient {
  const get = <Answer>(path: string, { signal }: RequestOptions = {}) =>
    sendRequest<Answer>(server, { method: 'GET', path, ...(signal && { signal }) })
  const post = <Answer>(path: string, body: object, { signal }: RequestOptions = {}) =>
    sendRequest<Answer>(server, { method: 'POST', path, body, ...(signal && { signal }) })
  const explainRows: AlmanacClient['explainRows'] = (request, options) => post('/api/v1/explain/rows', request, options)

  return {
    query: (query, options) => post('/api/v1/query', query, options),
    queries: async (queries, options) => {
      const body = { queries }
      const { answers } = await post<{ answers: ({ answer: QueryAnswer } | { error: unknown })[] }>(
        '/api/v1/queries',
        body,
        options,
      )
      return answers.map((one) => ('answer' in one ? one : { error: errorOf(one.error) }))
    },
    sql: (request, options) => post('/api/v1/sql', typeof request === 'string' ? { sql: request } : request, options),
    cubes: async (options) => (await get<{ cubes: CubeDescription[] }>('/api/v1/cubes', options)).cubes,
    segments: {
      list: async ({ cube, ...options } = {}) => {
        const query = cube === undefined ? '' : `?${new URLSearchParams({ cube })}`
        return (await get<{ segments: Segment[] }>(`/api/v1/segments${query}`, options)).segments
      },
      set: async (name, segment, { signal } = {}) => {
        const request = { method: 'PUT', path: segmentPath(name), body: segment, ...(signal && { signal }) } as const
        return (await sendRequest<{ segment: Segment }>(server, request)).segment
      },
      remove: (name, { signal } = {}) =>
        sendRequest(server, { method: 'DELETE', path: segmentPath(name), ...(signal && { signal }) }),
    },
    explain: (request, options) => post('/api/v1/explain', request, options),
    explainRows,
    explainAllRows: async function* (request, options) {
      let cursor: string | undefined
      do {
        const page = await explainRows({ ...request, ...(cursor !== undefined && { cursor }) }, options)
        yield* page.rows
        cursor = page.cursor
      } while (cursor !== undefined)
    },
    explainPersons: (request, options) => post('/api/v1/explain/persons', request, options),
    explainChange: (request, options) => post('/api/v1/explain/change', request, options),
    cohorts: (request, options) => post('/api/v1/cohorts', request, options),
  }
}

const segmentPath = (name: string) => `/api/v1/segments/${encodeURIComponent(name)}`
