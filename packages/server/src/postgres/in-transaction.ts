import type { Pool, PoolClient } from 'pg'

/** All that `run` does with the client, or nothing. */
export async function inTransaction<T>(pool: Pool, run: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect()
  try {
    await client.query('BEGIN')
    const result = await run(client)
    await client.query('COMMIT')
    client.release()
    return result
  } catch (error) {
    // A connection in an unknown state is thrown away rather than given to somebody else.
    client.release(true)
    throw error
  }
}
