import type { ClickHouseClient } from '@clickhouse/client'
import type { BatchReport } from './ingest-log.ts'

/** When the newest stored event was received, as an ISO instant; `undefined` while there is none. */
export interface Freshness {
  newestEvent(): string | undefined
  note(report: BatchReport): void
}

/** Asked of the table once, at the start; then every batch tells. */
export async function createFreshness(clickhouse: ClickHouseClient): Promise<Freshness> {
  const result = await clickhouse.query({
    query: 'SELECT toUnixTimestamp64Milli(max(received_at)) AS newest FROM events',
    format: 'JSONEachRow',
  })
  const [row] = await result.json<{ newest: string }>()
  let newest = Number(row?.newest ?? 0)
  return {
    newestEvent: () => (newest > 0 ? new Date(newest).toISOString() : undefined),
    note: ({ newestReceivedAt }) => {
      newest = Math.max(newest, newestReceivedAt)
    },
  }
}
