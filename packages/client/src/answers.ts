import type { QueryFilter } from '@almanac/core/query/filter.ts'
import type { QueryAnswer } from '@almanac/core/query/query.ts'
import type { Segment as StoredSegment } from '@almanac/core/segments/segment.ts'
import type { AlmanacError } from './almanac-error.ts'

export type { CohortAnswer, CohortRequestInput as CohortRequest } from '@almanac/core/cohorts/cohort.ts'
export type { Issue } from '@almanac/core/errors.ts'
export type { ChangeAnswer, ChangeRequestInput as ChangeRequest } from '@almanac/core/explain/change.ts'
export type {
  Explained,
  ExplainedPersons,
  ExplainedRows,
  ExplainRequestInput as ExplainRequest,
  ExplainRowsRequestInput as ExplainRowsRequest,
  Explanation,
  RawRow,
} from '@almanac/core/explain/explain.ts'
export type { QueryFilter } from '@almanac/core/query/filter.ts'
export type { Column, QueryAnswer, QueryInput as Query, QueryMeta, Row, Value } from '@almanac/core/query/query.ts'
export type { AlmanacErrorCode } from './almanac-error.ts'
export type { ClientOptions, RequestOptions } from './send-request.ts'

/** One of several queries: its answer, or what was wrong with it. */
export type QueryResult = { readonly answer: QueryAnswer } | { readonly error: AlmanacError }

/** What can be asked of a cube. */
export interface CubeDescription {
  readonly name: string
  readonly label: string
  readonly description?: string
  readonly timezone: string
  readonly firstDayOfWeek: number
  readonly fiscalYearStart: number
  readonly dimensions: readonly {
    readonly name: string
    readonly label: string
    readonly description?: string
    readonly type: string
    readonly kind: string
  }[]
  readonly measures: readonly {
    readonly name: string
    readonly label: string
    readonly description?: string
    readonly format: string
    readonly currency?: string
    readonly better: 'higher' | 'lower'
    /** How it adds up: what is `mergeable` is never summed. */
    readonly class: string
    readonly formula?: string
  }[]
  readonly rollups: readonly (readonly string[])[]
}

type SqlScalar = string | number | boolean | null

export interface SqlRequest {
  /** One statement; values are bound by `{name:Type}`. */
  readonly sql: string
  readonly parameters?: Readonly<Record<string, SqlScalar | readonly SqlScalar[] | Readonly<Record<string, SqlScalar>>>>
  readonly limit?: number
}

export interface SqlAnswer {
  readonly columns: readonly { readonly name: string; readonly type: string }[]
  /** Numbers that JSON would round are texts. */
  readonly rows: readonly (readonly unknown[])[]
  readonly meta: {
    readonly id: string
    readonly rowsRead: number
    readonly bytesRead: number
    readonly elapsedMs: number
    readonly truncated: boolean
  }
}

export interface SegmentInput {
  readonly label?: string
  readonly description?: string
  /** Left out: every cube that has the dimensions. */
  readonly cube?: string | null
  readonly filter: QueryFilter
}

export interface Segment extends StoredSegment {
  /** The cubes that it can be used with. */
  readonly cubes: readonly string[]
  /** Why it can be used with none. */
  readonly problems: readonly string[]
  readonly createdBy: string
  readonly createdAt: string
  readonly updatedAt: string
}
