import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { buffer, text } from 'node:stream/consumers'
import { AppError } from '@almanac/core/errors.ts'
import type { Query, Row } from '@almanac/core/query/query.ts'
import ExcelJS from 'exceljs'
import { describe, expect, test } from 'vitest'
import type { FeedFormat, FeedRequest } from './feed-request.ts'
import { answerOf, TINY_CUBE } from './testing/tiny-cube.ts'
import { writeFeed } from './write-feed.ts'

const NOW = Temporal.Instant.from('2026-11-20T12:00:00Z')

async function feed(request: Partial<FeedRequest>, rows: readonly Row[], format: 'csv' | 'json' = 'csv') {
  const { asked, spooled } = await writtenFeed(request, rows, format)
  return { asked, hash: spooled.hash, text: await text(await spooled.read()) }
}

async function writtenFeed(request: Partial<FeedRequest>, rows: readonly Row[], format: FeedFormat) {
  const asked: Query[] = []
  const spooled = await writeFeed(
    'web',
    { grain: 'day', dimensions: [], filters: [], segments: [], ...request },
    format,
    {
      definition: () => TINY_CUBE,
      runQuery: async (query) => {
        asked.push(query)
        return answerOf(query, rows, { openFrom: '2026-11-19T23:00:00Z' })
      },
      clickhouse: { url: 'http://127.0.0.1:9', username: '', password: '', database: '' },
      now: () => NOW,
    },
  )
  return { asked, spooled }
}

test('a feed has ISO times, parts of the calendar, and names that say what does not add up', async () => {
  const { text: csv } = await feed({ dimensions: ['country'] }, [
    { time: '2026-11-19T00:00:00+01:00', country: 'DE', hits: 12, visitors: 5, slowest: 1.5 },
    { time: '2026-11-20T00:00:00+01:00', country: '=cmd()', hits: 3, visitors: 2, slowest: null },
  ])
  expect(csv.split('\r\n')).toEqual([
    'time,Year,Quarter,Month,Week,Day,Complete,country,hits,visitors_daily_uniques,slowest_daily',
    '2026-11-19T00:00:00+01:00,2026,2026-Q4,2026-11,2026-11-16,2026-11-19,true,DE,12,5,1.5',
    `2026-11-20T00:00:00+01:00,2026,2026-Q4,2026-11,2026-11-16,2026-11-20,false,"'=cmd()",3,2,`,
    '',
  ])
})

test('JSON describes its columns', async () => {
  const { text: json } = await feed(
    { grain: 'month' },
    [{ time: '2026-11-01T00:00:00+01:00', hits: 12, visitors: 5, slowest: 1 }],
    'json',
  )
  expect(JSON.parse(json)).toMatchObject({
    cube: 'web',
    grain: 'month',
    timezone: 'Europe/Berlin',
    columns: expect.arrayContaining([
      { name: 'hits', label: 'Hits', type: 'number', addsUp: true },
      { name: 'visitors_monthly_uniques', label: 'Visitors', type: 'number', addsUp: false },
    ]),
    rows: [{ Quarter: '2026-Q4', Month: '2026-11', hits: 12, visitors_monthly_uniques: 5 }],
  })
})

test('Excel has times of the zone, numbers, and texts that are no formulas', async () => {
  const { spooled } = await writtenFeed(
    { dimensions: ['country'], measures: ['hits', 'visitors'] },
    [{ time: '2026-11-19T00:00:00+01:00', country: '=cmd()', hits: 12, visitors: null }],
    'xlsx',
  )
  const book = new ExcelJS.Workbook()
  await book.xlsx.load((await buffer(await spooled.read())) as never)
  const rows: unknown[] = []
  book.worksheets[0]?.eachRow((row) => rows.push((row.values as unknown[]).slice(1)))
  expect(rows).toEqual([
    ['time', 'Year', 'Quarter', 'Month', 'Week', 'Day', 'Complete', 'country', 'hits', 'visitors_daily_uniques'],
    [new Date('2026-11-19T00:00:00Z'), 2026, '2026-Q4', '2026-11', '2026-11-16', '2026-11-19', true, '=cmd()', 12],
  ])
})

