import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { type FoundColumns, grown, type LogTable } from './log-table.ts'
import { alone, readLogTables, readViewNames, writeLogTable } from './log-table-store.ts'
import { newViewName } from './safe-names.ts'
import { VIEW_VERSION, type ViewPlace, viewSql } from './view-sql.ts'

export interface GrowDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  readonly place: ViewPlace
}

export const MAX_TABLES = 1000

/**
 * Makes the table of that name, or gives it the columns that it does not have. The view is there before PostgreSQL knows of
 * it, so a death in between only makes it once more. Undefined when there are too many tables already.
 */
export function growLogTable(deps: GrowDeps, eventName: string, found: FoundColumns): Promise<LogTable | undefined> {
  return alone(deps.pool, async (db) => {
    const [known] = await readLogTables(db, eventName)
    const before = known ?? (await newTable(deps, eventName, await readViewNames(db)))
    if (!before) return undefined
    const table = grown(before, found)
    if (table !== known) {
      await deps.clickhouse.command({ query: viewSql(table, deps.place) })
      await writeLogTable(db, table, VIEW_VERSION)
    }
    return table
  })
}

/** Makes the views anew that an older version wrote or that are gone. Returns all tables. */
export function repairLogTables(deps: GrowDeps): Promise<LogTable[]> {
  return alone(deps.pool, async (db) => {
    const tables = await readLogTables(db)
    const existing = await viewNames(deps)
    for (const table of tables) {
      if (table.viewVersion === VIEW_VERSION && existing.has(table.viewName)) continue
      await deps.clickhouse.command({ query: viewSql(table, deps.place) })
      await writeLogTable(db, table, VIEW_VERSION)
    }
    return tables
  })
}

async function newTable(deps: GrowDeps, eventName: string, ours: readonly string[]): Promise<LogTable | undefined> {
  if (ours.length >= MAX_TABLES) return undefined
  const taken = new Set([...(await viewNames(deps)), ...ours])
  return { eventName, viewName: newViewName(eventName, taken), columns: [] }
}

async function viewNames({ clickhouse, place }: GrowDeps): Promise<Set<string>> {
  const result = await clickhouse.query({
    query: 'SELECT name FROM system.tables WHERE database = {views:String}',
    query_params: { views: place.views },
    format: 'JSONCompactEachRow',
  })
  return new Set((await result.json<[string]>()).map(([name]) => name))
}
