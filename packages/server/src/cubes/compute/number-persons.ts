import { randomUUID } from 'node:crypto'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { countsPersons } from '@almanac/core/cubes/measure.ts'
import { personId, personJoin } from '@almanac/core/cubes/sql/person-sql.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool, PoolClient } from 'pg'
import { hoursCondition } from './hours-sql.ts'

/**
 * Gives the persons behind some hours their numbers. One at a time over all cubes and servers, and a range of numbers is taken in
 * PostgreSQL before it is given away: whatever dies in between, no number goes to two persons.
 */
export interface NumberingDeps {
  readonly pool: Pool
  readonly clickhouse: ClickHouseClient
}

/** Returns how many were new. */
export async function numberPersons(
  deps: NumberingDeps,
  definition: CubeDefinition,
  hours: readonly number[],
): Promise<number> {
  if (!needsNumbers(definition)) return 0
  const client = await deps.pool.connect()
  let isInOrder = false
  try {
    await client.query(`SELECT pg_advisory_lock(hashtext('almanac person numbers'))`)
    await endStaleRun(deps, client)
    const count = await giveNumbers(deps, definition, hours)
    await client.query(`SELECT pg_advisory_unlock(hashtext('almanac person numbers'))`)
    isInOrder = true
    return count
  } finally {
    // Closing the connection frees the lock.
    client.release(!isInOrder)
  }
}

export function needsNumbers({ base, measures }: CubeDefinition): boolean {
  return base.person !== undefined && Object.values(measures).some(countsPersons)
}

/** A statement that its server could not wait for may still write: it has to end before the next one looks who has no number. */
async function endStaleRun({ clickhouse }: NumberingDeps, client: PoolClient): Promise<void> {
  const { rows } = await client.query<{ query_id: string | null }>('SELECT query_id FROM person_numbering')
  const queryId = rows[0]?.query_id
  if (!queryId) return
  await clickhouse.command({ query: 'KILL QUERY WHERE query_id = {queryId:String} SYNC', query_params: { queryId } })
  await client.query('UPDATE person_numbering SET query_id = NULL')
}

async function giveNumbers(
  { pool, clickhouse }: NumberingDeps,
  definition: CubeDefinition,
  hours: readonly number[],
): Promise<number> {
  const missing = missingPersonsSql(definition, hours)
  const result = await clickhouse.query({ query: `SELECT count() AS count FROM (${missing})`, format: 'JSONEachRow' })
  const count = Number((await result.json<{ count: string }>())[0]?.count)
  if (count === 0) return 0
  const queryId = `almanac-numbers-${randomUUID()}`
  const first = await takeRange(pool, count, queryId)
  await clickhouse.command({
    // The limit: who came since the count was made has to wait for the next range.
    query: `INSERT INTO person_numbers (person_id, number)
SELECT person, toUInt32({first:UInt32} + row_number() OVER () - 1) FROM (SELECT person FROM (${missing}) LIMIT {count:UInt32})`,
    query_params: { first, count },
    query_id: queryId,
    clickhouse_settings: { async_insert: 0, insert_deduplicate: 0, max_execution_time: LONGEST_RUN_SECONDS },
  })
  await pool.query('UPDATE person_numbering SET query_id = NULL')
  return count
}

const LONGEST_RUN_SECONDS = 45
const MOST_NUMBERS = 2 ** 32

/** On disk before a number of the range is given away, and taken for good. */
async function takeRange(pool: Pool, count: number, queryId: string): Promise<number> {
  const { rows } = await pool.query<{ first: string }>(
    'UPDATE person_numbering SET next = next + $1, query_id = $2 WHERE next + $1 <= $3 RETURNING next - $1 AS first',
    [count, queryId, MOST_NUMBERS],
  )
  const [row] = rows
  if (!row) throw new Error('there are more than four billion persons, and no numbers left for them')
  return Number(row.first)
}

function missingPersonsSql({ base, ...definition }: CubeDefinition, hours: readonly number[]): string {
  if (!base.person) throw new Error('the cube counts no persons')
  const id = personId(base.person)
  const from = `${base.from}${base.isReplacing ? ' FINAL' : ''} ${personJoin(base.person)}`
  const where = `${hoursCondition({ base, ...definition }, hours)} AND ${id} != 0`
  return `SELECT person$ AS person FROM (SELECT DISTINCT ${id} AS person$ FROM ${from} WHERE ${where}) AS seen
LEFT ANTI JOIN (
  SELECT person_id FROM person_numbers WHERE person_id IN (SELECT ${id} FROM ${from} WHERE ${where})
) AS known ON person$ = person_id`
}
