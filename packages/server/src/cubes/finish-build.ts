import type { Pool } from 'pg'
import { inTransaction } from '../postgres/in-transaction.ts'
import { readTables, type StoredTable, setState } from './cube-store.ts'

/**
 * A table whose hours, days and months were all computed once takes the place of the one that serves. What is touched all the time
 * is not waited for: such hours, and days and months that have not ended, are read from something finer in the old table, too.
 */
export async function finishBuild(pool: Pool, { id, name }: StoredTable): Promise<void> {
  if (!(await isBuilt(pool, id))) return
  await inTransaction(pool, async (client) => {
    const tables = await readTables(client)
    // Somebody may have given it up meanwhile.
    if (!tables.some((table) => table.id === id && table.state === 'building')) return
    const serving = tables.find((table) => table.name === name && table.state === 'serving')
    if (serving) await setState(client, serving.id, 'retired')
    await setState(client, id, 'serving')
  })
}

async function isBuilt(pool: Pool, cubeId: number): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM cube_buckets WHERE cube_id = $1 AND touched <> computed AND computed = 0 AND touched_at < 'infinity' AND CASE level
       WHEN 0 THEN touched = 1 OR touched_at < now() - interval '1 minute'
       WHEN 1 THEN bucket < now() - interval '26 hours'
       ELSE bucket < now() - interval '32 days' END LIMIT 1`,
    [cubeId],
  )
  return rowCount === 0
}
