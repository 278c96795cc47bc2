import type { CubeDefinition } from '../../cubes/cube.ts'

/** Two small cubes for tests: both know the browser, one the status and one the duration. */
export const PAGES = cube('pages', {
  browser: { kind: 'expression', label: 'Browser', sql: 'browser', type: 'string' },
  status: { kind: 'expression', label: 'Status', sql: 'status', type: 'number' },
  environment: { kind: 'expression', label: 'Environment', sql: 'environment', type: 'string' },
})
export const SESSIONS = cube('sessions', {
  browser: { kind: 'expression', label: 'Browser', sql: 'browser', type: 'string' },
  duration: { kind: 'expression', label: 'Duration', sql: 'duration', type: 'number' },
  environment: { kind: 'expression', label: 'Environment', sql: 'environment', type: 'string' },
})

function cube(name: string, dimensions: CubeDefinition['dimensions']): CubeDefinition {
  return {
    name,
    label: name,
    base: { from: 'events', tables: ['events'], where: '1', timeColumn: 'occurred_at' },
    calendar: { timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 },
    dimensions,
    measures: {
      hits: {
        class: 'additive',
        label: 'Hits',
        format: 'integer',
        better: 'higher',
        gaps: 'zero',
        part: { number: 'integer' },
      },
    },
    defaultFilters: { environment: ['production'] },
    rollups: [],
  }
}
