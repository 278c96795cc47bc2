import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool, PoolClient } from 'pg'
import { translateClickHouseError } from '../clickhouse/client.ts'
import { insertDayStatesSql } from './compute/day-states-sql.ts'
import { GRACE_SECONDS } from './compute/delete-garbage.ts'
import { insertHoursSql } from './compute/hours-sql.ts'
import { rollupGroups } from './compute/raw-rows-sql.ts'
import {
  arrangeTables,
  describeTable,
  forgetTable,
  insertTable,
  readTables,
  type StoredTable,
  setState,
} from './cube-store.ts'
import { definitionHash } from './definition-hash.ts'
import { createTableSql, dropTableSql } from './table-sql.ts'

export interface RegisterDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
  /** Empty on a single node. */
  readonly cluster: string
}

/**
 * Brings the tables to the definitions. Every step is written down before it is made and can be made again, so that the next
 * start goes on wherever this one died.
 */
export async function registerCubes(deps: RegisterDeps, definitions: readonly CubeDefinition[]): Promise<void> {
  await whileRegistering(deps.pool, async () => {
    for (const definition of definitions) await register(deps, definition)
    const names = definitions.map(({ name }) => name)
    for (const table of await readTables(deps.pool)) {
      if (!names.includes(table.name)) await retire(deps.pool, table)
    }
    await arrangeTables(deps.pool, names)
  })
}

/** One at a time over all servers. */
async function whileRegistering<T>(pool: Pool, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  let isInOrder = false
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('almanac cube tables'))`)
    const result = await run(client)
    await client.query(`SELECT pg_advisory_unlock(hashtext('almanac cube tables'))`)
    isInOrder = true
    return result
  } finally {
    // Closing the connection frees the lock.
    client.release(!isInOrder)
  }
}

async function register(deps: RegisterDeps, definition: CubeDefinition): Promise<void> {
  const { pool } = deps
  const hash = definitionHash(definition)
  const ofName = (await readTables(pool)).filter(({ name }) => name === definition.name)
  const same = ofName.find((table) => table.hash === hash)
  // What was never finished gives way; what serves goes on until the new one is built.
  for (const table of ofName) if (table !== same && table.state !== 'serving') await retire(pool, table)
  if (same?.state === 'building' || same?.state === 'serving') return describeTable(pool, same.id, definition)
  if (same?.state === 'dropping') await drop(deps, same)
  const id =
    same && same.state !== 'dropping' ? await makeAgain(pool, same, definition) : await insert(pool, definition, hash)
  await make(deps, id, definition, tableName(definition, hash))
}

const tableName = ({ name }: CubeDefinition, hash: string) => `cube_${name}_${hash.slice(0, 8)}`

const insert = (pool: Pool, definition: CubeDefinition, hash: string) =>
  insertTable(pool, definition, hash, tableName(definition, hash))

/** One that was given up and is still there: its hours were touched all the same. */
async function makeAgain(pool: Pool, { id }: StoredTable, definition: CubeDefinition): Promise<number> {
  await describeTable(pool, id, definition)
  await setState(pool, id, 'making')
  return id
}

async function make(deps: RegisterDeps, id: number, definition: CubeDefinition, table: string): Promise<void> {
  try {
    await deps.clickhouse.command({ query: createTableSql(table, definition, deps.cluster) })
    await tryOut(deps.clickhouse, definition, table)
    await touchAllHours(deps, id, definition)
  } catch (error) {
    const refusal = translateClickHouseError(error)
    if (refusal.code !== 'query_failed' && refusal.code !== 'forbidden') throw refusal
    await setState(deps.pool, id, 'failed', refusal.message)
    await deps.clickhouse.command({ query: dropTableSql(table, deps.cluster) })
    return
  }
  await setState(deps.pool, id, 'building')
}

/** Says what is wrong with the definition's SQL before anything is computed by it. */
async function tryOut(clickhouse: ClickHouseClient, definition: CubeDefinition, table: string): Promise<void> {
  const statements = [
    ...rollupGroups(definition, 'hour').map((group) => insertHoursSql(table, definition, group, [])),
    ...rollupGroups(definition, 'day').map((group) => insertDayStatesSql(table, definition, group, [])),
  ]
  for (const query of statements) await clickhouse.command({ query, query_params: { version: 0 } })
}

/** From here on queries read from raw what is there, until it is computed. What comes later touches the cube by itself. */
async function touchAllHours({ pool, clickhouse }: RegisterDeps, id: number, { base }: CubeDefinition): Promise<void> {
  const result = await clickhouse.query({
    query: `SELECT DISTINCT intDiv(toUnixTimestamp(${base.timeColumn}), 3600) * 3600 FROM ${base.from} WHERE ${base.where}`,
    format: 'JSONCompactEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  })
  const hours = (await result.json<[number]>()).map(([hour]) => hour).sort((a, b) => a - b)
  await pool.query(
    `INSERT INTO cube_buckets (cube_id, level, bucket) SELECT $1, 0, to_timestamp(hour) FROM unnest($2::bigint[]) AS hour
     ON CONFLICT DO NOTHING`,
    [id, hours],
  )
}

/** Its table goes when no query can be reading it any more. */
async function retire(pool: Pool, { id, state }: StoredTable): Promise<void> {
  if (state === 'failed') await forgetTable(pool, id)
  else if (state !== 'retired' && state !== 'dropping') await setState(pool, id, 'retired')
}

/** Tables that no query can be reading any more. */
export async function dropRetired(deps: RegisterDeps): Promise<void> {
  if ((await readDroppable(deps.pool)).length === 0) return
  await whileRegistering(deps.pool, async () => {
    const ids = await readDroppable(deps.pool)
    for (const table of await readTables(deps.pool)) if (ids.includes(table.id)) await drop(deps, table)
  })
}

async function readDroppable(pool: Pool): Promise<number[]> {
  const { rows } = await pool.query<{ id: number }>(
    `SELECT id FROM cube_tables WHERE state = 'dropping'
       OR state = 'retired' AND retired_at < now() - make_interval(secs => $1)`,
    [RETIRED_SECONDS],
  )
  return rows.map(({ id }) => id)
}

/** Longer than a query takes, after every server has seen that the table was retired. */
const RETIRED_SECONDS = GRACE_SECONDS + 60

async function drop({ pool, clickhouse, cluster }: RegisterDeps, { id, table }: StoredTable): Promise<void> {
  await setState(pool, id, 'dropping')
  await clickhouse.command({ query: dropTableSql(table, cluster) })
  await forgetTable(pool, id)
}
