import { isDeepStrictEqual } from 'node:util'
import type { QueryFilter } from '@almanac/core/query/filter.ts'
import type { Segment } from '@almanac/core/segments/segment.ts'
import { PAGES, SESSIONS } from '@almanac/core/segments/testing/two-cubes.ts'
import { afterEach, expect, test } from 'vitest'
import type { TestDatabase } from '../../test/support/engines.ts'
import { eventually } from '../../test/support/processes.ts'
import { useTestDatabase } from '../../test/support/use-test-database.ts'
import { segmentsVersion } from './segment-store.ts'
import { openSegments, type Segments } from './segments.ts'

let database: TestDatabase
useTestDatabase((fresh) => {
  database = fresh
})

const opened: Segments[] = []
afterEach(async () => {
  for (const segments of opened.splice(0)) await segments.close()
})

const AN_HOUR_MS = 3_600_000

/** As one server has them; how soon it hears of what another one does is said. */
async function open(refreshMs = AN_HOUR_MS, definitions = [PAGES, SESSIONS]) {
  const onError = (error: unknown) => {
    throw error
  }
  const segments = await openSegments({ pool: database.pool, definitions: () => definitions, onError, refreshMs })
  opened.push(segments)
  return segments
}

const firefox: QueryFilter = { dimension: 'browser', op: 'in', values: ['Firefox'] }
const chrome: QueryFilter = { dimension: 'browser', op: 'in', values: ['Chrome'] }
const segment = (name: string, filter: QueryFilter = firefox): Segment => ({
  name,
  label: name,
  description: '',
  cube: null,
  filter,
})

test('what is saved is in force at once, and again after a restart', async () => {
  const segments = await open()
  const { isNew } = await segments.save(segment('a'), 'local')
  expect(isNew).toBe(true)
  expect(await segments.filters(['a'], PAGES)).toEqual([firefox])
  expect(await (await open()).filters(['a'], PAGES)).toEqual([firefox])
})

test('a replaced segment keeps its maker and the day it was made', async () => {
  const segments = await open()
  const first = await segments.save(segment('a'), 'local')
  const second = await segments.save(segment('a', chrome), 'key x')

  expect(second).toMatchObject({ isNew: false, segment: { filter: chrome, createdBy: 'local' } })
  expect(second.segment.createdAt).toEqual(first.segment.createdAt)
  expect(await segments.filters(['a'], PAGES)).toEqual([chrome])
})

test('a removed segment is refused', async () => {
  const segments = await open()
  await segments.save(segment('a'), 'local')
  await segments.remove('a')

  await expect(segments.filters(['a'], PAGES)).rejects.toMatchObject({ code: 'invalid_query' })
  await expect(segments.remove('a')).rejects.toMatchObject({ code: 'not_found' })
})

test('a segment that fits no cube is not saved', async () => {
  const segments = await open()
  const filter: QueryFilter = { dimension: 'plan', op: 'not_empty' }
  await expect(segments.save(segment('a', filter), 'local')).rejects.toMatchObject({
    code: 'invalid_request',
    issues: [{ path: ['filter', 'dimension'] }, { path: ['filter', 'dimension'] }],
  })
  expect(await segments.list()).toEqual([])
})

test('a dimension that is gone makes the query fail, and says why', async () => {
  await (await open()).save(segment('a'), 'local')
  const { browser, ...dimensions } = PAGES.dimensions
  const later = { ...PAGES, dimensions }
  await expect((await open(AN_HOUR_MS, [later])).filters(['a'], later)).rejects.toThrow(
    'the segment "a" does not fit: the cube pages has no dimension "browser"',
  )
})

test('a new segment of another server is found when it is first asked for', async () => {
  const [here, there] = [await open(), await open()]
  await there.save(segment('a'), 'local')
  expect(await here.filters(['a'], PAGES)).toEqual([firefox])
})

test('changes and removals by another server are heard of', async () => {
  const [here, there] = [await open(20), await open()]
  await there.save(segment('a'), 'local')
  await here.filters(['a'], PAGES)

  await there.save(segment('a', chrome), 'local')
  await eventually('the change is heard of', async () => {
    const [filter] = await here.filters(['a'], PAGES)
    return isDeepStrictEqual(filter, chrome)
  })
  await there.remove('a')
  await eventually('the removal is heard of', () =>
    here.filters(['a'], PAGES).then(
      () => false,
      () => true,
    ),
  )
})

test('every change makes another version: also one that takes a segment away and brings another', async () => {
  const segments = await open()
  const versions = [await segmentsVersion(database.pool)]
  const noted = async (change: Promise<unknown>) => {
    await change
    versions.push(await segmentsVersion(database.pool))
  }
  await noted(segments.save(segment('a'), 'local'))
  await noted(segments.save(segment('b'), 'local'))
  await noted(segments.save(segment('a'), 'local'))
  await noted(segments.remove('b').then(() => segments.save(segment('c'), 'local')))
  await noted(segments.remove('c'))
  expect(new Set(versions).size).toBe(versions.length)
})

test('a segment of a file is in force before the one of its name, cannot be changed here, and leaves it as it was', async () => {
  const segments = await open()
  await segments.save(segment('a'), 'local')
  await segments.save(segment('b'), 'local')
  segments.replaceWorkspace([segment('a', chrome), segment('c', chrome)])

  expect(await segments.filters(['a', 'b', 'c'], PAGES)).toEqual([chrome, firefox, chrome])
  expect((await segments.list()).map(({ name, origin }) => [name, origin])).toEqual([
    ['a', 'workspace'],
    ['b', 'made'],
    ['c', 'workspace'],
  ])
  const isOfFile = { code: 'conflict', message: 'The segment a is defined by a file of the workspace' }
  await expect(segments.save(segment('a'), 'local')).rejects.toMatchObject(isOfFile)
  await expect(segments.remove('a')).rejects.toMatchObject(isOfFile)

  segments.replaceWorkspace([])
  expect(await segments.filters(['a'], PAGES)).toEqual([firefox])
  await expect(segments.filters(['c'], PAGES)).rejects.toMatchObject({ code: 'invalid_query' })
})

test('names and filters of any text are stored as they are', async () => {
  const segments = await open()
  const hostile = `'; DROP TABLE segments; -- \\ " \u{1F600}`
  const filter: QueryFilter = { dimension: 'browser', op: 'in', values: [hostile] }
  await segments.save({ ...segment('a', filter), label: hostile, description: hostile }, hostile)
  expect(await segments.list()).toMatchObject([{ filter, label: hostile, description: hostile, createdBy: hostile }])
})
