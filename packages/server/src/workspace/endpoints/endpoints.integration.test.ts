import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../../test/support/engines.ts'
import { useTestDatabase } from '../../../test/support/use-test-database.ts'
import { AT_ONCE } from '../../cubes/compute/pending-buckets.ts'
import { recomputeAll } from '../../cubes/compute/recompute.ts'
import { type CubeRegistry, openRegistry } from '../../cubes/registry.ts'
import { runQueries } from '../../query/run-query.ts'
import { startWorkspace, type Workspace, type WorkspaceStatus } from '../start-workspace.ts'
import { type ScratchWorkspace, scratchWorkspace } from '../testing/scratch-workspace.ts'
import { createEndpoints, type Endpoints } from './endpoints.ts'

const SHOP_CUBE = `import { column, count, defineCube, sum, uniq } from 'almanac/cubes'
export default defineCube({
  name: 'shop',
  base: { table: 'facts', time: 'at' },
  dimensions: { shop: column('shop') },
  measures: { sales: count(), turnover: sum('amount'), buyers: uniq('buyer') },
})
`
const SHOP_ENDPOINTS = `import { column, defineEndpoint, each, join, keyed, param, total, value, when } from 'almanac/endpoints'

const range = { from: param('start'), to: param('end') }
const parameters = { start: { type: 'date' }, end: { type: 'date', after: 'start' } } as const
const shop = { type: 'text', optional: true } as const

export const byPeriod = defineEndpoint({
  path: '/shop/{period}',
  summary: 'Sales and buyers',
  parameters: { period: { type: 'choice', oneOf: ['day', 'week'] }, ...parameters, shop },
  queries: {
    figures: {
      cube: 'shop', measures: ['sales', 'buyers'], grain: param('period'), ...range, totals: [[]],
      filters: [when('shop', { dimension: 'shop', values: [param('shop')] })],
    },
  },
  answer: {
    start: param('start'),
    end: param('end'),
    figures: each('figures', { period: column('time', { as: 'date' }), sales: column('sales'), people: column('buyers') }),
    people: total('figures', 'buyers'),
  },
})
export const byShop = defineEndpoint({
  path: '/shop/shops',
  summary: 'Turnover by shop',
  parameters,
  queries: { shops: { cube: 'shop', measures: ['turnover'], dimensions: ['shop'], ...range } },
  answer: keyed('shops', 'shop', column('turnover')),
})
export const buyers = defineEndpoint({
  path: '/shop/buyers/count',
  summary: 'Different buyers',
  parameters,
  queries: { all: { cube: 'shop', measures: ['buyers'], ...range } },
  answer: value('all', 'buyers'),
  isPublic: true,
})
`

let db: TestDatabase
let registry: CubeRegistry
let endpoints: Endpoints
let scratch: ScratchWorkspace
let dataDir: string
let workspace: Workspace
let look: () => void
let reloads: ((status: WorkspaceStatus) => void)[]
let nowMs: number

useTestDatabase((fresh) => {
  db = fresh
})
beforeEach(async () => {
  nowMs = Date.UTC(2027, 0, 1)
  for (const query of [
    `CREATE TABLE facts (at DateTime64(3, 'UTC'), shop String, buyer String, amount Float64) ENGINE = MergeTree ORDER BY at`,
    `INSERT INTO facts VALUES
      ('2026-03-02 08:10:00', 'north', 'ann', 5), ('2026-03-02 09:20:00', 'north', 'bob', 50),
      ('2026-03-03 12:00:00', 'south', 'ann', 20), ('2026-03-10 12:00:00', 'north', 'cyd', 70)`,
  ]) {
    await db.clickhouse.command({ query })
  }
  registry = await openRegistry({ pool: db.pool, clickhouse: db.clickhouse, cluster: '' })
  endpoints = createEndpoints({
    runQueries: (queries, signal) => runQueries(queryDeps(), queries, signal),
    now: () => nowMs,
  })
  reloads = []
  dataDir = await mkdtemp(join(tmpdir(), 'almanac-data-'))
  scratch = await scratchWorkspace({ 'cubes/shop.ts': SHOP_CUBE, 'endpoints/shop.ts': SHOP_ENDPOINTS })
  workspace = await startWorkspace({
    folder: scratch.folder,
    readyCubes: [],
    registry,
    onEndpoints: endpoints.replace,
    onBoards: async () => {},
    onSegments: () => {},
    rememberedPath: join(dataDir, 'workspace.json'),
    logger: { info() {}, warn() {} },
    onReloaded: (status) => reloads.shift()?.(status),
    watch: (onChange) => {
      look = onChange
      return { close() {} }
    },
  })
})
afterEach(async () => {
  await workspace.stop()
  await scratch[Symbol.asyncDispose]()
  await rm(dataDir, { recursive: true })
})

