import type { ClickHouseClient } from '@clickhouse/client'
import type { PreparedEvent } from '../batches/batch.ts'
import type { RecentIds } from './recent-ids.ts'

/**
 * Finds the events that are already there. Only events whose id comes from outside can be:
 *
 * - `content` ids come with their exact time, so their twins stand in the same stretch of the table, however long ago they were
 *   stored: importing an old file again finds every line.
 * - `client` ids are looked for among all that came in the last week, because a client that sends a message again may have
 *   corrected its clock in between. `RecentIds` says for nearly all of them that there is no twin. Those that an import
 *   brings have exact times too, and are looked for in both ways.
 */
export interface StoredIds {
  /** Those of `ids` that were received within the last `days`. */
  recent(ids: readonly string[], days: number): Promise<Set<string>>
  /** Those of the events' ids that are stored for the same source at the same times. */
  sameTimes(source: string, events: readonly PreparedEvent[]): Promise<Set<string>>
}

const WINDOW_DAYS = 8

export async function findDuplicates(
  events: readonly PreparedEvent[],
  recent: RecentIds,
  stored: StoredIds,
): Promise<Set<PreparedEvent>> {
  const duplicates = new Set<PreparedEvent>()
  const seen = new Set<string>()
  const candidates = events.filter((event) => {
    if (event.idFrom === 'server') return false
    if (!seen.has(event.id)) return seen.add(event.id)
    duplicates.add(event)
    return false
  })
  const known = new Set<string>()
  const exactlyTimed = candidates.filter(({ idFrom, importId }) => idFrom === 'content' || importId !== undefined)
  for (const [source, ofSource] of Map.groupBy(exactlyTimed, ({ source }) => source)) {
    for (const id of await stored.sameTimes(source, ofSource)) known.add(id)
  }
  const suspects = candidates.filter(({ idFrom, id }) => idFrom === 'client' && recent.mayHold(id)).map(({ id }) => id)
  if (suspects.length > 0) for (const id of await stored.recent(suspects, WINDOW_DAYS)) known.add(id)

  for (const event of candidates) if (known.has(event.id)) duplicates.add(event)
  return duplicates
}

const HOUR_MS = 3_600_000
// One text of many ids instead of many literals: the parser's work stays small, and its limits are far away.
const SETTINGS = { max_query_size: String(64 * 1024 * 1024) }

export function storedIds(clickhouse: ClickHouseClient): StoredIds {
  const select = async (query: string, query_params: Record<string, unknown> = {}) => {
    const result = await clickhouse.query({
      query,
      query_params,
      format: 'JSONCompactEachRow',
      clickhouse_settings: SETTINGS,
    })
    const rows = await result.json<[string]>()
    return rows.map(([value]) => value)
  }
  const idList = (ids: readonly string[]) => `(SELECT toUUID(arrayJoin(splitByChar(',', '${ids.join(',')}'))))`

  return {
    recent: async (ids, days) =>
      new Set(
        await select(
          `SELECT event_id FROM events WHERE event_id IN ${idList(ids)} AND received_at > now() - INTERVAL {days:UInt32} DAY`,
          { days },
        ),
      ),

    sameTimes: async (source, events) => {
      const hours = [...new Set(events.map(({ at }) => Math.floor(at / HOUR_MS) * (HOUR_MS / 1000)))]
      const times = events.reduce((range, { at }) => ({ min: Math.min(range.min, at), max: Math.max(range.max, at) }), {
        min: Number.POSITIVE_INFINITY,
        max: 0,
      })
      const where = `source = {source:String}
        AND toStartOfHour(occurred_at) IN (SELECT toDateTime(arrayJoin([${hours.join(',')}]), 'UTC'))
        AND occurred_at >= fromUnixTimestamp64Milli({min:Int64}, 'UTC') AND occurred_at <= fromUnixTimestamp64Milli({max:Int64}, 'UTC')`
      const parameters = { source, min: times.min, max: times.max }
      // A file that is read for the first time usually has nothing to be compared with.
      const [count] = await select(`SELECT count() FROM events WHERE ${where}`, parameters)
      if (Number(count) === 0) return new Set()
      const ids = events.map(({ id }) => id)
      return new Set(
        await select(`SELECT event_id FROM events WHERE ${where} AND event_id IN ${idList(ids)}`, parameters),
      )
    },
  }
}
