import type { ClickHouseClient } from '@clickhouse/client'

/**
 * A deleted row is first only marked. Here the parts with marked rows are written anew without them, and then it is waited
 * for that ClickHouse removes the old ones. A server of its own keeps them for eight minutes, for the case that the machine
 * loses its power before the new ones are on disk.
 */
export async function beginPurge(clickhouse: ClickHouseClient): Promise<void> {
  const tables = await select<{ table: string }>(
    clickhouse,
    'SELECT DISTINCT table FROM system.parts WHERE database = currentDatabase() AND active AND has_lightweight_delete',
  )
  for (const { table } of tables) {
    await clickhouse.command({
      query: `ALTER TABLE ${table} APPLY DELETED MASK`,
      clickhouse_settings: { mutations_sync: '0' },
    })
  }
}

/** A point in time of ClickHouse's own clock, as text: every part that is older has to go. */
export async function purgeTime(clickhouse: ClickHouseClient): Promise<string> {
  const [row] = await select<{ now: string }>(clickhouse, 'SELECT toString(now()) AS now')
  if (!row) throw new Error('a statement without FROM always has a row')
  return row.now
}

export async function isRewritten(clickhouse: ClickHouseClient): Promise<boolean> {
  const [row] = await select<{ open: number }>(
    clickhouse,
    `SELECT count() AS open FROM system.mutations
     WHERE database = currentDatabase() AND NOT is_done AND command ILIKE '%APPLY DELETED MASK%'`,
  )
  return Number(row?.open) === 0
}

/**
 * The task that removes old parts sleeps for up to five minutes when a table has nothing else to do, and is woken by being
 * told that it may run. A user that may not say so has to wait.
 */
export async function areOldPartsGone(clickhouse: ClickHouseClient, before: string): Promise<boolean> {
  const result = await clickhouse.query({
    query: `SELECT DISTINCT table FROM system.parts
      WHERE database = currentDatabase() AND NOT active AND modification_time <= toDateTime({before:String})`,
    query_params: { before },
    format: 'JSONEachRow',
  })
  const tables = await result.json<{ table: string }>()
  for (const { table } of tables)
    await clickhouse.command({ query: `SYSTEM START CLEANUP ${table}` }).catch(() => undefined)
  return tables.length === 0
}

async function select<T>(clickhouse: ClickHouseClient, query: string): Promise<T[]> {
  return (await clickhouse.query({ query, format: 'JSONEachRow' })).json<T>()
}
