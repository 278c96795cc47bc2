import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { RawColumn } from '@almanac/core/explain/rows-sql.ts'
import type { Execute } from '../query/execute-sql.ts'

/** The columns of the rows that a cube is made of, as the engine names them. */
export async function rawColumns(execute: Execute, { base }: CubeDefinition): Promise<RawColumn[]> {
  const text = `DESCRIBE TABLE (SELECT * FROM ${base.from})`
  const { rows } = await execute({ text, parameters: {}, tables: base.tables, rollup: undefined, rejected: [] })
  return rows.map(({ name, type }) => ({ name: String(name), type: String(type) }))
}
