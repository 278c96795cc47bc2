import { getTableColumns, getTableName } from 'drizzle-orm'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../test/support/engines.ts'
import { apiKeys, loginTokens, sessions, sources, users } from './schema.ts'

let engines: TestEngines
let db: TestDatabase

beforeAll(async () => {
  engines = await startTestEngines()
  db = await engines.createTestDatabase()
})
afterAll(async () => {
  await db.close()
  await engines.close()
})

test.each([users, sessions, loginTokens, sources, apiKeys].map((table) => ({ name: getTableName(table), table })))(
  'Drizzle sees the table $name as the migrations made it',
  async ({ name, table }) => {
    const { rows } = await db.pool.query<{ column_name: string; is_nullable: string }>(
      'SELECT column_name, is_nullable FROM information_schema.columns WHERE table_schema = current_schema() AND table_name = $1',
      [name],
    )
    const made = rows.map((row) => [row.column_name, row.is_nullable === 'NO'])
    const seen = Object.values(getTableColumns(table)).map((column) => [column.name, column.notNull])
    expect(Object.fromEntries(seen)).toEqual(Object.fromEntries(made))
  },
)
