import { mergeTree, onCluster } from '../table-engines.ts'
import type { MigrationContext } from './list.ts'

/**
 * Each definition of a cube has a table of its own now (`cubes/table-sql.ts`). Persons get numbers, so that sets of them are small
 * bitmaps; should a person ever be given two, the greater one counts.
 */
export function cubes({ database, cluster }: MigrationContext): string[] {
  const on = onCluster(cluster)
  return [
    `DROP TABLE IF EXISTS ${database}.cube_web ${on}`,
    `DROP TABLE IF EXISTS ${database}.cube_visits ${on}`,

    `CREATE TABLE IF NOT EXISTS ${database}.person_numbers ${on} (
  person_id UInt64 CODEC(ZSTD),
  number UInt32 CODEC(ZSTD)
)
ENGINE = ${mergeTree('ReplacingMergeTree', cluster, 'number')}
ORDER BY person_id
SETTINGS fsync_after_insert = 1, fsync_part_directory = 1`,
  ]
}
