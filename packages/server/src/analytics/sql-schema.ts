import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { typeOf } from '@almanac/core/cubes/sql/dimension-sql.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { columnComment, tableComment } from './column-comments.ts'

/** What an editor can offer: the tables that people's SQL may read, the cubes, and the engine's functions. */
export interface SqlSchema {
  readonly databases: readonly SqlDatabase[]
  readonly cubes: readonly SqlCube[]
  readonly functions: readonly SqlFunction[]
}

interface SqlDatabase {
  readonly name: string
  /** Its tables need no `database.` before them. */
  readonly isDefault: boolean
  readonly tables: readonly SqlTable[]
}

interface SqlTable {
  readonly name: string
  readonly comment: string
  readonly columns: readonly { readonly name: string; readonly type: string; readonly comment: string }[]
}

interface SqlCube {
  readonly name: string
  readonly label: string
  readonly description: string
  readonly dimensions: readonly { readonly name: string; readonly label: string; readonly type: string }[]
  readonly measures: readonly { readonly name: string; readonly label: string; readonly class: string }[]
}

interface SqlFunction {
  readonly name: string
  readonly isAggregate: boolean
  /** Such as `toStartOfHour(value[, timezone])`; empty where the engine does not say. */
  readonly syntax: string
}

/** As the read-only user, who is told of nothing else. */
export async function readDatabases(reader: ClickHouseClient, defaultDatabase: string): Promise<SqlDatabase[]> {
  const result = await reader.query({
    query: `SELECT database, table, name, type, comment FROM system.columns
      WHERE database NOT IN ('system', 'information_schema', 'INFORMATION_SCHEMA')
      ORDER BY database, table, position`,
    format: 'JSONEachRow',
  })
  const columns = await result.json<ColumnRow>()
  return [...Map.groupBy(columns, ({ database }) => database)].map(([name, rows]) => ({
    name,
    isDefault: name === defaultDatabase,
    tables: tablesOf(rows),
  }))
}

interface ColumnRow {
  readonly database: string
  readonly table: string
  readonly name: string
  readonly type: string
  readonly comment: string
}

function tablesOf(rows: readonly ColumnRow[]): SqlTable[] {
  return [...Map.groupBy(rows, ({ table }) => table)].map(([table, columns]) => ({
    name: table,
    comment: tableComment(table),
    columns: columns.map(({ name, type, comment }) => ({ name, type, comment: comment || columnComment(table, name) })),
  }))
}

export function cubesForSql(definitions: readonly CubeDefinition[]): SqlCube[] {
  return definitions.map(({ name, label, description = '', dimensions, measures }) => ({
    name,
    label,
    description,
    dimensions: Object.entries(dimensions).map(([key, dimension]) => ({
      name: key,
      label: dimension.label,
      type: typeOf(dimension),
    })),
    measures: Object.entries(measures).map(([key, measure]) => ({
      name: key,
      label: measure.label,
      class: measure.class,
    })),
  }))
}

/** Those that are withheld from the read-only user have one of ours in their place, and are left out. */
export async function readFunctions(clickhouse: ClickHouseClient): Promise<SqlFunction[]> {
  const result = await clickhouse.query({
    query: `SELECT name, is_aggregate AS isAggregate, syntax FROM system.functions
      WHERE origin = 'System' AND alias_to = '' AND NOT startsWith(name, '_')
        AND categories NOT IN ('Internal', 'Introspection', 'AI')
        AND name NOT IN (SELECT name FROM system.functions WHERE origin = 'SQLUserDefined')
      ORDER BY name`,
    format: 'JSONEachRow',
  })
  const rows = await result.json<{ name: string; isAggregate: number; syntax: string }>()
  return rows.map(({ name, isAggregate, syntax }) => ({ name, isAggregate: isAggregate === 1, syntax }))
}
