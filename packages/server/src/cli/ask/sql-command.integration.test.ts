import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ClickHouseClient } from '@clickhouse/client'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { startTestEngines, type TestDatabase, type TestEngines } from '../../../test/support/engines.ts'
import { eventually } from '../../../test/support/processes.ts'
import { createSqlService } from '../../analytics/sql-service.ts'
import { createClickHouse } from '../../clickhouse/client.ts'
import { buildTestApp, LOCAL_TOKEN, type TestApp } from '../../http/test-app.ts'
import { sqlCommand } from './sql-command.ts'

/** The command against the real routes and a real engine. */
let engines: TestEngines
let database: TestDatabase
let reader: ClickHouseClient
let tested: TestApp
let url: string
beforeAll(async () => {
  engines = await startTestEngines()
  database = await engines.createTestDatabase()
  reader = createClickHouse(database.readerConnection)
  const sql = createSqlService({
    reader,
    readerDatabase: database.readerConnection.database,
    clickhouse: database.clickhouse,
    cluster: '',
    ping: async () => {},
    definitions: () => [],
  })
  tested = await buildTestApp({ sql })
  url = await tested.app.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(async () => {
  await tested.app.close()
  await reader.close()
  await database.close()
  await engines.close()
})

function run(...args: string[]) {
  const output = { stdout: '', stderr: '' }
  const stopping = Promise.withResolvers<() => void>()
  const command = sqlCommand({
    defaultDataDir: 'x',
    stdin: (async function* () {})(),
    stdout: (text) => {
      output.stdout += text
    },
    stderr: (text) => {
      output.stderr += text
    },
    withServer: (_dataDir, use) => use({ url, token: LOCAL_TOKEN, refresh: async () => undefined }),
    onStop: (stop) => {
      stopping.resolve(stop)
      return () => {}
    },
  })
  const done = command.exitOverride().parseAsync(args, { from: 'user' })
  return { output, done, stop: async () => (await stopping.promise)() }
}

// Sleeps with every block, so that it runs for long and costs little.
const SLOW = 'SELECT sum(number + sleepEachRow(0.00002)) FROM numbers(2000000)'

async function onEngine(): Promise<number | undefined> {
  const result = await database.clickhouse.query({
    query: `SELECT count() FROM system.processes WHERE user = 'almanac_reader'`,
    format: 'JSONCompactEachRow',
    clickhouse_settings: { output_format_json_quote_64bit_integers: 0 },
  })
  return (await result.json<[number]>())[0]?.[0]
}
const isWorked = () => eventually('the engine works on it', async () => (await onEngine()) === 1)
// By itself it would end after twenty seconds at the earliest.
const isEnded = () => eventually('the engine has stopped', async () => (await onEngine()) === 0, 10_000)

test('a parameter goes all the way, and the rows come back as CSV', async () => {
  const { output, done } = run(
    'SELECT {a:String} AS a, {b:Array(UInt8)} AS b',
    '--param',
    `a='x', "y"`,
    '--param',
    'b:=[1,2]',
    '--format',
    'csv',
  )
  await done
  expect(output).toEqual({ stdout: `a,b\r\n"'x', ""y""","[1,2]"\r\n`, stderr: '' })
})

test('a Parquet file arrives whole', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'almanac-sql-'))
  onTestFinished(() => rm(folder, { recursive: true, force: true }))
  const path = join(folder, 'numbers.parquet')
  const { output, done } = run(
    'SELECT * FROM numbers(50000)',
    '--limit',
    '60000',
    '--format',
    'parquet',
    '--output',
    path,
  )
  await done
  const bytes = await readFile(path)
  expect([bytes.subarray(0, 4).toString(), bytes.subarray(-4).toString()]).toEqual(['PAR1', 'PAR1'])
  expect(output.stderr).toBe(`50,000 rows in ${path}\n`)
})

test('progress is said while it runs, and Ctrl-C ends it on the engine', async () => {
  const { output, done, stop } = run(SLOW, '--progress')
  const failed = done.catch((error) => error)
  await eventually('progress is said', () => /\d+ of about 2,000,000 rows read/.test(output.stderr))
  await stop()
  expect(await failed).toMatchObject({ code: 'query_failed', message: 'The query was cancelled' })
  await isEnded()
})

test('a client that hangs up ends it on the engine', async () => {
  const leave = new AbortController()
  const asking = fetch(`${url}/api/v1/sql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${LOCAL_TOKEN}`, 'content-type': 'application/json' },
    body: JSON.stringify({ sql: SLOW }),
    signal: leave.signal,
  }).catch((error) => error)
  await isWorked()
  leave.abort()
  await asking
  await isEnded()
})

test('the schema is small enough to load with an editor', async () => {
  const answer = await tested.app.inject({ method: 'GET', url: '/api/v1/sql/schema', headers: tested.as.editor })
  expect(answer.json().functions.length).toBeGreaterThan(1000)
  expect(answer.body.length).toBeLessThan(300_000)
})
