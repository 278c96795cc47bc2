import type { AppDeps } from '../../http/app.ts'

/** For tests of what lies before and behind: answers that say what they were asked, and nothing of any data. */
export function fakeExplaining(): Pick<
  AppDeps,
  'explainNumber' | 'explainRows' | 'explainPersons' | 'explainChange' | 'runCohorts'
> {
  return {
    explainNumber: async ({ query, cell }) => ({
      cube: {
        name: query.cube,
        label: query.cube,
        tables: ['events'],
        rows: 'true',
        timeColumn: 'occurred_at',
        timezone: 'UTC',
      },
      explained: {
        measure: query.measures[0] ?? '',
        label: 'Hits',
        class: 'additive',
        format: 'integer',
        howMade: 'The number of rows.',
        howItAddsUp: 'Adds up.',
        value: 3,
        from: query.from,
        to: query.to,
        dimensions: cell.dimensions,
        statement: { sql: 'SELECT 3', parameters: {} },
        furtherStatements: [],
        tables: ['events'],
        asOf: NOW,
        isOpen: false,
        request: { query, cell },
        inputs: [],
      },
    }),
    explainRows: async ({ cursor }) => ({
      rows: [{ time: NOW, counted: { value: 1 }, columns: { name: cursor ?? 'page_view' } }],
      ...(cursor === undefined && { cursor: 'next' }),
    }),
    explainPersons: async () => ({ persons: [{ person: '7', rows: 2, firstAt: NOW, lastAt: NOW }] }),
    explainChange: async ({ cube, measure, current, previous }) => ({
      cube,
      measure,
      label: 'Hits',
      class: 'additive',
      format: 'integer',
      current: { ...current, value: 3 },
      previous: { ...previous, value: 1 },
      difference: 2,
      percent: 200,
      slices: [],
      dimensions: [],
      explanation: 'None.',
      meta: { queries: 2, elapsedMs: 1, asOf: NOW },
    }),
    runCohorts: async ({ cube, kind, grain, periods, timezone = 'UTC' }) => ({
      cube,
      kind,
      grain,
      timezone,
      periods,
      all: { size: 0, cohorts: [], average: [] },
      slices: [],
      meta: { sql: 'SELECT 1', parameters: {}, rowsRead: 0, elapsedMs: 0, asOf: NOW },
    }),
  }
}

const NOW = '2026-01-15T12:00:00.000Z'
