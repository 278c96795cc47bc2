import type { ClickHouseClient } from '@clickhouse/client'
import type { HashedPerson } from './person-events.ts'
import { keyedCondition } from './person-events.ts'
import type { Traces, VisitStretch } from './target-file.ts'

/** The rows of an erasure: those of the person that came from before `logEnd`, so that what comes later stays whole. */
export interface RowsOf {
  readonly hashed: HashedPerson
  readonly logId: string
  readonly logEnd: number
}

function rowsOf({ hashed, logId, logEnd }: RowsOf): string {
  return `${keyedCondition(hashed)} AND NOT (log_id = toUUID('${logId}') AND log_position >= ${logEnd})`
}

/** What is computed from the events that are going to be deleted. */
export async function findTraces(clickhouse: ClickHouseClient, rows: RowsOf): Promise<Traces> {
  const where = rowsOf(rows)
  const result = await clickhouse.query({
    query: `SELECT toUnixTimestamp(toStartOfHour(occurred_at)) AS hour, count() AS events FROM events WHERE ${where}
      GROUP BY hour ORDER BY hour`,
    format: 'JSONEachRow',
  })
  const hours = await result.json<{ hour: number; events: number }>()
  return {
    events: hours.reduce((sum, { events }) => sum + Number(events), 0),
    hours: hours.map(({ hour }) => hour),
    stretches: await findStretches(clickhouse, where),
  }
}

/** What these visitors have done since. */
export async function laterStretches(
  clickhouse: ClickHouseClient,
  visitors: readonly string[],
): Promise<VisitStretch[]> {
  return visitors.length === 0 ? [] : findStretches(clickhouse, `visitor_id IN ${numberList(visitors)}`)
}

async function findStretches(clickhouse: ClickHouseClient, where: string): Promise<VisitStretch[]> {
  const result = await clickhouse.query({
    query: `SELECT source, environment, toString(visitor_id) AS visitor, toUnixTimestamp64Milli(min(occurred_at)) AS firstAt,
        toUnixTimestamp64Milli(max(occurred_at)) AS lastAt, count() AS events
      FROM events WHERE ${where} GROUP BY source, environment, visitor_id`,
    format: 'JSONEachRow',
  })
  const rows = await result.json<VisitStretch>()
  return rows.map((row) => ({
    ...row,
    firstAt: Number(row.firstAt),
    lastAt: Number(row.lastAt),
    events: Number(row.events),
  }))
}

/** From here on no query sees them. The bytes go with `purgeDeleted`. */
export async function deleteEvents(clickhouse: ClickHouseClient, rows: RowsOf, signal: AbortSignal): Promise<void> {
  await deleteRows(clickhouse, 'events', rowsOf(rows), signal)
}

const IDS_AT_ONCE = 5000

export async function deleteQuarantined(
  clickhouse: ClickHouseClient,
  ids: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  for (let from = 0; from < ids.length; from += IDS_AT_ONCE) {
    const some = ids.slice(from, from + IDS_AT_ONCE).map((id) => `toUUID('${id}')`)
    await deleteRows(clickhouse, 'quarantine', `id IN (${some.join(', ')})`, signal)
  }
}

/** Also the rows of what was replaced, which nobody reads any more. */
export async function deleteVisits(
  clickhouse: ClickHouseClient,
  visitors: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (visitors.length > 0) await deleteRows(clickhouse, 'visits', `person_id IN ${numberList(visitors)}`, signal)
}

export async function deleteIdentities(
  clickhouse: ClickHouseClient,
  visitors: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (visitors.length === 0) return
  const list = numberList(visitors)
  await deleteRows(clickhouse, 'identities', `visitor_id IN ${list} OR person_id IN ${list}`, signal)
}

/** By which they were counted. */
export async function deleteNumbers(
  clickhouse: ClickHouseClient,
  visitors: readonly string[],
  signal: AbortSignal,
): Promise<void> {
  if (visitors.length === 0) return
  await deleteRows(clickhouse, 'person_numbers', `person_id IN ${numberList(visitors)}`, signal)
}

function numberList(visitors: readonly string[]): string {
  return `(${visitors.map((visitor) => `toUInt64(${BigInt(visitor)})`).join(', ')})`
}

/** When it is aborted, ClickHouse finishes it all the same; to ask again does no harm. */
async function deleteRows(
  clickhouse: ClickHouseClient,
  table: string,
  where: string,
  signal: AbortSignal,
): Promise<void> {
  await clickhouse.command({
    query: `DELETE FROM ${table} WHERE ${where}`,
    abort_signal: signal,
    clickhouse_settings: {
      lightweight_delete_mode: 'alter_update',
      lightweight_deletes_sync: '2',
      max_query_size: String(64 * 1024 * 1024),
    },
  })
}