const queryDeps = () => ({
  pool: db.pool,
  clickhouse: db.clickhouse,
  registry,
  freshness: () => ({ newestEvent: undefined, ingestLagBytes: 0 }),
  segmentFilters: async () => [],
  now: () => nowMs,
})

/** Looks past what is kept for a second. */
async function get(address: string): Promise<unknown> {
  nowMs += 1000
  const [path = '', query = ''] = address.split('?')
  const found = endpoints.find(path)
  if (!found) throw new Error(`nothing answers ${path}`)
  const parameters = Object.fromEntries(new URLSearchParams(query))
  return JSON.parse((await endpoints.answer(found, parameters, new AbortController().signal)).body)
}
async function lookAgain(): Promise<WorkspaceStatus> {
  const status = new Promise<WorkspaceStatus>((resolve) => reloads.push(resolve))
  look()
  return status
}

const MARCH = 'start=2026-03-02&end=2026-03-16'
const BY_WEEK = {
  start: '2026-03-02',
  end: '2026-03-16',
  figures: [
    { period: '2026-03-02', sales: 3, people: 2 },
    { period: '2026-03-09', sales: 1, people: 1 },
  ],
  people: 3,
}

test('endpoints of files answer with the figures of the cubes of files, from raw rows and from the built cube alike', async () => {
  expect(workspace.status().errors).toEqual([])
  expect(registry.failures()).toEqual([])
  for (const isBuilt of [false, true]) {
    if (isBuilt) await recomputeAll({ pool: db.pool, clickhouse: db.clickhouse }, AT_ONCE)
    expect(await get(`/shop/week?${MARCH}`)).toEqual(BY_WEEK)
    expect(await get(`/shop/shops?${MARCH}`)).toEqual({ north: 125, south: 20 })
    expect(await get(`/shop/buyers/count?${MARCH}`)).toBe(3)
  }
})

test('an optional parameter narrows the answer', async () => {
  expect(await get(`/shop/week?${MARCH}&shop=south`)).toMatchObject({
    figures: [{ sales: 1 }, { sales: 0 }],
    people: 1,
  })
  const hostile = encodeURIComponent(`' OR 1=1 --`)
  expect(await get(`/shop/week?${MARCH}&shop=${hostile}`)).toMatchObject({ people: 0 })
})

test('a changed file changes what is answered; while one is wrong, nothing does', async () => {
  expect(await get(`/shop/week?${MARCH}`)).toEqual(BY_WEEK)
  await scratch.write('cubes/shop.ts', SHOP_CUBE.replace('sales: count()', 'sales: missing()'))
  expect(await lookAgain()).toMatchObject({ state: 'failed', cubes: ['shop'] })
  expect(await get(`/shop/week?${MARCH}`)).toEqual(BY_WEEK)

  await scratch.write('cubes/shop.ts', SHOP_CUBE.replace(`count()`, `count({ only: "buyer = 'ann'" })`))
  expect(await lookAgain()).toMatchObject({ state: 'loaded', errors: [] })
  expect(await get(`/shop/week?${MARCH}`)).toMatchObject({ figures: [{ sales: 2 }, { sales: 0 }] })
})

test('a cube that the engine refuses is told by what is asked of it, and the others go on', async () => {
  await scratch.write('cubes/wrong.ts', SHOP_CUBE.replace(`'shop',`, `'wrong',`).replace(`'facts'`, `'nowhere'`))
  const status = await lookAgain()

  expect(status).toMatchObject({ state: 'loaded', cubes: ['shop', 'wrong'] })
  expect(status.errors).toEqual([
    { file: 'cubes/wrong.ts', message: expect.stringMatching(/^the cube "wrong" could not be made: .*nowhere/) },
  ])
  expect(await get(`/shop/week?${MARCH}`)).toEqual(BY_WEEK)
})
