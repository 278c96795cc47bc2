import type { QueryInput } from '@almanac/core/query/query.ts'

export const DAY_MS = 86_400_000

/** The twelve widgets of a dashboard: thirty days before `end`, in milliseconds since 1970, with the thirty before those beside them. */
export function widgets(end: number): QueryInput[] {
  const base = {
    cube: 'web',
    from: new Date(end - 30 * DAY_MS).toISOString(),
    to: new Date(end).toISOString(),
    timezone: 'UTC',
    filters: [{ dimension: 'is_bot', values: [false] }],
    compare: [{ with: 'previous_period' as const }],
  }
  const list = (dimension: string): QueryInput => ({
    ...base,
    measures: ['hits', 'visitors'],
    dimensions: [dimension],
    order: [{ by: 'hits' }],
    limit: 10,
  })
  return [
    { ...base, measures: ['hits'] },
    { ...base, measures: ['visitors'] },
    { ...base, measures: ['bytes', 'errors'] },
    { ...base, measures: ['error_rate', 'hits_per_visitor'] },
    { ...base, measures: ['hits', 'visitors'], grain: 'day' },
    ...['path', 'referrer', 'country', 'browser', 'os', 'device', 'channel'].map(list),
  ]
}
