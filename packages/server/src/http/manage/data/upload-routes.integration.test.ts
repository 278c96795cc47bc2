import { randomBytes } from 'node:crypto'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../../test/support/engines.ts'
import { useTestDatabase } from '../../../../test/support/use-test-database.ts'
import { newKeySecret } from '../../../accounts/keys/api-key.ts'
import { createRefreshes } from '../../../uploads/refresh/refreshes.ts'
import { openUploadBench } from '../../../uploads/testing/upload-bench.ts'
import { buildTestApp, type TestApp, testKey } from '../../test-app.ts'

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})

let bench: Awaited<ReturnType<typeof openUploadBench>>
let tested: TestApp
beforeEach(async () => {
  bench = await openUploadBench(db)
  const uploadRefreshes = createRefreshes({
    pool: db.pool,
    uploads: bench.uploads,
    key: randomBytes(32),
    arePrivateAllowed: false,
    signal: new AbortController().signal,
  })
  tested = await buildTestApp({ uploads: bench.uploads, uploadRefreshes })
})
afterEach(async () => {
  await tested.app.close()
  await bench.close()
})

async function call(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  url: string,
  payload?: string | object | Buffer,
  headers = tested.as.editor,
) {
  const isFile = typeof payload === 'string' || Buffer.isBuffer(payload)
  const answer = await tested.app.inject({
    method,
    url: `/api/v1/uploads${url}`,
    headers: { ...headers, ...(isFile && { 'content-type': 'text/csv' }) },
    ...(payload !== undefined && { payload }),
  })
  return { status: answer.statusCode, body: answer.body === '' ? undefined : answer.json() }
}

const SALES = 'Date;Region;Amount\n01.05.2026;North;1.234,5\n13.05.2026;South;2\n'

async function bring(definition = {}) {
  const { status, body } = await call(
    'POST',
    '?name=sales&label=Sales&fileName=sales.csv&timezone=Europe/Berlin',
    SALES,
  )
  expect(status).toBe(201)
  const made = await call('PUT', '/sales/definition', {
    definition: { ...body.proposal.definition, ...definition },
    file: body.file.id,
  })
  expect(made).toMatchObject({ status: 200, body: { upload: { rows: 2, isDefined: true } } })
  return body
}

test('a file is proposed, confirmed, shown, loaded again and removed', async () => {
  const { proposal, upload } = await bring()
  expect(upload).toMatchObject({ name: 'sales', label: 'Sales', isDefined: false, rows: null })
  expect(proposal).toMatchObject({
    format: { kind: 'csv', text: 'CSV separated by semicolons, UTF-8' },
    definition: {
      time: 'date',
      timezone: 'Europe/Berlin',
      columns: [{ dates: 'day_first' }, { type: 'text' }, { numbers: 'comma' }],
    },
    sample: [
      ['01.05.2026', 'North', '1.234,5'],
      ['13.05.2026', 'South', '2'],
    ],
    rowsExamined: 2,
    isWhole: true,
    questions: [],
  })
  const shown = await call('GET', '/sales', undefined, tested.as.viewer)
  expect(shown.body.upload).toMatchObject({
    times: { first: '2026-04-30T22:00:00.000Z', last: '2026-05-12T22:00:00.000Z' },
    loads: [{ state: 'done', rowsStored: 2, origin: 'file' }],
  })
  const again = await call(
    'POST',
    '?name=sales&mode=append&fileName=more.csv',
    'Date;Region;Amount\n14.05.2026;West;x\n',
  )
  expect(again).toMatchObject({
    status: 201,
    body: { load: { rowsStored: 1, cellsEmptied: 1, misfits: [{ line: 2, column: 'amount' }] } },
  })
  expect((await call('GET', '')).body.uploads).toMatchObject([
    { name: 'sales', rows: 3, lastLoad: { fileName: 'more.csv' } },
  ])
  expect((await call('DELETE', '/sales')).status).toBe(204)
  expect((await call('GET', '/sales')).status).toBe(404)
})

