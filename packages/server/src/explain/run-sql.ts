import type { RowsSql } from '@almanac/core/explain/rows-sql.ts'
import type { Execute } from '../query/execute-sql.ts'

/** Rows of a statement about raw rows; what columns they have is what its text says. */
export async function runSql<Row extends object>(
  execute: Execute,
  { text, parameters }: RowsSql,
): Promise<readonly Row[]> {
  const { rows } = await execute({ text, parameters, tables: [], rollup: undefined, rejected: [] })
  return rows as readonly unknown[] as readonly Row[]
}
