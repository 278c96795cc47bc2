import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../test/support/engines.ts'
import { openPostgres } from '../postgres/client.ts'
import { runMigrations } from './migrate.ts'
import { readPostgresMigrations } from './postgres-migrations.ts'

let engines: TestEngines
beforeAll(async () => {
  engines = await startTestEngines()
})
afterAll(() => engines.close())

async function emptyDatabase(): Promise<TestDatabase> {
  const database = await engines.createTestDatabase({ migrate: false })
  onTestFinished(() => database.close())
  return database
}

const thing = { number: 1, name: 'thing', sql: 'CREATE TABLE thing (id int)' }
const things = {
  number: 1,
  name: 'things',
  statements: ({ database }: { database: string }) => [
    `CREATE TABLE IF NOT EXISTS ${database}.things (id Int32) ENGINE = MergeTree ORDER BY id`,
  ],
}
const both = (database: TestDatabase) => ({
  pool: database.pool,
  clickhouse: database.clickhouseConnection,
  postgresMigrations: [thing],
  clickhouseMigrations: [things],
})

test('all migrations are applied once, and a second run finds nothing to do', async () => {
  const database = await emptyDatabase()
  const options = { pool: database.pool, clickhouse: database.clickhouseConnection }
  const applied = await runMigrations(options)
  expect(applied.map(({ engine }) => engine)).toEqual(expect.arrayContaining(['postgres', 'clickhouse']))
  expect(await runMigrations(options)).toEqual([])
})

test('of two servers that start at once, one migrates and the other finds it done', async () => {
  const database = await emptyDatabase()
  const other = openPostgres(database.postgresUrl)
  onTestFinished(() => other.close())
  const runs = await Promise.all([
    runMigrations(both(database)),
    runMigrations({ ...both(database), pool: other.pool }),
  ])
  expect(runs.map((applied) => applied.length).sort()).toEqual([0, 2])
})

test('a migration that was changed after it was applied is refused by name', async () => {
  const database = await emptyDatabase()
  await runMigrations(both(database))
  const changed = [{ ...thing, sql: 'CREATE TABLE thing (id bigint)' }]
  await expect(runMigrations({ ...both(database), postgresMigrations: changed })).rejects.toMatchObject({
    code: 'conflict',
    message: 'PostgreSQL migration 1 (thing) was changed after it was applied here',
  })
  const statements = () => ['SELECT 1']
  const changedToo = [{ ...things, statements }]
  await expect(runMigrations({ ...both(database), clickhouseMigrations: changedToo })).rejects.toMatchObject({
    message: 'ClickHouse migration 1 (things) was changed after it was applied here',
  })
})

test('a database that a newer version has migrated is refused', async () => {
  const database = await emptyDatabase()
  await runMigrations(both(database))
  await expect(runMigrations({ ...both(database), clickhouseMigrations: [] })).rejects.toMatchObject({
    code: 'unsupported',
    message: 'The ClickHouse schema was made by a newer Almanac: it has migration 1 (things)',
  })
})

test('a PostgreSQL migration that fails half way leaves nothing behind and is tried again', async () => {
  const database = await emptyDatabase()
  const broken = [{ ...thing, sql: 'CREATE TABLE thing (id int); SELECT nonsense' }]
  await expect(runMigrations({ ...both(database), postgresMigrations: broken })).rejects.toMatchObject({
    message: expect.stringMatching(/^PostgreSQL migration 1 \(thing\) failed: .*nonsense/),
  })
  expect(await runMigrations(both(database))).toHaveLength(2)
})

test('a ClickHouse migration that fails half way is run again', async () => {
  const database = await emptyDatabase()
  const statements = (context: { database: string }) => [...things.statements(context), 'SELECT nonsense']
  const broken = [{ ...things, statements }]
  await expect(runMigrations({ ...both(database), clickhouseMigrations: broken })).rejects.toMatchObject({
    message: expect.stringMatching(/^ClickHouse migration 1 \(things\) failed: .*nonsense/),
  })
  expect(await runMigrations(both(database))).toEqual([{ engine: 'clickhouse', number: 1, name: 'things' }])
})

test('a file in the folder with a name of another shape is an error', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-test-'))
  onTestFinished(() => rm(folder, { recursive: true }))
  await writeFile(join(folder, '0001-first.sql'), 'SELECT 1')
  expect(await readPostgresMigrations(folder)).toEqual([{ number: 1, name: 'first', sql: 'SELECT 1' }])
  await writeFile(join(folder, '2-second.sql'), 'SELECT 2')
  await expect(readPostgresMigrations(folder)).rejects.toThrow('2-second.sql is not named like 0001-name.sql')
})
