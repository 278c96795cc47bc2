import { randomUUID } from 'node:crypto'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { LAST_IN_LINE } from '../clickhouse/last-in-line.ts'
import { touchHours } from '../cubes/touch-hours.ts'
import { inTransaction } from '../postgres/in-transaction.ts'
import type { Touch } from './pending-visits.ts'
import { type OldVisit, planStretches, type StretchPlan, searchSpan } from './stretches.ts'
import type { VisitRule } from './visit-rule.ts'
import { ROWS_IN_ONE_BLOCK, rebuildSql, type StatementText, stretchesSql } from './visits-sql.ts'

export interface VisitDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
}

/** One statement reads about so many events at most, and has so many spans in its text, to bound memory. */
const EVENTS_PER_RUN = 200_000
const TOUCHES_PER_RUN = 20_000

/** Makes the visits of one source anew where its events have changed. */
export async function updateVisits(
  deps: VisitDeps,
  source: string,
  rule: VisitRule,
  touches: readonly Touch[],
): Promise<void> {
  for (const run of runsOf(touches)) {
    const plan = planStretches(run, await oldVisits(deps.clickhouse, source, rule, run), rule)
    const hours = [...run.flatMap(({ fromMs, toMs }) => [fromMs, toMs]), ...startsOf(plan)].map(hourOf)
    await write(deps, distinct(hours), (version) => stretchesSql({ source, rule, version }, plan))
  }
}

/** Makes all visits of a part of the persons anew, whatever the table said of them. */
export async function rebuildPart(
  deps: VisitDeps,
  source: string,
  rule: VisitRule,
  part: number,
  parts: number,
): Promise<void> {
  await write(deps, [], (version) => rebuildSql({ source, rule, version }, part, parts))
}

/** In the order of time, so that what a run looks at lies close together. */
function runsOf(touches: readonly Touch[]): Touch[][] {
  const runs: Touch[][] = []
  let events = Number.POSITIVE_INFINITY
  for (const touch of touches.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const run = runs.at(-1)
    if (run && run.length < TOUCHES_PER_RUN && events + touch.events <= EVENTS_PER_RUN) {
      run.push(touch)
      events += touch.events
    } else {
      runs.push([touch])
      events = touch.events
    }
  }
  return runs
}

const HOUR_MS = 3_600_000
const hourOf = (ms: number) => Math.floor(ms / HOUR_MS) * (HOUR_MS / 1000)
const distinct = (values: readonly number[]) => [...new Set(values)].sort((a, b) => a - b)
const startsOf = ({ replaced }: StretchPlan) => replaced.map(({ startedAtMs }) => startedAtMs)

async function oldVisits(
  clickhouse: ClickHouseClient,
  source: string,
  rule: VisitRule,
  touches: readonly Touch[],
): Promise<OldVisit[]> {
  const spans = touches.map((touch) => searchSpan(touch, rule))
  const [first, last] = [Math.min(...spans.map(({ fromMs }) => fromMs)), Math.max(...spans.map(({ toMs }) => toMs))]
  const result = await clickhouse.query({
    query: `SELECT environment, toString(person_id) AS person, toString(visit_id) AS visitId,
        toUnixTimestamp64Milli(seen_from) AS seenFromMs, toUnixTimestamp64Milli(started_at) AS startedAtMs,
        toUnixTimestamp64Milli(ended_at) AS endedAtMs
      FROM visits FINAL
      WHERE source = {source:String} AND ended_at >= fromUnixTimestamp64Milli({first:Int64}, 'UTC')
        AND seen_from <= fromUnixTimestamp64Milli({last:Int64}, 'UTC')
        AND person_id IN (SELECT toUInt64(arrayJoin(splitByChar(',', '${[...new Set(spans.map(({ person }) => person))].join(',')}'))))`,
    query_params: { source, first, last },
    format: 'JSONEachRow',
    clickhouse_settings: { ...READ_SETTINGS, output_format_json_quote_64bit_integers: 0 },
  })
  return result.json<OldVisit>()
}

const READ_SETTINGS = {
  max_query_size: String(64 * 1024 * 1024),
  use_skip_indexes_if_final: 1,
  // Without this, an older state of a row could be read where the index leaves out the newer one.
  use_skip_indexes_if_final_exact_mode: 1,
  ...LAST_IN_LINE,
} as const
/** Longer than any run takes; should one hang all the same, it ends. */
const LONGEST_RUN_SECONDS = 300
const SPILL_BYTES = '400000000'

/**
 * The hours in which visits begin are touched before, so that queries read them from the table itself, where all of the change
 * comes at once; and after, those where visits did begin, for a computation meanwhile may have seen none of it.
 */
async function write(
  { pool, clickhouse }: VisitDeps,
  hours: readonly number[],
  statementOf: (version: number) => StatementText,
): Promise<void> {
  const version = await newVersion(pool)
  const { text, parameters } = statementOf(version)
  await inTransaction(pool, (client) => touchHours(client, { table: 'visits', hours }))
  const queryId = `almanac-visits-${randomUUID()}`
  await pool.query('INSERT INTO visit_runs (query_id) VALUES ($1)', [queryId])
  await clickhouse.command({
    query: text,
    query_params: parameters,
    query_id: queryId,
    clickhouse_settings: {
      ...READ_SETTINGS,
      async_insert: 0,
      insert_deduplicate: 0,
      max_execution_time: LONGEST_RUN_SECONDS,
      // One person can have had millions of events in one visit.
      max_bytes_before_external_sort: SPILL_BYTES,
      max_bytes_before_external_group_by: SPILL_BYTES,
      // One block, and so one part: all at once.
      max_insert_threads: '1',
      max_insert_block_size: String(ROWS_IN_ONE_BLOCK),
      min_insert_block_size_rows: String(ROWS_IN_ONE_BLOCK),
      min_insert_block_size_bytes: '0',
    },
  })
  const after = distinct([...hours, ...(await hoursOfVersion(clickhouse, version))])
  await inTransaction(pool, async (client) => {
    await touchHours(client, { table: 'visits', hours: after })
    await client.query('DELETE FROM visit_runs WHERE query_id = $1', [queryId])
  })
}

/** The next one is left for the rows that stay; see `visits-sql.ts`. */
async function newVersion(pool: Pool): Promise<number> {
  const { rows } = await pool.query<{ version: string }>(`SELECT nextval('visit_versions')::text AS version`)
  return Number(rows[0]?.version) * 2
}

async function hoursOfVersion(clickhouse: ClickHouseClient, version: number): Promise<number[]> {
  const result = await clickhouse.query({
    query: `SELECT DISTINCT toUnixTimestamp(toStartOfHour(started_at)) AS hour FROM visits
      WHERE version IN ({version:UInt64}, {version:UInt64} + 1)`,
    query_params: { version },
    format: 'JSONEachRow',
  })
  return (await result.json<{ hour: number }>()).map(({ hour }) => hour)
}

/** A statement that its server could not wait for may still write: it has to end before the next one begins. */
export async function endStaleRuns({ pool, clickhouse }: VisitDeps): Promise<void> {
  const { rows } = await pool.query<{ query_id: string }>('SELECT query_id FROM visit_runs')
  for (const { query_id: queryId } of rows) {
    await clickhouse.command({
      query: 'KILL QUERY WHERE query_id = {queryId:String} SYNC',
      query_params: { queryId },
    })
    await pool.query('DELETE FROM visit_runs WHERE query_id = $1', [queryId])
  }
}
