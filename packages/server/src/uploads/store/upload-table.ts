import type { UploadColumn, UploadDefinition } from '@almanac/core/uploads/upload-definition.ts'
import type { LoadMode } from '@almanac/core/uploads/upload-load.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { mergeTree, onCluster } from '../../clickhouse/table-engines.ts'

/**
 * The table of an upload. Every definition has a table of its own, so that readers see the old one whole until the new one is
 * whole. A file is loaded into a table beside it, whose rows then move over in one step: there is one partition.
 */

export interface TablePlace {
  /** Empty on a single node. */
  readonly cluster: string
  /** Where the tables are, and where people's SQL looks. */
  readonly database: string
  readonly views: string
}

/** Columns of ours; names of people's columns begin with a letter. */
export const TIME = '_time'
export const SYSTEM_COLUMNS = [TIME, '_load', '_line'] as const

export const tableName = (name: string, version: number) => `upload_${name}_${version}`
/** Of a load. */
export const stagingName = (table: string, load: number) => `${table.replace(/^upload_/, 'uploading_')}_${load}`

/** The name of the upload that a table is of, staging ones included. */
export const ownerOf = (table: string) =>
  /^upload_(.+)_\d+$|^uploading_(.+)_\d+_\d+$/
    .exec(table)
    ?.slice(1)
    .find((name) => name)

/** Of a column in the table: short names, and those that begin with a letter and `_`, are also names that queries give to theirs. */
export const storedName = (name: string) => (/^[a-z]$|^[a-z]_|^is_rest$/.test(name) ? `c_${name}` : name)

export const keptColumns = ({ columns }: Pick<UploadDefinition, 'columns'>) =>
  columns.filter(({ isLeftOut }) => !isLeftOut)

export function createTableSql(table: string, definition: UploadDefinition, { cluster, database }: TablePlace): string {
  const { keys } = definition
  const columns = [
    `${TIME} DateTime64(3, 'UTC') CODEC(Delta, ZSTD)`,
    ...keptColumns(definition).map(
      (column) => `\`${storedName(column.name)}\` ${engineType(column, keys)} CODEC(ZSTD)`,
    ),
    '_load UInt32 CODEC(ZSTD)',
    '_line UInt32 CODEC(Delta, ZSTD)',
    '_version UInt64 DEFAULT bitShiftLeft(toUInt64(_load), 32) + _line CODEC(Delta, ZSTD)',
  ]
  const kind = keys.length > 0 ? mergeTree('ReplacingMergeTree', cluster, '_version') : mergeTree('MergeTree', cluster)
  const order = keys.length > 0 ? keys.map((key) => `\`${storedName(key)}\``) : [TIME]
  return `CREATE TABLE IF NOT EXISTS ${database}.${table} ${onCluster(cluster)} (
  ${columns.join(',\n  ')}
)
ENGINE = ${kind}
ORDER BY (${order.join(', ')})
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`
}

/** What is not there is NULL, but for texts, where it is empty, and for keys, which are always there. */
function engineType({ type, name }: UploadColumn, keys: readonly string[]): string {
  if (type === 'text') return 'String'
  const plain = {
    integer: 'Int64',
    decimal: 'Float64',
    boolean: 'Bool',
    date: 'Date32',
    time: `DateTime64(3, 'UTC')`,
  }[type]
  return keys.includes(name) ? plain : `Nullable(${plain})`
}

/** In one step for who is reading it. It runs with the rights of the user that made it. */
export function viewSql(name: string, table: string, definition: UploadDefinition, place: TablePlace): string {
  const { cluster, database, views } = place
  const own = keptColumns(definition).map(({ name }) => `\`${storedName(name)}\` AS \`${name}\``)
  const final = definition.keys.length > 0 ? ' FINAL' : ''
  return `CREATE OR REPLACE VIEW ${views}.\`${name}\` ${onCluster(cluster)} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS
SELECT ${[TIME, ...own, '_load', '_line'].join(', ')} FROM ${database}.${table}${final}`
}

export const dropViewSql = (name: string, { cluster, views }: TablePlace) =>
  `DROP VIEW IF EXISTS ${views}.\`${name}\` ${onCluster(cluster)}`

/** Queries that read it go on to their end. */
export const dropTableSql = (table: string, { cluster, database }: TablePlace) =>
  `DROP TABLE IF EXISTS ${database}.${table} ${onCluster(cluster)}`

/** From here on the rows of the staging table are the table's: instead of those before, or beside them. */
export function takeOverSql(table: string, staging: string, mode: LoadMode, { database }: TablePlace): string {
  const how = mode === 'replace' ? 'REPLACE' : 'ATTACH'
  return `ALTER TABLE ${database}.${table} ${how} PARTITION ID 'all' FROM ${database}.${staging}`
}

/** The engine refuses to replace rows by none. */
export const emptySql = (table: string, { cluster, database }: TablePlace) =>
  `ALTER TABLE ${database}.${table} ${onCluster(cluster)} DROP PARTITION ID 'all'`

/** Whether the rows of a load are there, all of which came in one step. */
export async function hasLoad(
  clickhouse: ClickHouseClient,
  table: string,
  load: number,
  { database }: TablePlace,
): Promise<boolean> {
  const result = await clickhouse.query({
    query: `SELECT count() > 0 AS is_there FROM system.tables WHERE database = {database:String} AND name = {table:String}`,
    query_params: { database, table },
    format: 'JSONCompactEachRow',
  })
  const [[isThere] = []] = await result.json<[number]>()
  if (!isThere) return false
  const rows = await clickhouse.query({
    query: `SELECT 1 FROM ${database}.${table} WHERE _load = {load:UInt32} LIMIT 1`,
    query_params: { load },
    format: 'JSONCompactEachRow',
  })
  return (await rows.json()).length > 0
}

/** Tables of uploads, staging ones included, by name. */
export async function uploadTables(clickhouse: ClickHouseClient, { database }: TablePlace): Promise<string[]> {
  const result = await clickhouse.query({
    query: `SELECT name FROM system.tables WHERE database = {database:String} AND match(name, '^upload(ing)?_[a-z0-9_]+_[0-9]+$')`,
    query_params: { database },
    format: 'JSONCompactEachRow',
  })
  return (await result.json<[string]>()).map(([name]) => name)
}
