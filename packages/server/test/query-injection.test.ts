import { AppError } from '@almanac/core/errors.ts'
import { Query } from '@almanac/core/query/query.ts'
import type { ClickHouseClient } from '@clickhouse/client'
import type { Pool } from 'pg'
import { expect, test } from 'vitest'
import { type RunQueryDeps, runQueries } from '../src/query/run-query.ts'
import { HOSTILE_TEXTS, MARK, shapeOf } from './reference/hostile.ts'
import { createRandom } from './reference/random.ts'
import { trialDefinition } from './reference/trial-cube.ts'
import { createTrialEvents } from './reference/trial-events.ts'
import { createTrialWorld } from './reference/trial-world.ts'
import type { TestDatabase } from './support/engines.ts'
import { useTestDatabase } from './support/use-test-database.ts'

let db: TestDatabase
useTestDatabase((fresh) => {
  db = fresh
})

/** What a request says is never part of a statement: names are looked up, values are bound. */

const CUBE = trialDefinition('trial', { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 })

interface SentStatement {
  readonly query: string
  readonly query_params: Record<string, unknown>
}

/** Engines that note what they are asked, and know nothing. */
function recordingDeps(sent: SentStatement[], hasTable: boolean): RunQueryDeps {
  const clickhouse = {
    query: async (statement: SentStatement) => {
      sent.push(statement)
      return { json: async () => ({ data: [] }) }
    },
  }
  const nothing = {
    touched_levels: [],
    touched_buckets: [],
    garbage_levels: [],
    garbage_buckets: [],
    garbage_versions: [],
    log_ids: ['00000000-0000-4000-8000-000000000001'],
    log_ends: ['7'],
  }
  const pool = { query: async () => ({ rows: [{ version: '7', ...nothing }] }) }
  return {
    pool: pool as unknown as Pool,
    clickhouse: clickhouse as unknown as ClickHouseClient,
    registry: {
      definition: (name) => {
        if (name === CUBE.name) return CUBE
        throw new AppError('invalid_query', `there is no cube "${name}"`)
      },
      tables: () => (hasTable ? [{ id: 1, definition: CUBE, table: 'cube_trial_1' }] : []),
    },
    freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
    segmentFilters: async (names) => {
      if (names.join() === 'saved') return [{ dimension: 'plan', op: 'in', values: ['pro'] }]
      throw new AppError('invalid_query', `there are no segments ${names.join(', ')}`)
    },
    now: () => Date.UTC(2026, 2, 29, 12),
  }
}

const PLAIN: Record<string, unknown> = {
  cube: 'trial',
  measures: 'hits',
  measure: 'hits',
  dimensions: 'page',
  dimension: 'page',
  totals: 'page',
  by: 'hits',
  values: '/a',
  segments: 'saved',
  from: '2026-03-01',
  to: '2026-04-01',
  grain: 'day',
  timezone: 'UTC',
  as: 'other',
}
const SHAPE = shapeOf(Query, (field) => PLAIN[field])
/** One of each type and kind, in place of the page. */
const OTHERS = { status: 404, failed: true, seats: 2.5, hour_of_day: 7, weight: '< 100 B', region: 'Asia' }
const WAYS = [
  { dimension: 'page', hasTable: true, shape: SHAPE },
  { dimension: 'page', hasTable: false, shape: SHAPE },
  ...Object.entries(OTHERS).map(([dimension, values]) => {
    const plain: Record<string, unknown> = { ...PLAIN, dimension, dimensions: dimension, totals: dimension, values }
    return { dimension, hasTable: true, shape: shapeOf(Query, (field) => plain[field]) }
  }),
]

test('a query with every field there is gets an answer', async () => {
  const sent: SentStatement[] = []
  const [result] = await runQueries(recordingDeps(sent, true), [Query.parse(SHAPE.plain)])

  expect(result).toHaveProperty('answer')
  expect(sent.length).toBeGreaterThan(3)
  expect(SHAPE.withText.length).toBeGreaterThan(60)
})

