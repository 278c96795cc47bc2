import { Readable } from 'node:stream'
import { AppError } from '@almanac/core/errors.ts'
import { afterEach, expect, test } from 'vitest'
import type { Asker } from '../../analytics/running-sql.ts'
import type { SqlRequest, SqlService } from '../../analytics/sql-service.ts'
import { fakeSql } from '../../analytics/testing/fake-sql.ts'
import { buildTestApp, type TestApp, type TestRole } from '../test-app.ts'

let tested: TestApp | undefined
afterEach(() => tested?.app.close())

async function open(overrides: Partial<SqlService> = {}) {
  tested = await buildTestApp({ sql: fakeSql(overrides) })
  const { app, as } = tested
  return (method: 'GET' | 'POST' | 'DELETE', url: string, body?: object, role: TestRole = 'editor') =>
    app.inject({ method, url, headers: as[role], ...(body && { payload: body }) })
}

test('the answer has its id and the limits that it ran with', async () => {
  const call = await open()
  const answer = await call('POST', '/api/v1/sql', { sql: 'SELECT 1', id: 'chosen-by-me' })
  expect(answer.json()).toEqual({
    columns: [{ name: '1', type: 'UInt8' }],
    rows: [[1]],
    meta: {
      id: 'chosen-by-me',
      rowsRead: 1,
      bytesRead: 1,
      elapsedMs: 0.1,
      truncated: false,
      limits: { seconds: 30, rows: 100_000, rowsToRead: null, memoryBytes: 2_000_000_000 },
    },
  })
})

test('values of every kind reach the engine as they came', async () => {
  const asked: SqlRequest[] = []
  const { run } = fakeSql()
  const call = await open({
    run: (request, asker, signal) => {
      asked.push(request)
      return run(request, asker, signal)
    },
  })
  const parameters = { a: "'; DROP", b: 1.5, c: true, d: null, e: ['x', 1, null], f: { k: 'v' } }
  await call('POST', '/api/v1/sql', { sql: 'SELECT 1', parameters })
  expect(asked).toMatchObject([{ sql: 'SELECT 1', parameters, limit: 10_000 }])
})

test.each([
  { what: 'a parameter whose name is no name', body: { sql: 'SELECT 1', parameters: { 'a&b': 1 } } },
  { what: 'a parameter whose name begins with _', body: { sql: 'SELECT 1', parameters: { _x: 1 } } },
  { what: 'a parameter in a parameter', body: { sql: 'SELECT 1', parameters: { a: [['x']] } } },
  { what: 'an id with a slash', body: { sql: 'SELECT 1', id: '../another' } },
  { what: 'an id that is too short', body: { sql: 'SELECT 1', id: 'schema' } },
  { what: 'a format that is not there', body: { sql: 'SELECT 1', format: 'Native' } },
  { what: 'no statement', body: { sql: '' } },
])('$what is refused', async ({ body }) => {
  const call = await open()
  const answer = await call('POST', '/api/v1/sql', body)
  expect([answer.statusCode, answer.json().error.code]).toEqual([400, 'invalid_request'])
})

test.each([
  { format: 'csv', type: 'text/csv; charset=utf-8; header=present' },
  { format: 'ndjson', type: 'application/x-ndjson' },
  { format: 'parquet', type: 'application/vnd.apache.parquet' },
  { format: 'xlsx', type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
])('$format comes as a file, piece by piece', async ({ format, type }) => {
  const call = await open()
  const answer = await call('POST', '/api/v1/sql', { sql: 'SELECT 1', format, id: 'chosen-by-me' })
  expect(answer.body).toBe(`1 as ${format}\n`)
  expect(answer.headers).toMatchObject({
    'content-type': type,
    'content-disposition': `attachment; filename="query.${format}"`,
    'x-almanac-query-id': 'chosen-by-me',
    'x-almanac-rows': '1',
    'x-almanac-truncated': 'false',
  })
})

test('a client that leaves in the middle of a file leaves nothing open', async () => {
  const endless = new Readable({ read() {} })
  endless.push('x'.repeat(1000))
  await open({
    download: async () => ({ id: 'x', stream: endless, rowCount: 1, truncated: false, limits: NO_LIMITS }),
  })
  const url = await tested?.app.listen({ port: 0, host: '127.0.0.1' })
  const leave = new AbortController()
  const answer = await fetch(`${url}/api/v1/sql`, {
    method: 'POST',
    headers: { ...tested?.as['key:admin'], 'content-type': 'application/json' },
    body: JSON.stringify({ sql: 'SELECT 1', format: 'ndjson' }),
    signal: leave.signal,
  })
  await answer.body?.getReader().read()
  const closed = new Promise((resolve) => endless.once('close', resolve))
  leave.abort()
  await closed
  expect(endless.destroyed).toBe(true)
})

const NO_LIMITS = { seconds: null, rows: null, rowsToRead: null, memoryBytes: null }

test.each<{ role: TestRole; asker: object }>([
  { role: 'editor', asker: { name: expect.stringMatching(/^[\da-f-]{36}$/), isAdmin: false } },
  { role: 'admin', asker: { name: expect.stringMatching(/^[\da-f-]{36}$/), isAdmin: true } },
  { role: 'local', asker: { name: 'local', isAdmin: true } },
  { role: 'key:admin', asker: { name: expect.stringMatching(/^key /), isAdmin: true } },
])('who watches and cancels is told apart: $role', async ({ role, asker }) => {
  const askers: Asker[] = []
  const call = await open({
    cancel: async (_id, who) => void askers.push(who),
    list: async (who) => {
      askers.push(who)
      return []
    },
  })
  expect((await call('DELETE', '/api/v1/sql/chosen-by-me', undefined, role)).statusCode).toBe(202)
  expect((await call('GET', '/api/v1/sql', undefined, role)).json()).toEqual({ queries: [] })
  expect(askers).toEqual([asker, asker])
})

test('a query that has ended is not found', async () => {
  const gone = async () => {
    throw new AppError('not_found', 'No query with the id chosen-by-me is running')
  }
  const call = await open({ find: gone, cancel: gone })
  expect((await call('GET', '/api/v1/sql/chosen-by-me')).statusCode).toBe(404)
  expect((await call('DELETE', '/api/v1/sql/chosen-by-me')).statusCode).toBe(404)
})
