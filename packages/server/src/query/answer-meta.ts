import type { QueryAnswer } from '@almanac/core/query/query.ts'
import type { ResolvedQuery } from '@almanac/core/query/resolve/resolve-query.ts'
import type { QuerySql } from '@almanac/core/query/sql/query-sql.ts'
import type { CubeStorage } from '@almanac/core/query/sql/statement.ts'
import { zonedText } from '@almanac/core/time/moment.ts'
import type { EngineAnswer, Execute } from './execute-sql.ts'

export interface Freshness {
  readonly newestEvent: string | undefined
  readonly ingestLagBytes: number
}

export interface AnswerRequest {
  readonly resolved: ResolvedQuery
  readonly storage: CubeStorage | undefined
  readonly execute: Execute
  readonly now: Temporal.Instant
  readonly freshness: () => Freshness
}

/** A statement that ran, and what for. */
export interface Ran {
  readonly purpose: string
  readonly sql: QuerySql
  readonly answer: EngineAnswer
}

/** Where an answer came from, how fresh it is and why nothing smaller was read. */
export function metaOf(
  { resolved, storage, now, freshness }: AnswerRequest,
  ran: readonly Ran[],
  truncated: boolean,
): QueryAnswer['meta'] {
  const { calendar, range, comparisons } = resolved
  const main = ran.findLast(({ purpose }) => purpose === 'rows')
  if (!main) throw new Error('every query has a statement for its rows')
  const sum = (of: (answer: EngineAnswer) => number) => ran.reduce((total, { answer }) => total + of(answer), 0)
  const { newestEvent, ingestLagBytes } = freshness()
  const openFrom = resolved.grain && range.windows.find(({ to }) => to > now.epochMilliseconds)
  const text = (ms: number) =>
    zonedText(Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(calendar.timezone))
  return {
    cube: resolved.cube.name,
    tables: [...new Set(ran.flatMap(({ sql }) => sql.tables))],
    ...(main.sql.rollup && { rollup: [...main.sql.rollup] }),
    rejected: main.sql.rejected.map(({ rollup, reason }) => ({ rollup: [...rollup], reason })),
    sql: main.sql.text,
    parameters: main.sql.parameters,
    furtherSql: ran
      .filter((one) => one !== main)
      .map(({ purpose, sql }) => ({ purpose, sql: sql.text, parameters: sql.parameters })),
    rowsRead: sum((answer) => answer.rowsRead),
    bytesRead: sum((answer) => answer.bytesRead),
    elapsedMs: sum((answer) => answer.elapsedMs),
    ...calendar,
    from: zonedText(range.from),
    to: zonedText(range.to),
    comparisons: comparisons.map(({ name, from, to }) => ({ name, from: zonedText(from), to: zonedText(to) })),
    truncated,
    freshness: {
      asOf: now.toString({ smallestUnit: 'millisecond' }),
      ...(newestEvent !== undefined && { newestEvent }),
      touchedHours: storage?.snapshot.touched.hour.filter((hour) => isInside(hour, range)).length ?? 0,
      ingestLagBytes,
      ...(openFrom && { openFrom: text(openFrom.start) }),
    },
  }
}

const HOUR_MS = 3_600_000

function isInside(hour: number, { from, to }: ResolvedQuery['range']): boolean {
  return hour * 1000 + HOUR_MS > from.epochMilliseconds && hour * 1000 < to.epochMilliseconds
}