test('programs push rows in JSON and CSV, by the names of columns or of the file', async () => {
  await bring({ keys: ['date', 'region'] })
  const pushed = await call(
    'POST',
    '/sales/rows',
    [{ date: '02.05.2026', region: 'North', amount: 5 }],
    tested.as['key:admin'],
  )
  expect(pushed).toMatchObject({ status: 200, body: { load: { mode: 'upsert', rowsStored: 1, origin: 'rows' } } })
  await call('POST', '/sales/rows', 'Date,Region,Amount\n02.05.2026,North,7\n', tested.as['key:admin'])
  const query = { cube: 'sales', measures: ['amount'], from: '2026-05-02', to: '2026-05-03' }
  expect(await bench.ask(query)).toEqual([{ amount: 7 }])
})

test('a key of a source writes to the upload of that name alone', async () => {
  await bring()
  const row = [{ Date: '02.05.2026', Region: 'x', Amount: 1 }]
  expect(await call('POST', '/sales/rows', row, tested.as['key:ingest'])).toMatchObject({ status: 403 })
  const { prefix, secret } = newKeySecret()
  tested.keys.set(secret, testKey({ prefix, scopes: ['ingest'], source: 'sales' }))
  expect(await call('POST', '/sales/rows', row, { authorization: `Bearer ${secret}` })).toMatchObject({ status: 200 })
})

test.each([
  { what: 'no body', url: '?name=x_y', payload: '', message: 'empty' },
  {
    what: 'a name of a table that is there',
    url: '?name=events',
    payload: 'a\n1\n',
    message: 'The name events is taken',
  },
  {
    what: 'a picture',
    url: '?name=x_y&fileName=x.png',
    payload: Buffer.from('\u0089PNG....', 'latin1'),
    message: 'is a picture',
  },
])('$what is refused', async ({ url, payload, message }) => {
  const { status, body } = await call('POST', url, payload)
  expect(status).toBeGreaterThanOrEqual(400)
  expect(status).toBeLessThan(500)
  expect(body.error.message).toContain(message)
  expect((await call('GET', '')).body.uploads).toEqual([])
})

test('a file that is too large is refused, and leaves nothing', async () => {
  const { status, body } = await call('POST', '?name=large', Buffer.alloc(11 * 1024 * 1024, 'a,b\n'))
  expect([status, body.error.message]).toEqual([413, 'The file is larger than 10 MiB'])
  expect((await call('GET', '')).body.uploads).toEqual([])
})

test('a definition with mistakes says all of them, and changes nothing', async () => {
  const { proposal } = await bring()
  const columns = proposal.definition.columns.map((column: object) => ({ ...column, name: 'same' }))
  const { status, body } = await call('PUT', '/sales/definition', {
    definition: { ...proposal.definition, columns, time: 'none' },
  })
  expect(status).toBe(400)
  expect(body.error.issues.map(({ path }: { path: string[] }) => path.join('.'))).toEqual(
    expect.arrayContaining(['definition.columns.1.name', 'definition.time']),
  )
  expect(await bench.ask({ cube: 'sales', measures: ['rows'], from: '2026-01-01', to: '2027-01-01' })).toEqual([
    { rows: 2 },
  ])
})

test('addresses of the own network are refused when they are saved', async () => {
  await bring()
  for (const url of [
    'http://127.0.0.1:1/x',
    'http://169.254.169.254/latest/meta-data',
    'http://localhost/x',
    'file:///etc/passwd',
  ]) {
    expect((await call('PUT', '/sales/refresh', { url })).status).toBeGreaterThanOrEqual(400)
    expect((await call('POST', '/from-url', { url, name: 'other' })).status).toBeGreaterThanOrEqual(400)
  }
  expect((await call('GET', '/sales')).body.upload.refresh).toBe(null)
})

test('before its definition is confirmed, an upload has no rows to load', async () => {
  const { body } = await call('POST', '?name=sales', SALES)
  expect(await call('POST', '/sales/loads', { file: body.file.id })).toMatchObject({ status: 409 })
  expect(await call('GET', `/sales/proposal?file=${body.file.id}&hasHeader=false`)).toMatchObject({
    status: 200,
    body: {
      proposal: { definition: { hasHeader: false, columns: [{ source: 'Column 1' }, {}, {}] }, rowsExamined: 3 },
    },
  })
})
