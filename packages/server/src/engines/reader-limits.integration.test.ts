import type { ClickHouseClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../test/support/engines.ts'
import { createClickHouse } from '../clickhouse/client.ts'
import { READER_LIMITS } from './clickhouse/clickhouse-config.ts'

/** What the user for people's own SQL must not be able to do, tried out on a real engine. */
let engines: TestEngines
let database: TestDatabase
let reader: ClickHouseClient
let views: string
beforeAll(async () => {
  engines = await startTestEngines()
  database = await engines.createTestDatabase({ migrate: false })
  views = database.readerConnection.database
  reader = createClickHouse(database.readerConnection)
  const hidden = database.clickhouseConnection.database
  for (const query of [
    `CREATE TABLE ${hidden}.facts (id UInt64) ENGINE = MergeTree ORDER BY id AS SELECT number FROM numbers(200000)`,
    `CREATE DATABASE ${views}`,
    `CREATE VIEW ${views}.facts DEFINER = CURRENT_USER SQL SECURITY DEFINER AS SELECT id FROM ${hidden}.facts`,
  ]) {
    await database.clickhouse.command({ query })
  }
})
afterAll(async () => {
  await reader.close()
  await database.close()
  await engines.close()
})

const names = (sql: string) =>
  sql.replaceAll('HIDDEN', database.clickhouseConnection.database).replaceAll('VIEWS', views)

async function ask(client: ClickHouseClient, sql: string): Promise<unknown[][]> {
  return (await client.query({ query: names(sql), format: 'JSONCompactEachRow' })).json<unknown[]>()
}

async function refusal(client: ClickHouseClient, query: string): Promise<string> {
  // Held back until it is complete, or a refusal half-way would be a broken connection and not an answer.
  const error = await client.exec({ query: names(query), clickhouse_settings: { wait_end_of_query: 1 } }).then(
    async ({ stream }) => {
      const text = await stream.toArray()
      throw new Error(`it was not refused, and answered ${Buffer.concat(text)}`)
    },
    (error) => error,
  )
  return error.type
}

test.each([
  { sql: 'SELECT count() FROM facts', first: 200000 },
  { sql: 'SELECT max(id) FROM VIEWS.facts', first: 199999 },
  { sql: 'SELECT 1', first: 1 },
  { sql: 'SELECT sum(number) FROM (SELECT number FROM system.numbers LIMIT 3)', first: 3 },
  { sql: 'WITH a AS (SELECT id FROM facts) SELECT count() FROM a', first: 200000 },
  { sql: 'SELECT 1 SETTINGS max_execution_time = 5', first: 1 },
])('the reader may ask: $sql', async ({ sql, first }) => {
  expect((await ask(reader, sql))[0]?.[0]).toBe(first)
})

test.each([
  // Other tables
  { sql: 'SELECT * FROM HIDDEN.facts', type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM merge('HIDDEN', 'facts')`, type: 'CANNOT_EXTRACT_TABLE_STRUCTURE' },
  { sql: 'SELECT * FROM loop(HIDDEN.facts)', type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM mergeTreeIndex('HIDDEN', 'facts')`, type: 'ACCESS_DENIED' },
  { sql: 'DESCRIBE TABLE HIDDEN.facts', type: 'ACCESS_DENIED' },
  { sql: 'SHOW CREATE TABLE HIDDEN.facts', type: 'ACCESS_DENIED' },
  { sql: 'SELECT * FROM system.users', type: 'ACCESS_DENIED' },
  { sql: 'SELECT * FROM system.processes', type: 'ACCESS_DENIED' },
  { sql: 'SELECT * FROM system.parts', type: 'ACCESS_DENIED' },
  // Files
  { sql: `SELECT * FROM file('/etc/passwd', 'LineAsString')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT file('/etc/passwd')`, type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' },
  { sql: `SELECT file('/etc/passwd', 'none')`, type: 'BAD_ARGUMENTS' },
  { sql: "SELECT `f\\x69le`('/etc/passwd')", type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' },
  { sql: `SELECT * APPLY(file) FROM (SELECT '/etc/passwd')`, type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' },
  { sql: `SELECT * APPLY(x -> file(x)) FROM (SELECT '/etc/passwd')`, type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' },
  { sql: `SELECT arrayMap(file, ['/etc/passwd'])`, type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' },
  { sql: `SELECT * FROM view(SELECT file('/etc/passwd'))`, type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' },
  { sql: `SELECT * FROM numbers(length(file('/etc/passwd')))`, type: 'ILLEGAL_TYPE_OF_ARGUMENT' },
  { sql: `WITH x -> file(x) AS g SELECT g('/etc/passwd')`, type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' },
  { sql: `SELECT * FROM eval('SELECT 1')`, type: 'SUPPORT_IS_DISABLED' },
  { sql: `SELECT 1 INTO OUTFILE '/tmp/almanac-outfile'`, type: 'INTO_OUTFILE_NOT_ALLOWED' },
  // The network and programs
  { sql: `SELECT * FROM url('http://127.0.0.1/', 'LineAsString')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM url('file:///etc/passwd', 'LineAsString')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM s3('http://127.0.0.1:1/bucket/b.csv', 'CSV', 'x String')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM remote('127.0.0.1', 'HIDDEN', 'facts')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM postgresql('127.0.0.1:1', 'a', 'b', 'c', 'd')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM executable('id', 'TSV', 'x String')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM sqlite('/tmp/a.db', 'b')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT dictGet('HIDDEN.words', 'a', 1)`, type: 'BAD_ARGUMENTS' },
  // Writing
  { sql: 'INSERT INTO HIDDEN.facts VALUES (1)', type: 'ACCESS_DENIED' },
  { sql: 'INSERT INTO VIEWS.facts VALUES (1)', type: 'ACCESS_DENIED' },
  { sql: 'CREATE TABLE VIEWS.mine (id Int32) ENGINE = Memory', type: 'ACCESS_DENIED' },
  { sql: 'CREATE TEMPORARY TABLE mine (id Int32)', type: 'ACCESS_DENIED' },
  { sql: 'CREATE FUNCTION mine AS x -> x', type: 'ACCESS_DENIED' },
  { sql: 'DROP FUNCTION file', type: 'ACCESS_DENIED' },
  { sql: 'DROP VIEW VIEWS.facts', type: 'ACCESS_DENIED' },
  { sql: 'KILL QUERY WHERE 1', type: 'ACCESS_DENIED' },
  { sql: 'SYSTEM STOP LISTEN HTTP', type: 'ACCESS_DENIED' },
  { sql: `BACKUP TABLE VIEWS.facts TO File('a')`, type: 'ACCESS_DENIED' },
  // Limits
  { sql: 'SELECT 1 SETTINGS max_execution_time = 31', type: 'SETTING_CONSTRAINT_VIOLATION' },
  { sql: 'SELECT 1 SETTINGS max_execution_time = 0', type: 'SETTING_CONSTRAINT_VIOLATION' },
  { sql: 'SELECT 1 SETTINGS max_result_rows = 0', type: 'SETTING_CONSTRAINT_VIOLATION' },
  { sql: 'SELECT 1 SETTINGS max_memory_usage = 0', type: 'READONLY' },
  { sql: 'SELECT 1 SETTINGS readonly = 0', type: 'READONLY' },
  { sql: 'SELECT 1 SETTINGS allow_ddl = 1', type: 'QUERY_IS_PROHIBITED' },
  { sql: 'SELECT 1 SETTINGS max_threads = 64', type: 'READONLY' },
  { sql: 'SET max_memory_usage = 0', type: 'READONLY' },
  { sql: 'SELECT id FROM facts', type: 'TOO_MANY_ROWS_OR_BYTES' },
  { sql: 'SELECT 1; SELECT 2', type: 'SYNTAX_ERROR' },
])('the reader may not: $sql', async ({ sql, type }) => {
  expect(await refusal(reader, sql)).toBe(type)
})

test('the reader runs with the limits of the configuration', async () => {
  const rows = await ask(
    reader,
    `SELECT name, value FROM system.settings
     WHERE name IN ('readonly', 'max_execution_time', 'max_memory_usage', 'max_result_rows', 'result_overflow_mode')`,
  )
  expect(Object.fromEntries(rows)).toEqual({
    readonly: '1',
    max_execution_time: String(READER_LIMITS.maxExecutionSeconds),
    max_memory_usage: String(READER_LIMITS.maxMemoryBytes),
    max_result_rows: String(READER_LIMITS.maxResultRows),
    result_overflow_mode: 'throw',
  })
})

test('the user without a password can do nothing once the server is up', async () => {
  const local = createClickHouse({
    ...database.clickhouseConnection,
    username: 'default',
    password: '',
    database: 'system',
  })
  expect(await refusal(local, 'SYSTEM STOP LISTEN HTTP')).toBe('QUOTA_EXCEEDED')
  expect(await refusal(local, 'SELECT number FROM system.numbers LIMIT 1')).toBe('QUOTA_EXCEEDED')
  expect(await refusal(local, 'SELECT * FROM HIDDEN.facts')).toBe('ACCESS_DENIED')
  expect(await refusal(local, `SELECT file('/etc/passwd')`)).toBe('FUNCTION_THROW_IF_VALUE_IS_NON_ZERO')
  await local.close()
})

test.each([
  { sql: `SELECT file('/etc/passwd')`, type: 'FUNCTION_THROW_IF_VALUE_IS_NON_ZERO' },
  { sql: `SELECT * FROM file('/etc/passwd', 'LineAsString')`, type: 'ACCESS_DENIED' },
  { sql: `SELECT * FROM url('http://127.0.0.1/', 'LineAsString')`, type: 'ACCESS_DENIED' },
  { sql: 'CREATE DATABASE elsewhere', type: 'ACCESS_DENIED' },
  { sql: 'SYSTEM STOP LISTEN HTTP', type: 'ACCESS_DENIED' },
])('not even the application may: $sql', async ({ sql, type }) => {
  expect(await refusal(database.clickhouse, sql)).toBe(type)
})

test('a dropped table leaves the disk at once', async () => {
  const { clickhouse } = database
  await clickhouse.command({ query: names('CREATE TABLE HIDDEN.brief (id Int32) ENGINE = MergeTree ORDER BY id') })
  await clickhouse.command({ query: names('DROP TABLE HIDDEN.brief') })
  expect(await ask(clickhouse, `SELECT count() FROM system.dropped_tables WHERE table = 'brief'`)).toEqual([[0]])
})
