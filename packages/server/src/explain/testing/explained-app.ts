import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { expect } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import { AT_ONCE } from '../../cubes/compute/pending-buckets.ts'
import { recomputeAll } from '../../cubes/compute/recompute.ts'
import { type CubeRegistry, openRegistry } from '../../cubes/registry.ts'
import type { RunQueryDeps } from '../../query/run-query.ts'

/** For tests: a few events that can be counted by hand, and a cube over them with measures of every class. */

const LABEL = { label: 'x', better: 'higher', gaps: 'zero', format: 'integer' } as const

export const APP: CubeDefinition = {
  name: 'app',
  label: 'App',
  description: 'What people do',
  base: {
    from: 'events',
    tables: ['events'],
    where: `name IN ('view', 'order')`,
    timeColumn: 'occurred_at',
    person: 'visitor_id',
  },
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {
    country: { kind: 'expression', label: 'Country', sql: 'country', type: 'string' },
    status: { kind: 'expression', label: 'Status', sql: 'status', type: 'number' },
    is_bot: { kind: 'expression', label: 'Bot', sql: 'is_bot', type: 'boolean' },
    plan: { kind: 'property', label: 'Plan', path: 'plan', type: 'string' },
    town: { kind: 'lookup', label: 'Town', table: 'towns', key: 'code', value: 'town', of: 'country', type: 'string' },
    hour: { kind: 'calendar', label: 'Hour', part: 'hour_of_day' },
    environment: { kind: 'expression', label: 'Environment', sql: 'environment', type: 'string' },
  },
  measures: {
    actions: { ...LABEL, label: 'Actions', class: 'additive', part: { number: 'integer' } },
    orders: { ...LABEL, class: 'additive', part: { number: 'integer', only: `name = 'order'` } },
    turnover: { ...LABEL, class: 'additive', part: { of: 'revenue', number: 'decimal', only: `name = 'order'` } },
    people: { ...LABEL, class: 'mergeable', state: { kind: 'persons' }, gaps: 'zero' },
    buyers: { ...LABEL, class: 'mergeable', state: { kind: 'persons' }, only: `name = 'order'` },
    greatest: { ...LABEL, class: 'extremal', aggregate: 'max', of: 'revenue', gaps: 'null' },
    rate: {
      ...LABEL,
      class: 'decomposable',
      numerator: { number: 'integer', only: `name = 'order'` },
      denominator: { number: 'integer', only: `name = 'view'` },
      gaps: 'null',
    },
    per_person: { ...LABEL, class: 'derived', formula: 'turnover / people', gaps: 'null' },
    people_2d: { ...LABEL, class: 'window', measure: 'people', window: { kind: 'trailing', days: 2 } },
    month_orders: { ...LABEL, class: 'window', measure: 'orders', window: { kind: 'to_date', grain: 'month' } },
    daily_people: { ...LABEL, class: 'window', measure: 'people', window: { kind: 'mean', grain: 'day' } },
    share: { ...LABEL, class: 'window', measure: 'actions', window: { kind: 'share' }, gaps: 'null' },
  },
  defaultFilters: { environment: ['production'] },
  rollups: [
    { dimensions: ['environment'], step: 'quarter_hour' },
    { dimensions: ['environment', 'country'], step: 'hour' },
    { dimensions: ['environment', 'is_bot'], measures: ['actions', 'rate'], step: 'hour' },
  ],
}

export const IMPORT = '6f1f2a52-50f5-4d4f-8a2c-1d7a8f7a1b11'
export const LOG = '00000000-0000-4000-8000-00000000000a'

/** Times are Berlin's. Ann is the visitors 1 and 9. */
const EVENTS: [
  time: string,
  name: string,
  visitor: number,
  country: string,
  revenue: number,
  plan: string,
  more?: object,
][] = [
  ['2026-03-01 12:00', 'view', 1, 'DE', 0, 'free'],
  ['2026-03-02 08:10', 'view', 1, 'DE', 0, 'free'],
  ['2026-03-02 08:20', 'order', 1, 'DE', 20.5, 'pro', { import_id: IMPORT, log_position: 700 }],
  ['2026-03-02 09:00', 'view', 9, 'DE', 0, 'pro'],
  ['2026-03-02 09:00', 'view', 2, 'PL', 0, 'free'],
  ['2026-03-02 10:00', 'order', 2, 'PL', 10, 'free'],
  ['2026-03-02 23:59', 'view', 0, 'PL', 0, 'free'],
  ['2026-03-02 11:00', 'ping', 3, 'PL', 0, 'free'],
  ['2026-03-02 11:00', 'view', 4, 'DE', 0, 'free', { environment: 'sandbox' }],
  ['2026-03-03 00:00', 'view', 5, 'DE', 0, 'free'],
  ['2026-03-03 10:00', 'view', 5, 'DE', 0, 'free', { is_bot: true, status: 404 }],
]

/** Stores the events and registers the cube, which is not computed yet. */
export async function storeApp(db: TestDatabase): Promise<RunQueryDeps & { readonly registry: CubeRegistry }> {
  const rows = EVENTS.map(([time, name, visitor_id, country, revenue, plan, more], i) => ({
    source: 'app',
    environment: 'production',
    name,
    occurred_at: new Date(`${time.replace(' ', 'T')}:00+01:00`).toISOString(),
    received_at: new Date(Date.UTC(2026, 2, 4, i)).toISOString(),
    event_id: `00000000-0000-4000-8000-0000000000${String(10 + i)}`,
    visitor_id,
    country,
    revenue,
    properties: { plan, position: i },
    log_id: LOG,
    log_position: 100 + i,
    ...more,
  }))
  await db.clickhouse.insert({
    table: 'events',
    values: rows,
    format: 'JSONEachRow',
    clickhouse_settings: { date_time_input_format: 'best_effort' },
  })
  for (const query of [
    'INSERT INTO identities (visitor_id, person_id, version) VALUES (9, 1, 1)',
    'CREATE TABLE towns (code String, town String) ENGINE = MergeTree ORDER BY code',
    `INSERT INTO towns VALUES ('DE', 'Kiel'), ('PL', 'Gdynia')`,
  ]) {
    await db.clickhouse.command({ query })
  }
  await db.pool.query(
    `INSERT INTO imports (id, source, format, file_name, fingerprint) VALUES ($1, 'app', 'combined', 'access.log', 'x')`,
    [IMPORT],
  )
  const registry = await openRegistry({ pool: db.pool, clickhouse: db.clickhouse, cluster: '' })
  await registry.replace([APP])
  expect(registry.failures()).toEqual([])
  return {
    pool: db.pool,
    clickhouse: db.clickhouse,
    registry,
    freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
    segmentFilters: async (names) => names.map(() => ({ dimension: 'country', op: 'in', values: ['PL'] })),
    now: () => Date.UTC(2026, 5, 1),
  }
}

export const computeAll = ({ pool, clickhouse }: Pick<TestDatabase, 'pool' | 'clickhouse'>) =>
  recomputeAll({ pool, clickhouse }, AT_ONCE)
