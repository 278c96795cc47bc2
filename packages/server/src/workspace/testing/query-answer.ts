import type { QueryAnswer, Row } from '@almanac/core/query/query.ts'

/** For tests: the answer to a query, of which only the rows matter. */
export function queryAnswer(rows: readonly Row[], change: Partial<QueryAnswer['meta']> = {}): QueryAnswer {
  return {
    columns: [],
    rows: [...rows],
    totals: [],
    meta: {
      cube: 'leads',
      tables: ['events'],
      rejected: [],
      sql: 'SELECT 1',
      parameters: {},
      furtherSql: [],
      rowsRead: rows.length,
      bytesRead: 8,
      elapsedMs: 1,
      timezone: 'UTC',
      firstDayOfWeek: 1,
      fiscalYearStart: 1,
      from: '2026-01-01T00:00:00Z',
      to: '2026-02-01T00:00:00Z',
      comparisons: [],
      truncated: false,
      freshness: { asOf: '2026-01-15T12:00:00Z', touchedHours: 0, ingestLagBytes: 0 },
      ...change,
    },
  }
}
