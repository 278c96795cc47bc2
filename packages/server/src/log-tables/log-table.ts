import { newColumnName } from './safe-names.ts'

/**
 * A table of log lines, which is made on first use: the lines are events like all others, and the table is a view of those
 * that bear its name, with a column for each key that its JSON ever had. Columns and their types are only ever added, so
 * that what was asked once can be asked again, and the order in which lines are looked at does not matter.
 */
export interface LogTable {
  /** Such as `shop.pay`. */
  readonly eventName: string
  readonly viewName: string
  readonly columns: readonly LogColumn[]
}

export interface LogColumn {
  /** In the JSON, as ClickHouse writes it: `user.id`. */
  readonly path: string
  readonly column: string
  /** ClickHouse's names of all types that came, in alphabetical order. */
  readonly types: readonly string[]
}

/** Types by path. */
export type FoundColumns = ReadonlyMap<string, readonly string[]>

export const MAX_COLUMNS = 500

/** The table with what was found; the same object when there was nothing new. Columns over the limit are left out. */
export function grown(table: LogTable, found: FoundColumns): LogTable {
  const columns = table.columns.map((column) => withTypes(column, found.get(column.path) ?? []))
  const known = new Set(columns.map(({ path }) => path))
  const names = new Set(columns.map(({ column }) => column))
  for (const path of [...found.keys()].sort()) {
    const types = found.get(path) ?? []
    if (known.has(path) || types.length === 0 || !isReadable(path) || columns.length >= MAX_COLUMNS) continue
    const column = newColumnName(path, names)
    names.add(column)
    columns.push({ path, column, types: [...types].sort() })
  }
  const isSame = columns.length === table.columns.length && columns.every((column, i) => column === table.columns[i])
  return isSame ? table : { ...table, columns }
}

/** What is in the JSON and in no column: too many, or a key that SQL cannot name. */
export function leftOutPaths({ columns }: LogTable, found: FoundColumns): string[] {
  const known = new Set(columns.map(({ path }) => path))
  return [...found.keys()].filter((path) => !known.has(path)).sort()
}

function withTypes(column: LogColumn, types: readonly string[]): LogColumn {
  const added = types.filter((type) => !column.types.includes(type))
  return added.length === 0 ? column : { ...column, types: [...column.types, ...added].sort() }
}

/** The path becomes a part of SQL in backticks; whatever could end those, or is not seen, stays out of it. */
function isReadable(path: string): boolean {
  return path.length <= 200 && !/[\p{C}`\\]/u.test(path) && path.split('.').every((key) => key !== '')
}
