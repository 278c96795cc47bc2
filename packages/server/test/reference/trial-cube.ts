import type { CubeCalendar, CubeDefinition, Dimension } from '@almanac/core/cubes/cube.ts'
import type { Measure } from '@almanac/core/cubes/measure.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import type { ReferenceCube, ReferenceDimension, ReferenceMeasure } from './cube.ts'
import type { QuerySpace } from './random-query.ts'
import type { TrialEvent } from './trial-events.ts'

/**
 * A cube that has every kind of dimension and every class of measure, written down twice: as the product takes it, in SQL, and
 * as functions over plain events. Each pair stands side by side, so that a reader can see that they say the same.
 */

export const REGIONS = { DE: 'Europe', NP: 'Asia', AU: 'Oceania' } as const
const WEIGHTS = [100, 500, 1000] as const
const WEIGHT_LABELS = ['< 100 B', '100 – 500 B', '500 – 1000 B', '≥ 1000 B'] as const

interface Pair<Product, Reference> {
  readonly product: Product
  readonly reference: Reference
}
type DimensionPair = Pair<Dimension, ReferenceDimension<TrialEvent>>

const expression = (
  type: 'string' | 'number' | 'boolean',
  sql: string,
  of: (event: TrialEvent) => string | number | boolean,
): DimensionPair => ({ product: { kind: 'expression', label: sql, sql, type }, reference: { of } })
const property = (
  type: 'string' | 'number' | 'boolean',
  path: string,
  of: (event: TrialEvent) => string | number | boolean,
): DimensionPair => ({ product: { kind: 'property', label: path, path, type }, reference: { of } })
const calendar = (part: Extract<Dimension, { kind: 'calendar' }>['part']): DimensionPair => ({
  product: { kind: 'calendar', label: part, part },
  reference: { calendar: part },
})

const DIMENSIONS: Readonly<Record<string, DimensionPair>> = {
  environment: expression('string', 'environment', ({ environment }) => environment),
  kind: expression('string', 'name', ({ name }) => name),
  page: {
    product: { kind: 'expression', label: 'Page', sql: 'path', type: 'string', isWide: true },
    reference: { of: ({ path }) => path },
  },
  status: expression('number', 'status', ({ status }) => status),
  failed: expression('boolean', 'status >= 400', ({ status }) => status >= 400),
  country: expression('string', 'country', ({ country }) => country),
  plan: property('string', 'plan', ({ properties }) => properties.plan ?? ''),
  seats: property('number', 'seats', ({ properties }) => properties.seats ?? 0),
  beta: property('boolean', 'beta', ({ properties }) => properties.beta ?? false),
  cart_size: property('number', 'cart.size', ({ properties }) => properties.cart?.size ?? 0),
  weight: {
    product: { kind: 'buckets', label: 'Weight', of: 'bytes', bounds: WEIGHTS, unit: 'B' },
    reference: { of: ({ bytes }) => weightLabel(bytes), order: WEIGHT_LABELS },
  },
  region: {
    product: {
      kind: 'lookup',
      label: 'Region',
      table: 'trial_regions',
      key: 'country',
      value: 'region',
      of: 'country',
      type: 'string',
    },
    reference: { of: ({ country }) => REGIONS[country as keyof typeof REGIONS] ?? '' },
  },
  hour_of_day: calendar('hour_of_day'),
  day_of_week: calendar('day_of_week'),
  day_of_month: calendar('day_of_month'),
  week_of_year: calendar('week_of_year'),
  month_of_year: calendar('month_of_year'),
}

function weightLabel(bytes: number): string {
  if (bytes < WEIGHTS[0]) return WEIGHT_LABELS[0]
  if (bytes < WEIGHTS[1]) return WEIGHT_LABELS[1]
  if (bytes < WEIGHTS[2]) return WEIGHT_LABELS[2]
  return WEIGHT_LABELS[3]
}

type MeasurePair = Pair<Measure, ReferenceMeasure<TrialEvent>>
const SHOWN = { format: 'decimal', better: 'higher' } as const
const of =
  (key: 'bytes' | 'status' | 'revenue' | 'durationMs') =>
  (event: TrialEvent): number =>
    event[key]
const one = () => 1
const isFailed = ({ status }: TrialEvent) => status >= 400

