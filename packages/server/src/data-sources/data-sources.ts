import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import type { SavedStatement } from '../boards/answers/prepare-data.ts'

/** A statement of ClickHouse that was saved by name, for the widgets of any board. */
export interface DataSource extends SavedStatement {
  readonly name: string
  readonly label: string
  readonly updatedBy: string
  readonly createdAt: Date
  readonly updatedAt: Date
}

export type NewDataSource = Pick<DataSource, 'name' | 'label' | 'sql' | 'parameters'>

export interface DataSources {
  /** By label. */
  list(): Promise<DataSource[]>
  byName(): Promise<ReadonlyMap<string, DataSource>>
  /** Makes it, or takes the place of the one of that name: every widget that names it shows the new one. */
  save(source: NewDataSource, by: string): Promise<{ readonly source: DataSource; readonly isNew: boolean }>
  remove(name: string): Promise<void>
}

const COLUMNS = `name, label, sql, parameters, updated_by AS "updatedBy", created_at AS "createdAt", updated_at AS "updatedAt"`

export function createDataSources(pool: Pool): DataSources {
  const list = async () => {
    const { rows } = await pool.query<DataSource>(`SELECT ${COLUMNS} FROM data_sources ORDER BY lower(label), name`)
    return rows
  }
  return {
    list,
    byName: async () => new Map((await list()).map((source) => [source.name, source])),
    async save({ name, label, sql, parameters }, by) {
      const { rows } = await pool.query<DataSource & { isNew: boolean }>(
        `INSERT INTO data_sources (name, label, sql, parameters, updated_by) VALUES ($1, $2, $3, $4, $5)
         ON CONFLICT (name) DO UPDATE SET label = excluded.label, sql = excluded.sql, parameters = excluded.parameters,
           updated_by = excluded.updated_by, updated_at = now()
         RETURNING ${COLUMNS}, xmax = 0 AS "isNew"`,
        [name, label, sql, JSON.stringify(parameters), by],
      )
      const [row] = rows
      if (!row) throw new Error(`PostgreSQL did not say what became of the data source ${name}`)
      const { isNew, ...source } = row
      return { source, isNew }
    },
    async remove(name) {
      const { rowCount } = await pool.query('DELETE FROM data_sources WHERE name = $1', [name])
      if (rowCount === 0) throw new AppError('not_found', `There is no data source ${name}`)
    },
  }
}
