import { onCluster } from '../table-engines.ts'
import type { MigrationContext } from './list.ts'

/**
 * Under load ClickHouse merged about every fifth part into the month's large one, and wrote each time a file for each of the
 * columns: a third of the processor time that events cost it. So merges wait for twelve parts, and parts of up to 128 MB of
 * events are one file.
 */
export function largerMerges({ database, cluster }: MigrationContext): string[] {
  return [
    `ALTER TABLE ${database}.events ${onCluster(cluster)}
  MODIFY SETTING min_parts_to_merge_at_once = 12, min_bytes_for_wide_part = 134217728`,
  ]
}