/** The same kind of gap on both sides. */
function pair<G extends 'zero' | 'null' | 'previous'>(
  label: string,
  gaps: G,
  product: DistributiveOmit<Measure, 'label' | 'format' | 'better' | 'gaps'>,
  reference: DistributiveOmit<ReferenceMeasure<TrialEvent>, 'gaps'>,
): MeasurePair {
  return {
    product: { ...SHOWN, label, gaps, ...product } as Measure,
    reference: { gaps, ...reference } as ReferenceMeasure<TrialEvent>,
  }
}
type DistributiveOmit<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never

/** Those that need nothing but the rows of a bucket; what is computed from them comes below. */
const ROW_MEASURES: Readonly<Record<string, (person: Person) => MeasurePair>> = {
  hits: () => pair('Hits', 'zero', { class: 'additive', part: { number: 'integer' } }, { kind: 'sum', of: one }),
  failures: () =>
    pair(
      'Failures',
      'zero',
      { class: 'additive', part: { only: 'status >= 400', number: 'integer' } },
      { kind: 'sum', of: one, only: isFailed },
    ),
  bytes: () =>
    pair(
      'Bytes',
      'zero',
      { class: 'additive', part: { of: 'bytes', number: 'integer' } },
      { kind: 'sum', of: of('bytes') },
    ),
  revenue: () =>
    pair(
      'Revenue',
      'zero',
      { class: 'additive', part: { of: 'revenue', number: 'decimal' } },
      { kind: 'sum', of: of('revenue') },
    ),
  duration: () =>
    pair(
      'Duration',
      'null',
      { class: 'additive', part: { of: 'duration_ms', only: `name != 'login'`, number: 'float' } },
      { kind: 'sum', of: of('durationMs'), only: ({ name }) => name !== 'login' },
    ),
  slowest: () =>
    pair(
      'Slowest',
      'null',
      { class: 'extremal', aggregate: 'max', of: 'duration_ms' },
      { kind: 'greatest', of: of('durationMs') },
    ),
  lightest_failure: () =>
    pair(
      'Lightest failure',
      'null',
      { class: 'extremal', aggregate: 'min', of: 'bytes', only: 'status >= 400' },
      { kind: 'least', of: of('bytes'), only: isFailed },
    ),
  average_bytes: () =>
    pair(
      'Average bytes',
      'null',
      {
        class: 'decomposable',
        numerator: { of: 'bytes', number: 'integer' },
        denominator: { number: 'integer' },
      },
      { kind: 'ratio', numerator: of('bytes'), denominator: one },
    ),
  order_value: () =>
    pair(
      'Order value',
      'previous',
      {
        class: 'decomposable',
        numerator: { of: 'revenue', number: 'decimal' },
        denominator: { only: `name = 'order'`, number: 'integer' },
      },
      { kind: 'ratio', numerator: of('revenue'), denominator: ({ name }) => (name === 'order' ? 1 : 0) },
    ),
  visitors: (person) =>
    pair('Visitors', 'zero', { class: 'mergeable', state: { kind: 'persons' } }, { kind: 'different', of: person }),
  buyers: (person) =>
    pair(
      'Buyers',
      'zero',
      { class: 'mergeable', state: { kind: 'persons' }, only: `name = 'order'` },
      { kind: 'different', of: (event) => (event.name === 'order' ? person(event) : undefined) },
    ),
  sessions: () =>
    pair(
      'Sessions',
      'zero',
      { class: 'mergeable', state: { kind: 'uniq', of: 'session_id', isExact: true }, only: `session_id != ''` },
      { kind: 'different', of: ({ session }) => session || undefined },
    ),
  sessions_about: () =>
    pair(
      'Sessions, about',
      'zero',
      { class: 'mergeable', state: { kind: 'uniq', of: 'session_id', isExact: false }, only: `session_id != ''` },
      { kind: 'different', of: ({ session }) => session || undefined, isAbout: true },
    ),
  p90: () =>
    pair(
      'Nine of ten',
      'null',
      { class: 'mergeable', state: { kind: 'quantile', of: 'duration_ms', level: 0.9 } },
      { kind: 'quantile', of: of('durationMs'), level: 0.9 },
    ),
  p50_failed: () =>
    pair(
      'Half of the failures',
      'null',
      { class: 'mergeable', state: { kind: 'quantile', of: 'duration_ms', level: 0.5 }, only: 'status >= 400' },
      { kind: 'quantile', of: of('durationMs'), level: 0.5, only: isFailed },
    ),
  level: () =>
    pair(
      'Level',
      'previous',
      { class: 'last_value', pick: 'last', of: 'bytes', per: ['page'] },
      { kind: 'last', of: of('bytes'), thing: ({ path }) => path },
    ),
  first_level: () =>
    pair(
      'First level',
      'null',
      { class: 'last_value', pick: 'first', of: 'bytes', per: ['page', 'status'] },
      { kind: 'first', of: of('bytes'), thing: ({ path, status }) => `${path} ${status}` },
    ),
  median_bytes: () =>
    pair(
      'Median',
      'null',
      { class: 'exact', state: { kind: 'median', of: 'bytes', only: `name != 'login'` } },
      { kind: 'median', of: of('bytes'), only: ({ name }) => name !== 'login' },
    ),
}