test.each(WAYS)(
  'hostile text in any field of a query by $dimension is never in a statement (cube: $hasTable)',
  async ({ hasTable, shape }) => {
    let bound = 0
    for (const [place, withText] of shape.withText.entries()) {
      for (const text of HOSTILE_TEXTS) {
        const parsed = Query.safeParse(withText(text))
        if (!parsed.success) continue
        const sent: SentStatement[] = []
        const [result] = await runQueries(recordingDeps(sent, hasTable), [parsed.data])
        const what = `place ${place}: ${text.slice(0, 40)} in ${JSON.stringify(withText('•'))}`

        if (result && 'error' in result) expect(result.error, what).toBeInstanceOf(AppError)
        for (const { query, query_params } of sent) {
          expect(query.includes(MARK), what).toBe(false)
          expect(Object.keys(query_params).join().includes(MARK), what).toBe(false)
          expect(
            Object.values(query_params)
              .flat()
              .filter((value) => !isPlain(value)),
            what,
          ).toEqual([])
          if (JSON.stringify(query_params).includes(MARK)) bound++
        }
      }
    }
    // Or nothing of it came as far as the values.
    if (shape === SHAPE) expect(bound).toBeGreaterThan(50)
  },
)

test('the statement is the same whatever the values are', async () => {
  const textsFor = async (values: string[]) => {
    const sent: SentStatement[] = []
    const filters = [
      { or: [{ dimension: 'page', values }, { not: { dimension: 'plan', op: 'contains' as const, values } }] },
      { dimension: 'kind', op: 'range' as const, from: values[0] },
    ]
    const query = { cube: 'trial', measures: ['hits'], from: '2026-03-01', to: '2026-04-01', filters }
    await runQueries(recordingDeps(sent, true), [Query.parse(query)])
    // What is too long for one parameter comes in several.
    const inParts = /arrayConcat\(\{(\w+)_part0:(\S+)\}(?:, \{\1_part\d+:\2\})+\)/g
    return sent.map(({ query }) => query.replace(inParts, '{$1:$2}'))
  }
  const usual = await textsFor(['/a', '/b'])
  for (const text of HOSTILE_TEXTS) expect(await textsFor([text, text])).toEqual(usual)
})

test('an answer to a hostile name is a sentence that names it', async () => {
  const query = {
    cube: 'trial',
    measures: ['hits', '__proto__'],
    dimensions: ['constructor'],
    from: '2026-03-01',
    to: '2026-04-01',
  }
  const [result] = await runQueries(recordingDeps([], true), [Query.parse(query)])

  const error = result && 'error' in result ? result.error : undefined
  expect(error?.code).toBe('invalid_query')
  expect(error?.issues.map(({ path }) => path)).toEqual([
    ['dimensions', 0],
    ['measures', 1],
  ])
})

test('text that looks like SQL is found as it is, and nothing else is', async () => {
  await using world = await createTrialWorld(db, () => Date.UTC(2026, 2, 29, 12))
  await world.define([CUBE])
  const texts = HOSTILE_TEXTS.filter((text) => text.trim() !== '' && text.length < 1000 && !text.includes('\u0000'))
  const events = createTrialEvents(createRandom(1))(texts.length).map((event, i) => {
    return { ...event, name: 'page_view', environment: 'production' as const, properties: { plan: texts[i] as string } }
  })
  await world.store(events)
  for (const isComputed of [false, true]) {
    if (isComputed) await world.computeAll()
    for (const text of texts) {
      for (const op of ['in', 'contains', 'starts_with', 'ends_with'] as const) {
        const { rows } = await world.ask({
          cube: 'trial',
          measures: ['hits'],
          dimensions: ['plan'],
          filters: [{ dimension: 'plan', op, values: [text] }],
          from: '2011-01-01',
          to: '2027-01-01',
          order: [{ by: 'plan', direction: 'asc' }],
        })
        const expected = texts.filter((other) => {
          return {
            in: other === text,
            contains: other.includes(text),
            starts_with: other.startsWith(text),
            ends_with: other.endsWith(text),
          }[op]
        })
        expect(new Set(rows.map(({ plan }) => plan)), `${op} ${text}`).toEqual(new Set(expected))
      }
    }
  }
})

const isPlain = (value: unknown) =>
  typeof value === 'number' ? Number.isFinite(value) : typeof value === 'string' || typeof value === 'boolean'
