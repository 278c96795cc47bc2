import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { startOfBucket } from '@almanac/core/time/buckets.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { createClickHouse } from '../clickhouse/client.ts'
import { TINY_CUBE } from '../feeds/testing/tiny-cube.ts'
import { biDatabase } from './bi-database.ts'
import { BI_GRAINS } from './bucket-date.ts'
import { type BiViewsDeps, keepBiViews } from './keep-bi-views.ts'

let database: TestDatabase
useTestDatabase((fresh) => {
  database = fresh
})

let deps: BiViewsDeps
let reader: ClickHouseClient
beforeEach(() => {
  const views = biDatabase(database.clickhouseConnection.database)
  deps = { clickhouse: database.clickhouse, place: { cluster: '', views } }
  reader = createClickHouse({ ...database.readerConnection, database: views })
})
afterEach(async () => {
  await reader.close()
  await database.clickhouse.command({ query: `DROP DATABASE IF EXISTS ${deps.place.views}` })
})

async function ask(query: string): Promise<Record<string, unknown>[]> {
  const settings = { output_format_json_quote_64bit_integers: 0 as const }
  return (await reader.query({ query, format: 'JSONEachRow', clickhouse_settings: settings })).json()
}

interface Hit {
  readonly occurred_at: string
  readonly visitor_id?: number
  readonly country?: string
  readonly environment?: string
}

async function insert(hits: readonly Hit[]): Promise<void> {
  await database.clickhouse.insert({
    table: 'events',
    values: hits.map((hit) => ({ name: 'page_view', environment: 'production', visitor_id: 1, ...hit })),
    format: 'JSONEachRow',
    clickhouse_settings: { date_time_input_format: 'best_effort' },
  })
}

test('views have finished figures of the cube’s days, and the reader needs no right on the tables', async () => {
  const state = await keepBiViews([TINY_CUBE], deps)
  expect(state.problems).toEqual([])
  // 23:30 in Berlin, and half past midnight of the next day.
  await insert([
    { occurred_at: '2026-11-17T22:30:00Z', visitor_id: 1, country: 'DE' },
    { occurred_at: '2026-11-17T23:30:00Z', visitor_id: 1, country: 'DE' },
    { occurred_at: '2026-11-18T08:00:00Z', visitor_id: 2, country: 'FR' },
    { occurred_at: '2026-11-18T09:00:00Z', visitor_id: 2, country: 'DE' },
    { occurred_at: '2026-11-18T09:00:00Z', visitor_id: 9, country: 'DE', environment: 'sandbox' },
  ])
  await database.clickhouse.insert({
    table: 'identities',
    values: [{ visitor_id: 2, person_id: 1, version: 1 }],
    format: 'JSONEachRow',
  })

  expect(await ask('SELECT time, hits, visitors_daily_uniques FROM web_day_total ORDER BY time')).toEqual([
    { time: '2026-11-17', hits: 1, visitors_daily_uniques: 1 },
    { time: '2026-11-18', hits: 3, visitors_daily_uniques: 1 },
  ])
  expect(await ask('SELECT time, country, sum(hits) AS hits FROM web_day GROUP BY 1, 2 ORDER BY 1, 2')).toEqual([
    { time: '2026-11-17', country: 'DE', hits: 1 },
    { time: '2026-11-18', country: 'DE', hits: 2 },
    { time: '2026-11-18', country: 'FR', hits: 1 },
  ])
  expect(
    await ask(
      'SELECT country, sum(hits) AS hits, count(DISTINCT visitors_key) AS visitors FROM web_rows GROUP BY 1 ORDER BY 1',
    ),
  ).toEqual([
    { country: 'DE', hits: 3, visitors: 1 },
    { country: 'FR', hits: 1, visitors: 1 },
  ])
  const { database: hidden } = database.clickhouseConnection
  await expect(ask(`SELECT count() FROM ${hidden}.events`)).rejects.toThrow(/privileges|ACCESS_DENIED/)
})