const over = (numerator: number | null, denominator: number | null) =>
  numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator

const COMPUTED_MEASURES: Readonly<Record<string, MeasurePair>> = {
  revenue_per_visitor: pair(
    'Revenue per visitor',
    'null',
    { class: 'derived', formula: 'revenue / visitors' },
    { kind: 'formula', of: (value) => over(value('revenue'), value('visitors')) },
  ),
  failure_points: pair(
    'Failure points',
    'null',
    { class: 'derived', formula: '-(100 * failures) / nullif(hits, 0) + coalesce(order_value, 0) * 2' },
    {
      kind: 'formula',
      of: (value) => {
        const rate = over(-100 * (value('failures') ?? Number.NaN), value('hits'))
        return rate === null || Number.isNaN(rate) ? null : rate + (value('order_value') ?? 0) * 2
      },
    },
  ),
  visitors_7d: pair(
    'Visitors of 7 days',
    'zero',
    { class: 'window', measure: 'visitors', window: { kind: 'trailing', days: 7 } },
    { kind: 'trailing', measure: 'visitors', days: 7 },
  ),
  bytes_28d: pair(
    'Bytes of 28 days',
    'zero',
    { class: 'window', measure: 'bytes', window: { kind: 'trailing', days: 28 } },
    { kind: 'trailing', measure: 'bytes', days: 28 },
  ),
  revenue_of_month: pair(
    'Revenue, month to date',
    'zero',
    { class: 'window', measure: 'revenue', window: { kind: 'to_date', grain: 'month' } },
    { kind: 'to_date', measure: 'revenue', grain: 'month' },
  ),
  visitors_of_week: pair(
    'Visitors, week to date',
    'zero',
    { class: 'window', measure: 'visitors', window: { kind: 'to_date', grain: 'week' } },
    { kind: 'to_date', measure: 'visitors', grain: 'week' },
  ),
  daily_visitors: pair(
    'Daily visitors',
    'zero',
    { class: 'window', measure: 'visitors', window: { kind: 'mean', grain: 'day' } },
    { kind: 'mean', measure: 'visitors', grain: 'day' },
  ),
  hourly_bytes: pair(
    'Average of the hours',
    'null',
    { class: 'window', measure: 'average_bytes', window: { kind: 'mean', grain: 'hour' } },
    { kind: 'mean', measure: 'average_bytes', grain: 'hour' },
  ),
  share_of_hits: pair(
    'Share of hits',
    'null',
    { class: 'window', measure: 'hits', window: { kind: 'share' } },
    { kind: 'share', measure: 'hits' },
  ),
  share_of_visitors: pair(
    'Share of visitors',
    'null',
    { class: 'window', measure: 'visitors', window: { kind: 'share' } },
    { kind: 'share', measure: 'visitors' },
  ),
  stickiness: pair(
    'Stickiness',
    'null',
    { class: 'derived', formula: 'visitors / visitors_7d' },
    { kind: 'formula', of: (value) => over(value('visitors'), value('visitors_7d')) },
  ),
}

type Person = (event: TrialEvent) => string | undefined

const NAMES = `('page_view', 'request', 'order', 'login')`