test('a feed without rows is a head, in both formats', async () => {
  expect((await feed({ measures: ['hits'] }, [])).text).toBe('time,Year,Quarter,Month,Week,Day,Complete,hits\r\n')
  expect(JSON.parse((await feed({}, [], 'json')).text)).toMatchObject({ rows: [] })
})

describe('the range', () => {
  test.each([
    { request: {}, from: '2026-10-21T22:00:00Z', to: '2026-11-20T23:00:00Z' },
    {
      request: { grain: 'hour' as const, from: '2026-11-20', to: '2026-11-22' },
      from: '2026-11-19T23:00:00Z',
      to: '2026-11-20T13:00:00Z',
    },
    { request: { grain: 'month' as const }, from: '2026-09-30T22:00:00Z', to: '2026-11-30T23:00:00Z' },
    {
      request: { grain: 'week' as const, from: '2026-11-18', to: '2026-11-19' },
      from: '2026-11-15T23:00:00Z',
      to: '2026-11-22T23:00:00Z',
    },
    {
      request: { from: '2026-11-18', to: '2026-11-19', timezone: 'UTC' },
      from: '2026-11-18T00:00:00Z',
      to: '2026-11-19T00:00:00Z',
    },
  ])('of $request cuts no bucket: $from to $to', async ({ request, from, to }) => {
    const { asked } = await feed(request, [])
    expect(asked[0]).toMatchObject({ from, to })
  })

  test('that ends before it begins is refused', async () => {
    await expect(feed({ from: '2026-11-19', to: '2026-11-19' }, [])).rejects.toThrow('is empty')
    await expect(feed({ from: '2027-01-01' }, [])).rejects.toThrow('is empty')
    await expect(feed({ timezone: 'Berlin' }, [])).rejects.toThrow('expected a time zone')
  })
})

test('only measures with a right value are in a feed that names none', async () => {
  const measures = async (request: Partial<FeedRequest>) => (await feed(request, [])).asked[0]?.measures
  expect(await measures({})).toEqual(['hits', 'visitors', 'slowest'])
  expect(await measures({ grain: 'week', dimensions: ['country'] })).toEqual(['hits', 'visitors', 'slowest', 'reach'])
})

test('filters are texts with an operator', async () => {
  const filters = ['country=DE,FR', 'status!=404', 'path~a=b', 'path!~x']
  expect((await feed({ filters }, [])).asked[0]?.filters).toEqual([
    { dimension: 'country', op: 'in', values: ['DE', 'FR'] },
    { dimension: 'status', op: 'not_in', values: ['404'] },
    { dimension: 'path', op: 'contains', values: ['a=b'] },
    { dimension: 'path', op: 'not_contains', values: ['x'] },
  ])
  await expect(feed({ filters: ['country'] }, [])).rejects.toThrow('expected a filter such as')
})

test('the hash is that of the content', async () => {
  const row = { time: '2026-11-19T00:00:00+01:00', hits: 1 }
  const [one, same, other] = [await feed({}, [row]), await feed({}, [row]), await feed({}, [{ ...row, hits: 2 }])]
  expect(one.hash).toBe(same.hash)
  expect(one.hash).not.toBe(other.hash)
})

test('a failure half-way is an error and leaves no file', async () => {
  const files = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('almanac-feed-'))
  const before = await files()
  const request = { grain: 'day' as const, dimensions: [], filters: [], segments: [] }
  const failing = writeFeed('web', request, 'csv', {
    definition: () => TINY_CUBE,
    runQuery: async () => {
      throw new AppError('query_timeout', 'The query took too long and was stopped')
    },
    clickhouse: { url: 'http://127.0.0.1:9', username: '', password: '', database: '' },
    now: () => NOW,
  })
  await expect(failing).rejects.toThrow('took too long')
  expect(await files()).toEqual(before)
})
