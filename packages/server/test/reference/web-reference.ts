import { WEB_CUBE } from '@almanac/core/cubes/ready/web.ts'
import type { ReferenceCube, ReferenceMeasure } from './cube.ts'
import type { QuerySpace } from './random-query.ts'
import type { TrialEvent } from './trial-events.ts'

/** The ready web cube as functions, as far as the trial's events say something of its dimensions. */

type Kind = ReferenceMeasure<TrialEvent> extends infer M ? (M extends unknown ? Omit<M, 'gaps'> : never) : never

const SIZES = [
  '< 1000 bytes',
  '1000 – 10000 bytes',
  '10000 – 100000 bytes',
  '100000 – 1000000 bytes',
  '≥ 1000000 bytes',
] as const

export function webReference(personOf: (event: TrialEvent) => string | undefined): ReferenceCube<TrialEvent> {
  const isHit = ({ name }: TrialEvent) => name === 'page_view' || name === 'request'
  const one = () => 1
  const failed = ({ status }: TrialEvent) => (status >= 400 ? 1 : 0)
  const measures: Record<string, Kind> = {
    hits: { kind: 'sum', of: one },
    visitors: { kind: 'different', of: personOf },
    page_views: { kind: 'sum', of: one, only: ({ name }) => name === 'page_view' },
    bytes: { kind: 'sum', of: ({ bytes }) => bytes },
    errors: { kind: 'sum', of: failed },
    error_rate: { kind: 'ratio', numerator: failed, denominator: one },
    hits_per_visitor: {
      kind: 'formula',
      of: (value) => {
        const [hits, visitors] = [value('hits'), value('visitors')]
        return hits === null || visitors === null || visitors === 0 ? null : hits / visitors
      },
    },
  }
  const withGaps = ([name, measure]: [string, Kind]) => [name, { ...measure, gaps: WEB_CUBE.measures[name]?.gaps }]
  return {
    calendar: WEB_CUBE.calendar,
    isPart: isHit,
    timeMs: ({ atMs }) => atMs,
    dimensions: {
      path: { of: ({ path }) => path },
      status: { of: ({ status }) => status },
      country: { of: ({ country }) => country },
      size: { of: ({ bytes }) => (bytes < 1000 ? SIZES[0] : SIZES[1]), order: SIZES },
      hour_of_day: { calendar: 'hour_of_day' },
      day_of_week: { calendar: 'day_of_week' },
      source: { of: () => 'website' },
      environment: { of: ({ environment }) => environment },
    },
    measures: Object.fromEntries(Object.entries(measures).map(withGaps)),
    defaultFilters: { environment: ['production'] },
  }
}

export const WEB_SPACE: Omit<QuerySpace, 'cube' | 'dates'> = {
  measures: Object.fromEntries(Object.keys(webReference(() => undefined).measures).map((name) => [name, () => true])),
  exact: ['hits', 'visitors', 'page_views', 'bytes', 'errors'],
  dimensions: {
    path: ['/', '/a', '/a/b', '/é😀', "/it's"],
    status: [200, 301, 404, 500, 0],
    country: ['DE', 'NP', 'AU', 'US', ''],
    size: SIZES.slice(0, 3),
    hour_of_day: [0, 1, 2, 3, 12, 23],
    day_of_week: [1, 2, 6, 7],
    source: ['website', 'other'],
    environment: ['production', 'sandbox'],
  },
}
