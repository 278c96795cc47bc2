import { PERSON_JOIN, PERSON_SQL } from '@almanac/core/cubes/sql/person-sql.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { PendingBatch, Touch } from './pending-visits.ts'

/** Whose events some batches brought, and when those were: read from the events, a day of a person at a time. */
export async function touchesOfBatches(
  clickhouse: ClickHouseClient,
  batches: readonly PendingBatch[],
): Promise<Touch[]> {
  let touches: Touch[] = []
  for (const { logId, from, to, firstAtMs, lastAtMs } of united(batches)) {
    const result = await clickhouse.query({
      query: `SELECT source, environment, toString(${PERSON_SQL}) AS person,
          toUnixTimestamp64Milli(min(occurred_at)) AS fromMs, toUnixTimestamp64Milli(max(occurred_at)) AS toMs, count() AS events
        FROM events ${PERSON_JOIN}
        WHERE log_id = {logId:UUID} AND log_position >= {from:UInt64} AND log_position < {to:UInt64} AND visitor_id != 0
          AND occurred_at BETWEEN fromUnixTimestamp64Milli({firstAtMs:Int64}, 'UTC') AND fromUnixTimestamp64Milli({lastAtMs:Int64}, 'UTC')
          AND toStartOfHour(occurred_at) >= toStartOfHour(fromUnixTimestamp64Milli({firstAtMs:Int64}, 'UTC'))
          AND toStartOfHour(occurred_at) <= toStartOfHour(fromUnixTimestamp64Milli({lastAtMs:Int64}, 'UTC'))
        GROUP BY source, environment, person, toDate(occurred_at)`,
      query_params: { logId, from, to, firstAtMs, lastAtMs },
      format: 'JSONEachRow',
      clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
    })
    touches = touches.concat(await result.json<Touch>())
  }
  return touches
}

/** Batches that follow each other in a log are read together. */
function united(batches: readonly PendingBatch[]): Omit<PendingBatch, 'id' | 'events'>[] {
  const result: Omit<PendingBatch, 'id' | 'events'>[] = []
  for (const batch of batches) {
    const last = result.at(-1)
    if (last && last.logId === batch.logId && last.to === batch.from) {
      const firstAtMs = Math.min(last.firstAtMs, batch.firstAtMs)
      result[result.length - 1] = {
        ...last,
        to: batch.to,
        firstAtMs,
        lastAtMs: Math.max(last.lastAtMs, batch.lastAtMs),
      }
    } else {
      result.push(batch)
    }
  }
  return result
}
