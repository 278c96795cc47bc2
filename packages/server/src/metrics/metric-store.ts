import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { translateClickHouseError } from '../clickhouse/client.ts'
import { insertRows } from '../clickhouse/insert.ts'
import { beginChange, endChange } from './metric-changes.ts'
import type { MetricGrain, MetricValue } from './metric-row.ts'

export interface MetricStoreDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  /** The times of figures that have changed, in milliseconds; `to` is the last one. */
  readonly onChange: (from: number, to: number) => void
}

export interface MetricStore {
  /** On disk when this resolves. Of two calls with a figure for the same thing, the later one's counts. */
  save(values: readonly MetricValue[]): Promise<void>
  list(): Promise<MetricSummary[]>
  /** Answers with how many there were. */
  remove(range: MetricRange): Promise<number>
}

export interface MetricSummary {
  readonly metric: string
  readonly grains: readonly MetricGrain[]
  readonly sources: readonly string[]
  readonly environments: readonly string[]
  /** The names of its dimensions. */
  readonly dimensions: readonly string[]
  readonly figures: number
  /** Starts of the first and of the last hour or day. */
  readonly first: string
  readonly last: string
}

/** Half-open, in seconds. */
export interface MetricRange {
  readonly metric: string
  readonly from: number
  readonly to: number
  readonly source?: string | undefined
  readonly environment?: string | undefined
}

export function createMetricStore(deps: MetricStoreDeps): MetricStore {
  return {
    save: (values) => saveValues(deps, values),
    list: () => explained(listMetrics(deps.clickhouse)),
    remove: (range) => removeValues(deps, range),
  }
}

const COLUMNS = [
  'metric',
  'grain',
  'measured_at',
  'environment',
  'source',
  'series',
  'dimensions',
  'value',
  'version',
] as const

async function saveValues(deps: MetricStoreDeps, values: readonly MetricValue[]): Promise<void> {
  if (values.length === 0) return
  const hours = hoursOf(values.map(({ at }) => at))
  await change(deps, hours, async (version) => {
    const rows = values.map(({ metric, grain, at, environment, source, series, dimensions, value }) =>
      JSON.stringify([metric, grain, at, environment, source, series, dimensions, value, version]),
    )
    await insertRows(deps.clickhouse, { table: 'metric_values', columns: COLUMNS, rows, token: `metrics:${version}` })
  })
}

const HOUR_SECONDS = 3600

const hoursOf = (seconds: readonly number[]) =>
  [...new Set(seconds.map((at) => Math.floor(at / HOUR_SECONDS) * HOUR_SECONDS))].sort((a, b) => a - b)

/** Should `write` fail, nobody knows whether its rows were written: the change stays noted. */
async function change(
  { pool, onChange }: MetricStoreDeps,
  hours: readonly number[],
  write: (version: number) => Promise<void>,
): Promise<void> {
  const version = await beginChange(pool, hours)
  await explained(write(version))
  await endChange(pool, version, hours)
  onChange((hours[0] ?? 0) * 1000, ((hours.at(-1) ?? 0) + HOUR_SECONDS) * 1000 - 1)
}

/** A failure of the engine, said in our words. */
const explained = <T>(promise: Promise<T>) =>
  promise.catch((error: unknown): never => {
    throw translateClickHouseError(error)
  })

async function listMetrics(clickhouse: ClickHouseClient): Promise<MetricSummary[]> {
  const iso = (time: string) => `formatDateTime(${time}, '%Y-%m-%dT%H:%i:%SZ', 'UTC')`
  const result = await clickhouse.query({
    query: `SELECT metric, arraySort(groupUniqArray(grain)) AS grains, arraySort(groupUniqArray(source)) AS sources,
        arraySort(groupUniqArray(environment)) AS environments,
        arraySort(groupUniqArrayArray(mapKeys(dimensions))) AS dimensions, count() AS figures,
        ${iso('min(measured_at)')} AS first, ${iso('max(measured_at)')} AS last
      FROM metric_values FINAL GROUP BY metric ORDER BY metric`,
    format: 'JSONEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  })
  return result.json<MetricSummary>()
}

/**
 * A mark over each figure hides it at once, whatever is written of older ones. Then what lies under the marks is deleted from disk;
 * the marks stay.
 */
async function removeValues(deps: MetricStoreDeps, range: MetricRange): Promise<number> {
  const found = await explained(countByHour(deps.clickhouse, range))
  if (found.length > 0) await hideValues(deps, range, hoursOf(found.map(({ hour }) => Number(hour))))
  await explained(deleteHidden(deps.clickhouse, range))
  return found.reduce((sum, { figures }) => sum + Number(figures), 0)
}

async function countByHour(clickhouse: ClickHouseClient, range: MetricRange) {
  const { text, parameters } = conditionOf(range)
  const result = await clickhouse.query({
    query: `SELECT ${HOUR} AS hour, count() AS figures FROM metric_values FINAL WHERE ${text} GROUP BY hour ORDER BY hour`,
    query_params: parameters,
    format: 'JSONEachRow',
  })
  return result.json<{ hour: number; figures: string }>()
}

const HOUR = `intDiv(toUnixTimestamp(measured_at), ${HOUR_SECONDS}) * ${HOUR_SECONDS}`

/** Rows that are not the last ones of their figure. */
async function deleteHidden(clickhouse: ClickHouseClient, range: MetricRange): Promise<void> {
  const { text, parameters } = conditionOf(range)
  await clickhouse.command({
    query: `ALTER TABLE metric_values DELETE WHERE ${text} AND (${KEY}, version) NOT IN (
      SELECT ${KEY}, max(version) FROM metric_values WHERE ${text} GROUP BY ${KEY}
    )`,
    query_params: parameters,
    clickhouse_settings: { mutations_sync: '2', allow_nondeterministic_mutations: 1 },
  })
}

const KEY = 'metric, grain, measured_at, environment, source, series'

async function hideValues(deps: MetricStoreDeps, range: MetricRange, hours: readonly number[]): Promise<void> {
  const { text, parameters } = conditionOf(range)
  await change(deps, hours, async (version) => {
    await deps.clickhouse.command({
      query: `INSERT INTO metric_values (${KEY}, version, is_deleted)
        SELECT ${KEY}, {version:UInt64}, 1 FROM metric_values FINAL WHERE ${text} AND has({hours:Array(UInt32)}, ${HOUR})`,
      query_params: { ...parameters, version, hours },
      clickhouse_settings: { async_insert: 0, insert_deduplicate: 0 },
    })
  })
}

function conditionOf({ metric, from, to, source, environment }: MetricRange) {
  const conditions = [
    'metric = {metric:String}',
    'measured_at >= fromUnixTimestamp({from:UInt32})',
    'measured_at < fromUnixTimestamp({to:UInt32})',
    ...(source === undefined ? [] : ['source = {source:String}']),
    ...(environment === undefined ? [] : ['environment = {environment:String}']),
  ]
  const parameters = { metric, from, to, ...(source !== undefined && { source }), ...(environment && { environment }) }
  return { text: conditions.join(' AND '), parameters }
}
