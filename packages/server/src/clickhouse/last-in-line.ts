import type { ClickHouseSettings } from '@clickhouse/client'

/**
 * For statements that can wait: their threads take what processor time is left. What reads raw rows for a dashboard, and what makes
 * visits of them, would otherwise slow down the events that come in (`bench/ingest-while-asked.ts`). Where ClickHouse runs
 * without the right to set priorities (CAP_SYS_NICE: root has it), it ignores this without a word.
 */
export const LAST_IN_LINE: ClickHouseSettings = { os_thread_priority: '19' }
