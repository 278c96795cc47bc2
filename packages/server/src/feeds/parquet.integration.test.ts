import { buffer } from 'node:stream/consumers'
import type { Row } from '@almanac/core/query/query.ts'
import { expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { answerOf, TINY_CUBE } from './testing/tiny-cube.ts'
import { writeFeed } from './write-feed.ts'

let database: TestDatabase
useTestDatabase((fresh) => {
  database = fresh
})

async function parquet(rows: readonly Row[], dimensions: string[]): Promise<Buffer> {
  const request = { grain: 'day' as const, dimensions, filters: [], segments: [] }
  const spooled = await writeFeed('web', request, 'parquet', {
    definition: () => TINY_CUBE,
    runQuery: async (query) => answerOf(query, rows, { openFrom: '2026-11-19T23:00:00Z' }),
    clickhouse: database.clickhouseConnection,
    now: () => Temporal.Instant.from('2026-11-20T12:00:00Z'),
  })
  return buffer(await spooled.read())
}

/** Reads it back, as an outside program would. */
async function readBack(file: Buffer, query: string): Promise<unknown> {
  const { url, username, password } = database.clickhouseConnection
  const address = new URL(url)
  address.searchParams.set('query', `${query} FORMAT JSONCompact`)
  address.searchParams.set('feed_format', 'Parquet')
  address.searchParams.set(
    'feed_structure',
    "time DateTime64(3, 'UTC'), Year Float64, Week String, Complete Bool, country String, is_bot Bool, hits Float64, visitors_daily_uniques Float64, slowest_daily Nullable(Float64)",
  )
  const body = new FormData()
  body.append('feed', new Blob([new Uint8Array(file)]))
  const headers = { 'X-ClickHouse-User': username, 'X-ClickHouse-Key': password }
  const answer = await fetch(address, { method: 'POST', headers, body })
  const text = await answer.text()
  if (!answer.ok) throw new Error(text)
  return JSON.parse(text).data
}

test('a feed is a Parquet file with the same columns and values, hostile ones too', async () => {
  const rows: Row[] = [
    { time: '2026-11-19T00:00:00+01:00', country: '\'; DROP\n"\\', is_bot: true, hits: 12, visitors: 5, slowest: 1.5 },
    { time: '2026-11-20T00:00:00+01:00', country: 'Österreich', is_bot: false, hits: 3, visitors: 2, slowest: null },
  ]
  const file = await parquet(rows, ['country', 'is_bot'])

  expect(file.subarray(0, 4).toString()).toBe('PAR1')
  expect(await readBack(file, 'SELECT * FROM feed ORDER BY time')).toEqual([
    ['2026-11-18 23:00:00.000', 2026, '2026-11-16', true, '\'; DROP\n"\\', true, 12, 5, 1.5],
    ['2026-11-19 23:00:00.000', 2026, '2026-11-16', false, 'Österreich', false, 3, 2, null],
  ])
})

test('a feed without rows is a Parquet file, too', async () => {
  expect(await readBack(await parquet([], ['country', 'is_bot']), 'SELECT count() FROM feed')).toEqual([[0]])
})

test('many rows come through in order', async () => {
  const rows = Array.from({ length: 50_000 }, (_, i) => ({
    time: '2026-11-19T00:00:00+01:00',
    country: `c${i}`,
    is_bot: false,
    hits: i,
    visitors: 1,
    slowest: i / 3,
  }))
  const file = await parquet(rows, ['country', 'is_bot'])
  expect(await readBack(file, 'SELECT count(), sum(hits), max(country) FROM feed')).toEqual([
    [50_000, 1_249_975_000, 'c9999'],
  ])
})
