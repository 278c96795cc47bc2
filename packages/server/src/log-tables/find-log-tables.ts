import type { ClickHouseClient } from '@clickhouse/client'
import { clickhouseTime } from '../clickhouse/time-text.ts'
import { LOG_PLATFORM } from '../collect/protocols/syslog/log-line-event.ts'
import type { FoundColumns } from './log-table.ts'

/** Events of one log: from a position in it up to another, and, where it is known, when they happened. */
export interface LogStretch {
  readonly from: number
  readonly to: number
  readonly times: { readonly from: number; readonly to: number } | undefined
}

/** What the rows of tables in that stretch hold, by the events' name. Reads the columns of those alone. */
export async function findLogTables(
  clickhouse: ClickHouseClient,
  logId: string,
  { from, to, times }: LogStretch,
): Promise<Map<string, FoundColumns>> {
  const result = await clickhouse.query({
    query: `SELECT name, distinctJSONPathsAndTypes(properties) AS found FROM events
      WHERE log_position >= {from:UInt64} AND log_position < {to:UInt64} AND log_id = {logId:UUID}
        AND app_platform = {platform:String} AND match(name, '^\\\\w+\\\\.\\\\w+$')
        ${times ? `AND occurred_at BETWEEN {since:DateTime64(3, 'UTC')} AND {until:DateTime64(3, 'UTC')}` : ''}
      GROUP BY name ORDER BY name`,
    query_params: {
      from,
      to,
      logId,
      platform: LOG_PLATFORM,
      ...(times && { since: clickhouseTime(times.from), until: clickhouseTime(times.to) }),
    },
    format: 'JSONEachRow',
  })
  const rows = await result.json<{ name: string; found: Record<string, string[]> }>()
  return new Map(rows.map(({ name, found }) => [name, new Map(Object.entries(found))]))
}
