import type { Query, QueryAnswer } from '@almanac/core/query/query.ts'
import { type QuerySql, querySql } from '@almanac/core/query/query-sql.ts'
import { type ResolvedQuery, resolveQuery } from '@almanac/core/query/resolve-query.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { translateClickHouseError } from '../clickhouse/client.ts'
import { cubeNamed, cubeTable } from './cubes.ts'
import { readSnapshot } from './snapshot.ts'

export interface RunQueryDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly freshness: () => { readonly newestEvent: string | undefined; readonly ingestLagBytes: number }
}

type Row = QueryAnswer['rows'][number]

const MAX_SECONDS = 30

/** Answers a query. Throws AppError `invalid_query` with all that is wrong with it, or what the engine's failure means. */
export async function runQuery(deps: RunQueryDeps, query: Query, signal?: AbortSignal): Promise<QueryAnswer> {
  const resolved = resolveQuery(query, cubeNamed(query.cube))
  const { from, to } = resolved
  const snapshot = await readSnapshot(
    deps.pool,
    query.cube,
    Math.floor(from.epochMilliseconds / 1000),
    Math.ceil(to.epochMilliseconds / 1000),
  )
  const sql = querySql(resolved, snapshot, cubeTable(resolved.cube))
  const { rows, statistics } = await execute(deps.clickhouse, sql, signal)
  const { newestEvent, ingestLagBytes } = deps.freshness()
  return {
    rows: withGapsFilled(
      resolved,
      rows.map((row) => timed(row, query.timezone)),
    ),
    meta: {
      cube: query.cube,
      tables: sql.tables,
      sql: sql.text,
      parameters: sql.parameters,
      rowsRead: statistics.rows_read,
      bytesRead: statistics.bytes_read,
      elapsedMs: statistics.elapsed * 1000,
      timezone: query.timezone,
      from: zonedText(from),
      to: zonedText(to),
      freshness: {
        asOf: new Date().toISOString(),
        ...(newestEvent !== undefined && { newestEvent }),
        touchedHours: snapshot.touchedHours.length,
        ingestLagBytes,
      },
    },
  }
}

interface EngineAnswer {
  readonly rows: Row[]
  readonly statistics: { readonly elapsed: number; readonly rows_read: number; readonly bytes_read: number }
}

async function execute(
  clickhouse: ClickHouseClient,
  sql: QuerySql,
  signal: AbortSignal | undefined,
): Promise<EngineAnswer> {
  try {
    const result = await clickhouse.query({
      query: sql.text,
      query_params: sql.parameters,
      format: 'JSON',
      ...(signal && { abort_signal: signal }),
      clickhouse_settings: {
        max_execution_time: MAX_SECONDS,
        output_format_json_quote_64bit_integers: 0,
        cancel_http_readonly_queries_on_client_close: 1,
      },
    })
    const { data, statistics } = await result.json<Row>()
    return { rows: data, statistics: statistics ?? { elapsed: 0, rows_read: 0, bytes_read: 0 } }
  } catch (error) {
    throw translateClickHouseError(error)
  }
}

function timed(row: Row, timezone: string): Row {
  const { time, ...values } = row
  if (typeof time !== 'number') return row
  return {
    time: zonedText(Temporal.Instant.fromEpochMilliseconds(time * 1000).toZonedDateTimeISO(timezone)),
    ...values,
  }
}

const zonedText = (moment: Temporal.ZonedDateTime) => moment.toString({ timeZoneName: 'never', smallestUnit: 'second' })

// An hour in which nothing happened is a point at zero, not a hole: counts and uniques of nothing are zero. Where rows
// are parted by dimensions or cut by a limit, which of them are missing is not known, and nothing is added.
function withGapsFilled(resolved: ResolvedQuery, rows: Row[]): Row[] {
  const { buckets, dimensions, measures, order, limit } = resolved
  const isSeries = buckets && dimensions.length === 0 && order[0]?.by === 'time'
  if (!isSeries || rows.length >= limit) return rows
  const byTime = new Map(rows.map((row) => [row.time, row]))
  const filled = buckets.map((bucket): Row => {
    const time = zonedText(bucket)
    return byTime.get(time) ?? { time, ...Object.fromEntries(measures.map(({ name }) => [name, 0])) }
  })
  return (order[0]?.direction === 'desc' ? filled.reverse() : filled).slice(0, limit)
}
