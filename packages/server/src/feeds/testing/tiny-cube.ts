import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { Measure } from '@almanac/core/cubes/measure.ts'
import type { Query, QueryAnswer, Row } from '@almanac/core/query/query.ts'

const look = { format: 'integer', better: 'higher', gaps: 'zero' } as const

/** For tests: a measure of several classes, and dimensions of each type. */
export const TINY_CUBE: CubeDefinition = {
  name: 'web',
  label: 'Web',
  base: {
    from: 'events',
    tables: ['events'],
    where: `name = 'page_view'`,
    timeColumn: 'occurred_at',
    person: 'visitor_id',
  },
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {
    country: { kind: 'expression', label: 'Country', sql: 'country', type: 'string' },
    status: { kind: 'expression', label: 'Status', sql: 'status', type: 'number' },
    path: { kind: 'expression', label: 'Page', sql: 'path', type: 'string', isWide: true },
    is_bot: { kind: 'expression', label: 'Bot', sql: 'is_bot', type: 'boolean' },
    environment: { kind: 'expression', label: 'Environment', sql: 'environment', type: 'string' },
  },
  measures: {
    hits: { ...look, class: 'additive', label: 'Hits', part: { number: 'integer' } },
    visitors: { ...look, class: 'mergeable', label: 'Visitors', state: { kind: 'persons' } },
    slowest: { ...look, class: 'extremal', label: 'Slowest', aggregate: 'max', of: 'duration_ms', gaps: 'null' },
    reach: {
      ...look,
      class: 'exact',
      label: 'Reach',
      state: { kind: 'imported', of: 'bytes', grain: 'week', by: ['country'] },
    },
  } satisfies Record<string, Measure>,
  defaultFilters: { environment: ['production'] },
  rollups: [],
}

/** An answer with these rows and what else belongs to one. */
export function answerOf(query: Query, rows: readonly Row[], { truncated = false, openFrom = '' } = {}): QueryAnswer {
  return {
    columns: [],
    rows: [...rows],
    totals: [],
    meta: {
      cube: query.cube,
      tables: [],
      rejected: [],
      sql: '',
      parameters: {},
      furtherSql: [],
      rowsRead: 0,
      bytesRead: 0,
      elapsedMs: 0,
      timezone: query.timezone ?? TINY_CUBE.calendar.timezone,
      firstDayOfWeek: 1,
      fiscalYearStart: 1,
      from: query.from,
      to: query.to,
      comparisons: [],
      truncated,
      freshness: {
        asOf: '2026-11-20T12:00:00Z',
        touchedHours: 0,
        ingestLagBytes: 0,
        ...(openFrom !== '' && { openFrom }),
      },
    },
  }
}
