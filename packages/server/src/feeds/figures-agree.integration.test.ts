import { randomInt } from 'node:crypto'
import { text } from 'node:stream/consumers'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { Query, Row } from '@almanac/core/query/query.ts'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createRandom } from '../../test/reference/random.ts'
import { trialDefinition } from '../../test/reference/trial-cube.ts'
import { createTrialEvents } from '../../test/reference/trial-events.ts'
import { createTrialWorld, type TrialWorld } from '../../test/reference/trial-world.ts'
import type { TestDatabase } from '../../test/support/engines.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { biDatabase } from '../bi-views/bi-database.ts'
import { BI_GRAINS } from '../bi-views/bucket-date.ts'
import { keepBiViews } from '../bi-views/keep-bi-views.ts'
import { queryRange } from '../prometheus/prom-api.ts'
import { measureColumn } from './feed-columns.ts'
import { feedPages } from './feed-pages.ts'
import { feedQuery } from './feed-request.ts'
import { writeFeed } from './write-feed.ts'

/** The same figures on every way out: queries, which are proved elsewhere, and views, feeds and Prometheus' API. */

const SEED = Number(process.env.SEED ?? randomInt(1e9))
const NOW = Date.UTC(2026, 4, 29, 10, 40)
const DIMENSIONS = ['environment', 'page', 'status', 'country', 'plan', 'beta', 'weight', 'region']
/** Of t-digests and of sketches: made in one piece or of parts they differ a little. */
const ABOUT = ['p90', 'p50_failed', 'sessions_about']

const CUBES = [
  cubeOf('trial_berlin', { timezone: 'Europe/Berlin', firstDayOfWeek: 7, fiscalYearStart: 4 }),
  cubeOf('trial_kathmandu', { timezone: 'Asia/Kathmandu', firstDayOfWeek: 1, fiscalYearStart: 1 }),
]

function cubeOf(name: string, calendar: CubeDefinition['calendar']): CubeDefinition {
  const { dimensions, measures, ...definition } = trialDefinition(name, calendar)
  // A view has no gaps to fill.
  const unfilled = Object.entries(measures).map(([key, measure]) => [key, { ...measure, gaps: 'null' as const }])
  const { page, ...narrow } = dimensions
  if (page?.kind !== 'expression') throw new Error('the trial has no pages')
  const { isWide: _, ...narrowPage } = page
  const kept = Object.entries({ ...narrow, page: narrowPage }).filter(([key]) => DIMENSIONS.includes(key))
  return {
    ...definition,
    dimensions: Object.fromEntries(kept),
    measures: Object.fromEntries(unfilled),
    rollups: [{ dimensions: ['environment'], step: 'quarter_hour' }],
  }
}

let db: TestDatabase
let world: TrialWorld
useTestDatabase((fresh) => {
  db = fresh
})
beforeEach(async () => {
  console.log(`seed ${SEED}`)
  world = await createTrialWorld(db, () => NOW)
  await world.define(CUBES)
  const newEvents = createTrialEvents(createRandom(SEED))
  await world.store(newEvents(300))
  await world.computeAll()
  // Some hours are touched again, so that queries are answered from cubes and raw rows.
  await world.store(newEvents(30))
})
afterEach(async () => {
  await world[Symbol.asyncDispose]()
  await db.clickhouse.command({ query: `DROP DATABASE IF EXISTS ${biDatabase(db.clickhouseConnection.database)}` })
})

const runQuery = (query: Query) => world.ask(query)

test.each(CUBES.map((cube) => ({ cube, name: cube.name })))(
  'views of $name have the figures of queries',
  async ({ cube }) => {
    const views = biDatabase(db.clickhouseConnection.database)
    const { problems } = await keepBiViews([cube], { clickhouse: db.clickhouse, place: { cluster: '', views } })
    expect(problems).toEqual([])

    for (const grain of BI_GRAINS) {
      for (const dimensions of [[], DIMENSIONS]) {
        const view = `${views}.${cube.name}_${grain}${dimensions.length === 0 ? '_total' : ''}`
        const rows = await rowsOf(
          `SELECT *, ${grain === 'hour' ? 'toUnixTimestamp(time)' : 'toString(time)'} AS time FROM ${view}`,
        )
        const measures = Object.entries(cube.measures).flatMap(([name, measure]) => {
          const column = measureColumn(name, measure, grain)
          return rows[0] && column in rows[0] && !ABOUT.includes(name) ? [{ name, column }] : []
        })
        expect(measures.length, view).toBeGreaterThan(10)
        expect(measures.map(({ name }) => name)).toContain('visitors')
        const range = { from: '2011-01-01', to: '2027-01-01' }
        const keys = ['time', ...dimensions]
        const asked: Row[] = []
        // More hours than one query may have.
        for (const { from, to } of grain === 'hour' ? [{ from: '2026-02-01', to: '2026-05-20' }] : [range]) {
          for (let at = 0; at < measures.length; at += 20) {
            const part = measures.slice(at, at + 20).map(({ name }) => name)
            const { rows: found } = await world.ask({
              cube: cube.name,
              measures: part,
              dimensions,
              grain,
              from,
              to,
              limit: 100_000,
            })
            for (const [i, row] of found.entries()) asked[i] = { ...asked[i], ...row }
          }
        }
        const expected = new Map(asked.map((row) => [keyOf(row, keys, grain), row]))
        const from = Date.parse('2026-02-01T00:00:00+05:45') / 1000
        const compared =
          grain === 'hour'
            ? rows.filter(({ time }) => Number(time) >= from + 86_400 && Number(time) < from + 100 * 86_400)
            : rows
        expect(compared.length, view).toBeGreaterThan(0)
        for (const row of compared) {
          const other = expected.get(keys.map((key) => String(row[key])).join('|'))
          if (!other) throw new Error(`the query has no row for ${JSON.stringify(row)} of ${view}`)
          const figures = (of: Row, key: 'name' | 'column') => measures.map((one) => rounded(of[one[key]]))
          expect(figures(row, 'column'), `${view} ${JSON.stringify(row)}`).toEqual(figures(other, 'name'))
        }
      }
    }
  },
)