describe('buckets are those of the queries, over clock changes and for other weeks and years:', () => {
  test.each([
    { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1, from: '2026-10-24T00:10:00Z' },
    { timezone: 'America/New_York', firstDayOfWeek: 7, fiscalYearStart: 10, from: '2026-10-31T00:10:00Z' },
    { timezone: 'Asia/Kathmandu', firstDayOfWeek: 6, fiscalYearStart: 2, from: '2026-02-27T00:10:00Z' },
    { timezone: 'Australia/Lord_Howe', firstDayOfWeek: 3, fiscalYearStart: 7, from: '2026-04-03T00:10:00Z' },
    { timezone: 'Pacific/Apia', firstDayOfWeek: 1, fiscalYearStart: 1, from: '2011-12-29T00:10:00Z' },
  ])('$timezone', async ({ timezone, firstDayOfWeek, fiscalYearStart, from }) => {
    const cube: CubeDefinition = { ...TINY_CUBE, calendar: { timezone, firstDayOfWeek, fiscalYearStart } }
    expect((await keepBiViews([cube], deps)).problems).toEqual([])
    const start = Temporal.Instant.from(from).toZonedDateTimeISO(timezone)
    const moments = Array.from({ length: 100 }, (_, i) => start.add({ minutes: 47 * i }))
    await insert(moments.map((moment) => ({ occurred_at: moment.toInstant().toString() })))

    // Where the clocks move by half an hour, ClickHouse's hours of that day stay where they were.
    for (const grain of BI_GRAINS.filter((one) => one !== 'hour' || timezone !== 'Australia/Lord_Howe')) {
      const expected = new Map<string, number>()
      for (const moment of moments) {
        const bucket = startOfBucket(moment, grain, firstDayOfWeek, fiscalYearStart)
        const name = grain === 'hour' ? String(bucket.epochMilliseconds / 1000) : bucket.toPlainDate().toString()
        expected.set(name, (expected.get(name) ?? 0) + 1)
      }
      const time = grain === 'hour' ? 'toString(toUnixTimestamp(time))' : 'toString(time)'
      const rows = await ask(`SELECT ${time} AS time, hits FROM web_${grain}_total ORDER BY 1`)
      const sorted = [...expected].toSorted(([a], [b]) => (a < b ? -1 : 1))
      expect(rows, grain).toEqual(sorted.map(([name, hits]) => ({ time: name, hits })))
    }
  })
})

test('a range of buckets reads the partitions of that range alone', async () => {
  await keepBiViews([TINY_CUBE], deps)
  for (const month of ['01', '02', '03', '04']) await insert([{ occurred_at: `2026-${month}-15T12:00:00Z` }])
  for (const grain of BI_GRAINS.filter((one) => one !== 'year')) {
    const result = await database.clickhouse.query({
      query: `EXPLAIN indexes = 1 SELECT * FROM ${deps.place.views}.web_${grain} WHERE time >= '2026-02-01' AND time < '2026-02-28'`,
      format: 'TabSeparated',
    })
    const parts = /Parts: (?<read>\d+)\/(?<all>\d+)/.exec(await result.text())?.groups
    expect(Number(parts?.all), grain).toBe(4)
    expect(Number(parts?.read), grain).toBeLessThan(4)
  }
})

test('views follow the cubes: changed ones are made anew, others stay, gone ones go', async () => {
  const views = async () => {
    const result = await database.clickhouse.query({
      query: 'SELECT name, uuid FROM system.tables WHERE database = {views:String}',
      query_params: { views: deps.place.views },
      format: 'JSONEachRow',
    })
    return new Map((await result.json<{ name: string; uuid: string }>()).map(({ name, uuid }) => [name, uuid]))
  }
  const other: CubeDefinition = { ...TINY_CUBE, name: 'shop' }
  await keepBiViews([TINY_CUBE, other], deps)
  await database.clickhouse.command({ query: `CREATE VIEW ${deps.place.views}.somebodys AS SELECT 1 AS one` })
  const before = await views()
  const { hits } = TINY_CUBE.measures
  const changed: CubeDefinition = { ...TINY_CUBE, measures: hits ? { hits } : {} }
  await keepBiViews([changed], deps)
  const after = await views()

  expect([...before.keys()].filter((name) => name.startsWith('shop_'))).toHaveLength(13)
  expect([...after.keys()].filter((name) => name.startsWith('shop_'))).toEqual([])
  expect(after.get('web_day')).not.toBe(before.get('web_day'))
  expect(after.has('somebodys')).toBe(true)
  await keepBiViews([changed], deps)
  expect(await views()).toEqual(after)
})

test('a cube that the engine does not understand keeps no other from its views', async () => {
  const broken: CubeDefinition = {
    ...TINY_CUBE,
    name: 'broken',
    base: { ...TINY_CUBE.base, where: 'no_such_column = 1' },
  }
  const { views, problems } = await keepBiViews([broken, TINY_CUBE], deps)
  expect(problems).toHaveLength(13)
  expect(problems[0]).toMatchObject({ view: 'broken_hour', reason: expect.stringContaining('no_such_column') })
  expect(views).toHaveLength(13)
  expect(await ask('SELECT count() AS rows FROM web_day')).toEqual([{ rows: 0 }])
})
