import { randomBytes } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pino } from 'pino'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import { openUploadBench } from '../testing/upload-bench.ts'
import { createRefreshes, type Refreshes, startRefreshes } from './refreshes.ts'

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})

let bench: Awaited<ReturnType<typeof openUploadBench>>
let refreshes: Refreshes
let url: string
let answer: (request: IncomingMessage, reply: ServerResponse) => void
const server = createServer((request, reply) => answer(request, reply))
beforeEach(async () => {
  bench = await openUploadBench(db)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/sales.csv`
  refreshes = createRefreshes({
    pool: db.pool,
    uploads: bench.uploads,
    key: randomBytes(32),
    arePrivateAllowed: true,
    signal: new AbortController().signal,
  })
})
afterEach(async () => {
  await new Promise((resolve) => server.close(resolve))
  await bench.close()
})

const serving = (content: string, headers: Record<string, string> = {}) => {
  answer = (_, reply) => reply.writeHead(200, headers).end(content)
}
const FIRST = 'Date,Amount\n2026-05-01,10\n'
const amount = async () =>
  (await bench.ask({ cube: 'sales', measures: ['amount'], from: '2026-01-01', to: '2027-01-01' }))[0]?.amount

async function follow(headers = {}) {
  const file = await refreshes.fetchFirst({ name: 'sales', label: 'Sales', url, everyMinutes: 5, headers, by: 'local' })
  const { proposal } = await bench.uploads.propose('sales', { timezone: 'UTC' })
  await bench.uploads.define('sales', { definition: proposal.definition, mode: 'replace', file: file.id, by: 'local' })
}

test('a file is fetched again, and its rows take the place of the others', async () => {
  serving(FIRST)
  await follow()
  expect(await amount()).toBe(10)
  expect(await refreshes.refresh('sales')).toBe('same')
  serving('Date,Amount\n2026-05-01,11\n2026-05-02,2\n')
  expect(await refreshes.refresh('sales')).toBe('changed')
  expect(await amount()).toBe(13)
  expect(await refreshes.find('sales')).toMatchObject({ lastResult: 'changed', failures: 0, everyMinutes: 5 })
  expect(bench.changes).toEqual(['sales', 'sales'])
})

test('a failure keeps the rows and is told, until it works again', async () => {
  serving(FIRST)
  await follow()
  for (const [content, status] of [
    ['gone', 404],
    ['Date,Amount\n', 200],
    ['<html>', 200],
    ['Other,Columns\n1,2\n', 200],
  ] as const) {
    answer = (_, reply) => reply.writeHead(status).end(content)
    await expect(refreshes.refresh('sales')).rejects.toThrow()
    expect(await amount()).toBe(10)
  }
  expect(await refreshes.find('sales')).toMatchObject({
    lastResult: 'failed',
    failures: 4,
    problem: expect.stringContaining('no column'),
  })
  serving('Date,Amount\n2026-05-01,12\n')
  expect(await refreshes.refresh('sales')).toBe('changed')
  expect(await refreshes.find('sales')).toMatchObject({ lastResult: 'changed', failures: 0, problem: null })
})

test('what is tagged is not sent again, and secret headers go along without being kept in the clear', async () => {
  const seen: unknown[] = []
  answer = ({ headers }, reply) => {
    seen.push([headers.authorization, headers['if-none-match']])
    if (headers['if-none-match'] === '"1"') reply.writeHead(304).end()
    else reply.writeHead(200, { etag: '"1"' }).end(FIRST)
  }
  await follow({ authorization: 'Bearer very-secret' })
  expect(await refreshes.refresh('sales')).toBe('same')
  expect(seen).toEqual([
    ['Bearer very-secret', undefined],
    ['Bearer very-secret', '"1"'],
  ])
  const { rows } = await db.pool.query('SELECT upload_refreshes::text AS stored FROM upload_refreshes')
  expect(rows[0].stored).not.toContain('very-secret')
  expect(await refreshes.find('sales')).toMatchObject({ headerNames: ['authorization'] })

  await refreshes.follow('sales', { url, everyMinutes: 60 })
  await refreshes.refresh('sales')
  expect(seen.at(-1)).toEqual(['Bearer very-secret', undefined])
  await refreshes.follow('sales', { url: url.replace('127.0.0.1', 'localhost'), everyMinutes: 60 })
  expect(await refreshes.find('sales')).toMatchObject({ headerNames: [] })
})

test('what is due is fetched by itself', async () => {
  serving(FIRST)
  await follow()
  serving('Date,Amount\n2026-05-01,20\n')
  await db.pool.query('UPDATE upload_refreshes SET next_at = now()')
  const loop = startRefreshes(refreshes, { pool: db.pool, logger: pino({ level: 'silent' }) })
  try {
    await vi.waitFor(async () => expect(await amount()).toBe(20), { timeout: 20_000 })
    const next = (await refreshes.find('sales'))?.nextAt.getTime() ?? 0
    expect(next).toBeGreaterThan(Date.now() + 4 * 60_000)
  } finally {
    await loop.stop()
  }
})

test('nothing is fetched any more once that was said', async () => {
  serving(FIRST)
  await follow()
  await refreshes.forget('sales')
  await expect(refreshes.refresh('sales')).rejects.toThrow('is not fetched from anywhere')
  expect(await amount()).toBe(10)
})