function keyOf(row: Row, keys: readonly string[], grain: string): string {
  const time = grain === 'hour' ? String(Date.parse(String(row.time)) / 1000) : String(row.time).slice(0, 10)
  return keys.map((key) => (key === 'time' ? time : String(row[key]))).join('|')
}

const rounded = (value: Row[string] | undefined) => (typeof value === 'number' ? Number(value.toPrecision(9)) : value)

async function rowsOf(query: string): Promise<Row[]> {
  const clickhouse_settings = {
    output_format_json_quote_64bit_integers: 0,
    output_format_json_quote_decimals: 0,
  } as const
  return (await db.clickhouse.query({ query, format: 'JSONEachRow', clickhouse_settings })).json<Row>()
}

test('a feed has the rows of the query, in order', async () => {
  const [cube] = CUBES as [CubeDefinition, ...CubeDefinition[]]
  const spooled = await writeFeed(
    cube.name,
    {
      grain: 'day',
      from: '2026-03-01',
      to: '2026-04-15',
      dimensions: ['country'],
      measures: ['hits', 'visitors'],
      filters: ['status!=404'],
      segments: [],
    },
    'json',
    {
      definition: world.registry.definition,
      runQuery,
      clickhouse: db.clickhouseConnection,
      now: () => Temporal.Instant.fromEpochMilliseconds(NOW),
    },
  )
  const feed = JSON.parse(await text(await spooled.read()))
  const { rows } = await world.ask({
    cube: cube.name,
    measures: ['hits', 'visitors'],
    dimensions: ['country'],
    grain: 'day',
    from: '2026-03-01',
    to: '2026-04-15',
    filters: [{ dimension: 'status', op: 'not_in', values: [404] }],
    order: [
      { by: 'country', direction: 'asc' },
      { by: 'time', direction: 'asc' },
    ],
  })
  expect(rows.length).toBeGreaterThan(5)
  expect(feed.rows).toMatchObject(
    rows.map(({ time, country, hits, visitors }) => ({
      time,
      Day: String(time).slice(0, 10),
      country,
      hits,
      visitors_daily_uniques: visitors,
    })),
  )
})

test('a feed in pages of 23 rows has each row once', async () => {
  const [cube] = CUBES as [CubeDefinition, ...CubeDefinition[]]
  const now = Temporal.Instant.fromEpochMilliseconds(NOW)
  for (const dimensions of [['country'], ['page', 'status', 'region'], ['beta', 'weight', 'plan']]) {
    const request = {
      grain: 'day' as const,
      from: '2025-01-01',
      to: '2026-05-01',
      dimensions,
      filters: [],
      segments: [],
    }
    const query = feedQuery({ ...request, measures: ['hits', 'visitors'] }, cube, now)
    const read = async (limit: number) =>
      (await Array.fromAsync(feedPages({ ...query, limit }, cube, runQuery))).flatMap(({ rows }) => rows)
    const whole = await read(50_000)
    expect(whole.length).toBeGreaterThan(40)
    expect(await read(23), dimensions.join()).toEqual(whole)
  }
})

test('Prometheus’ API has the figures of the query, and adds up only what adds up', async () => {
  const [cube] = CUBES as [CubeDefinition, ...CubeDefinition[]]
  const deps = { definitions: world.registry.definitions, runQuery, now: () => NOW }
  const [start, end] = ['2026-03-20T00:00:00Z', '2026-04-10T00:00:00Z']
  const ask = async (query: string, step: string) => {
    const { data } = await queryRange({ query, start, end, step, matches: [] }, deps)
    return (data as { result: { metric: Record<string, string>; values: [number, string][] }[] }).result
  }
  const [visitors] = await ask(`${cube.name}:visitors`, '1d')
  const { rows } = await world.ask({
    cube: cube.name,
    measures: ['visitors', 'hits'],
    grain: 'day',
    from: '2026-03-20',
    to: '2026-04-11',
  })
  expect(visitors?.values.map(([, value]) => Number(value))).toEqual(
    rows.flatMap((row) => (row.visitors === null ? [] : [row.visitors])),
  )

  const hours = await ask(`sum by (country) (${cube.name}:hits{plan!=""})`, '3h')
  const added = hours.flatMap(({ values }) => values).reduce((sum, [, value]) => sum + Number(value), 0)
  const { rows: all } = await world.ask({
    cube: cube.name,
    measures: ['hits'],
    from: start,
    to: '2026-04-10T03:00:00Z',
    filters: [{ not: { dimension: 'plan', op: 'in', values: [''] } }],
  })
  expect(added).toBe(all[0]?.hits)
  expect(added).toBeGreaterThan(0)
})
