import type { CubeDefinition, Rollup } from '@almanac/core/cubes/cube.ts'
import type { AdditiveMeasure, Measure } from '@almanac/core/cubes/measure.ts'

const SHOWN = { format: 'integer', better: 'higher', gaps: 'zero' } as const

export const countMeasure = (label: string, only?: string): AdditiveMeasure => ({
  ...SHOWN,
  class: 'additive',
  label,
  part: { number: 'integer', ...(only !== undefined && { only }) },
})

/** For tests: a small cube over the events that has a measure of every class that is kept. */
export function testCube({
  name = 'hits',
  timezone = 'UTC',
  rollups = [
    { dimensions: ['environment'], step: 'quarter_hour' },
    { dimensions: ['environment', 'path'], step: 'quarter_hour', states: 'day' },
    { dimensions: ['environment', 'path', 'status'], measures: ['hits', 'errors'], step: 'quarter_hour' },
  ],
  measures = {},
}: {
  readonly name?: string
  readonly timezone?: string
  readonly rollups?: readonly Rollup[]
  readonly measures?: Readonly<Record<string, Measure>>
} = {}): CubeDefinition {
  return {
    name,
    label: 'Hits',
    base: {
      from: 'events',
      tables: ['events'],
      where: `name IN ('page_view', 'request')`,
      timeColumn: 'occurred_at',
      person: 'visitor_id',
    },
    calendar: { timezone, firstDayOfWeek: 1, fiscalYearStart: 1 },
    dimensions: {
      environment: { kind: 'expression', label: 'Environment', sql: 'environment', type: 'string' },
      path: { kind: 'expression', label: 'Page', sql: 'path', type: 'string', isWide: true },
      status: { kind: 'expression', label: 'Status', sql: 'status', type: 'number' },
      hour_of_day: { kind: 'calendar', label: 'Hour', part: 'hour_of_day' },
    },
    measures: {
      hits: countMeasure('Hits'),
      errors: countMeasure('Errors', 'status >= 400'),
      visitors: { ...SHOWN, class: 'mergeable', label: 'Visitors', state: { kind: 'persons' } },
      bytes: { ...SHOWN, class: 'additive', label: 'Bytes', part: { of: 'bytes', number: 'integer' } },
      largest: { ...SHOWN, class: 'extremal', label: 'Largest', aggregate: 'max', of: 'bytes' },
      size: {
        ...SHOWN,
        class: 'decomposable',
        label: 'Average size',
        numerator: { of: 'bytes', number: 'float' },
        denominator: { number: 'integer' },
      },
      names: { ...SHOWN, class: 'mergeable', label: 'Pages', state: { kind: 'uniq', of: 'path', isExact: true } },
      last_bytes: { ...SHOWN, class: 'last_value', label: 'Last size', pick: 'last', of: 'bytes', per: ['path'] },
      ...measures,
    },
    defaultFilters: { environment: ['production'] },
    rollups,
  }
}
