import { columnsSql, EVENT_COLUMNS } from '../events-table.ts'
import { onCluster } from '../table-engines.ts'
import { sqlDatabase } from './0003-sql-views.ts'
import type { MigrationContext } from './list.ts'

const FROM_COLUMN = 55
const TO_COLUMN = 65

/** Where a visitor came from, and by which rules a bot was told. A view has the columns of the day it was made. */
export function eventColumns({ database, cluster }: MigrationContext): string[] {
  const columns = EVENT_COLUMNS.slice(FROM_COLUMN, TO_COLUMN)
  const added = columns.map((column) => `  ADD COLUMN IF NOT EXISTS ${columnsSql([column]).trim()}`)
  return [
    `ALTER TABLE ${database}.events ${onCluster(cluster)}\n${added.join(',\n')}`,
    `CREATE OR REPLACE VIEW ${sqlDatabase(database)}.events ${onCluster(cluster)} DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT * FROM ${database}.events`,
  ]
}
