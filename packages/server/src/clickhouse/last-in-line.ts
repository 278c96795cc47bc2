import type { ClickHouseSettings } from '@clickhouse/client'

/**
 * For inserts of what comes in, and for statements that can wait: between two blocks these wait while such an insert runs, for a second at
 * most (`low_priority_query_wait_time_ms`). What reads raw rows for a dashboard, and what makes visits of them, would otherwise halve
 * the speed at which events come in (`bench/ingest-while-asked.ts`: 0.45 without, 0.87 with it). Priorities of threads
 * (`os_thread_priority`) do the same, but need the right to set them, which containers do not have.
 */
export const FIRST_IN_LINE: ClickHouseSettings = { priority: '1' }
export const LAST_IN_LINE: ClickHouseSettings = { priority: '10' }