/** As the product takes it. Several cubes over the same events differ in their calendars. */
export function trialDefinition(name: string, zone: CubeCalendar): CubeDefinition {
  const nobody: Person = () => undefined
  const rowMeasures = Object.entries(ROW_MEASURES).map(([key, pairFor]) => [key, pairFor(nobody).product])
  const computed = Object.entries(COMPUTED_MEASURES).map(([key, { product }]) => [key, product])
  return {
    name,
    label: 'Trial',
    base: {
      from: 'events',
      tables: ['events'],
      where: `name IN ${NAMES}`,
      timeColumn: 'occurred_at',
      person: 'visitor_id',
    },
    calendar: zone,
    dimensions: Object.fromEntries(Object.entries(DIMENSIONS).map(([key, { product }]) => [key, product])),
    measures: Object.fromEntries([...rowMeasures, ...computed]),
    defaultFilters: { environment: ['production'] },
    rollups: [
      { dimensions: ['environment'], step: 'quarter_hour' },
      { dimensions: ['environment', 'page'], step: 'quarter_hour' },
      { dimensions: ['environment', 'page', 'status', 'failed', 'kind'], step: 'quarter_hour', states: 'day' },
      {
        dimensions: ['environment', 'plan', 'seats', 'beta'],
        measures: ['hits', 'visitors', 'p90'],
        step: 'quarter_hour',
      },
      { dimensions: ['environment', 'region', 'country', 'weight', 'cart_size'], step: 'quarter_hour' },
      // Zones at :30 and :45 cannot be answered from whole hours.
      ...(zone.timezone === 'Asia/Kathmandu'
        ? []
        : ([{ dimensions: ['environment', 'country'], step: 'hour' }] as const)),
    ],
  }
}

/** The same, as functions. `person` says who stands behind an event. */
export function trialReference(zone: CubeCalendar, person: Person): ReferenceCube<TrialEvent> {
  const rowMeasures = Object.entries(ROW_MEASURES).map(([key, pairFor]) => [key, pairFor(person).reference])
  const computed = Object.entries(COMPUTED_MEASURES).map(([key, { reference }]) => [key, reference])
  return {
    calendar: zone,
    isPart: () => true,
    timeMs: ({ atMs }) => atMs,
    dimensions: Object.fromEntries(Object.entries(DIMENSIONS).map(([key, { reference }]) => [key, reference])),
    measures: Object.fromEntries([...rowMeasures, ...computed]),
    defaultFilters: { environment: ['production'] },
  }
}

const GRAINS_IN_ORDER = ['minute', 'quarter_hour', 'hour', 'day', 'week', 'month', 'quarter', 'year'] as const

/** Whether a measure may be asked for at a grain: means of longer ones, what runs to date at shorter ones. */
function isPossible({ kind, ...measure }: ReferenceMeasure<TrialEvent>, grain: Grain | undefined): boolean {
  if (!('grain' in measure)) return true
  if (grain === undefined) return measure.grain !== 'hour'
  const difference = GRAINS_IN_ORDER.indexOf(grain) - GRAINS_IN_ORDER.indexOf(measure.grain)
  // Not of all hours of a year.
  if (kind === 'mean') return difference >= 0 && (measure.grain === 'day' || difference <= 2)
  return difference <= 0 && (grain !== 'week' || measure.grain === 'week')
}

/** For random queries. */
export const TRIAL_SPACE: Omit<QuerySpace, 'cube' | 'dates'> = {
  measures: Object.fromEntries(
    Object.entries(
      trialReference({ timezone: 'UTC', firstDayOfWeek: 1, fiscalYearStart: 1 }, () => undefined).measures,
    ).map(([name, measure]) => [name, (grain: Grain | undefined) => isPossible(measure, grain)]),
  ),
  exact: [
    'hits',
    'failures',
    'bytes',
    'visitors',
    'buyers',
    'sessions',
    'visitors_7d',
    'bytes_28d',
    'level',
    'slowest',
    'revenue',
    'average_bytes',
    'share_of_hits',
    'revenue_of_month',
    'visitors_of_week',
    'median_bytes',
  ],
  dimensions: {
    environment: ['production', 'sandbox', 'none'],
    kind: ['page_view', 'request', 'order', 'login', ''],
    page: ['/', '/a', '/a/b', '/é😀', "/it's", '/%25_', '\\'],
    status: [200, 301, 404, 500, 0, 1e9],
    failed: [true, false],
    country: ['DE', 'NP', 'AU', 'US', ''],
    plan: ['free', 'pro', 'team', "o'plan", ''],
    seats: [0, 1, 2.5, 40],
    beta: [false, true],
    cart_size: [0, 1, 2, 3],
    weight: WEIGHT_LABELS,
    region: ['Europe', 'Asia', 'Oceania', ''],
    hour_of_day: [0, 1, 2, 3, 10, 12, 23],
    day_of_week: [1, 2, 3, 4, 5, 6, 7],
    day_of_month: [1, 2, 15, 29, 30, 31],
    week_of_year: [1, 9, 13, 14, 44, 52, 53],
    month_of_year: [1, 2, 3, 4, 10, 11, 12],
  },
}
