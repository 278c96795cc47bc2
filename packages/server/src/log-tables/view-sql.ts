import { onCluster } from '../clickhouse/table-engines.ts'
import { LOG_PLATFORM } from '../collect/protocols/syslog/log-line-event.ts'
import { columnSql } from './column-sql.ts'
import type { LogTable } from './log-table.ts'
import { FIXED_COLUMNS } from './safe-names.ts'

/** Counts up when the text of all views changes: then they are made anew at the next start. */
export const VIEW_VERSION = 1

export interface ViewPlace {
  /** Empty on a single node. */
  readonly cluster: string
  /** Where the events are, and where people's SQL looks. */
  readonly database: string
  readonly views: string
}

/**
 * In one step for who is reading it. As the other views for people's SQL it runs with the rights of the user that made it.
 * Every column is named with its table, for in ClickHouse `name` would else be a column of that name in the JSON.
 */
export function viewSql({ eventName, viewName, columns }: LogTable, { cluster, database, views }: ViewPlace): string {
  const { time, ...last } = FIXED_COLUMNS
  const fixed = (names: Readonly<Record<string, string>>) =>
    Object.entries(names).map(([name, column]) => `event.${column} AS ${quoted(name)}`)
  const own = columns.map((column) => `${columnSql(column)} AS ${quoted(column.column)}`)
  const select = [...fixed({ time }), ...own, ...fixed(last)].join(',\n  ')
  return `CREATE OR REPLACE VIEW ${views}.${quoted(viewName)} ${onCluster(cluster)}
DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT
  ${select}
FROM ${database}.events AS event
WHERE event.name = ${text(eventName)} AND event.app_platform = ${text(LOG_PLATFORM)}`
}

/** Both are made of letters, digits and `_`, and the event's name has a dot. */
function quoted(name: string): string {
  if (!/^\w+$/.test(name)) throw new Error(`${JSON.stringify(name)} is no name for a view or a column`)
  return `\`${name}\``
}

function text(value: string): string {
  if (!/^[\w.]+$/.test(value)) throw new Error(`${JSON.stringify(value)} is no name of a table of logs`)
  return `'${value}'`
}
