import { expect, test } from 'vitest'
import { VISITS_CUBE } from '../cubes/visits.ts'
import { WEB_CUBE } from '../cubes/web.ts'
import { Query, type QueryInput } from './query.ts'
import { type CubeSnapshot, querySql } from './query-sql.ts'
import { resolveQuery } from './resolve-query.ts'

const SETTLED: CubeSnapshot = { touchedHours: [], garbage: [], version: 7 }
const DAY: QueryInput = {
  cube: 'web',
  measures: ['hits', 'visitors'],
  from: '2026-05-01',
  to: '2026-05-08',
  grain: 'day',
}

const sqlOf = (query: QueryInput, snapshot = SETTLED) =>
  querySql(resolveQuery(Query.parse(query), WEB_CUBE), snapshot, 'cube_web')
const seconds = (text: string) => Temporal.Instant.from(text).epochMilliseconds / 1000

test('settled hours are read from the cube alone', () => {
  expect(sqlOf(DAY).tables).toEqual(['cube_web'])
})

test('touched hours are read from the raw events, and left out of the cube', () => {
  const hour = seconds('2026-05-03T10:00:00Z')
  const { text, tables, parameters } = sqlOf(DAY, { ...SETTLED, touchedHours: [hour] })
  expect(tables).toEqual(['cube_web', 'events'])
  expect(parameters.rawHours).toEqual([hour])
  expect(text).toContain('NOT has({rawHours:Array(UInt32)}, toUnixTimestamp(hour))')
})

test('a touched hour outside the range changes nothing', () => {
  const { tables } = sqlOf(DAY, {
    ...SETTLED,
    touchedHours: [seconds('2026-04-30T23:00:00Z'), seconds('2026-05-08T00:00:00Z')],
  })
  expect(tables).toEqual(['cube_web'])
})

test('the ends of a range that lie between quarters of an hour are read from the raw events', () => {
  const { parameters, tables } = sqlOf({
    ...DAY,
    from: '2026-05-01T10:07:00Z',
    to: '2026-05-02T10:07:00Z',
    grain: 'hour',
  })
  expect(tables).toEqual(['cube_web', 'events'])
  expect(parameters.rawHours).toEqual([seconds('2026-05-01T10:00:00Z'), seconds('2026-05-02T10:00:00Z')])
})

test('a zone at :45 is answered by the cube', () => {
  const { tables, parameters } = sqlOf({ ...DAY, timezone: 'Asia/Kathmandu' })
  expect(tables).toEqual(['cube_web'])
  expect((parameters.buckets as number[])[0]).toBe(seconds('2026-04-30T18:15:00Z'))
})

test('a zone whose offset had odd seconds is answered by the raw events', () => {
  const query = { ...DAY, from: '1971-05-01', to: '1971-05-03', timezone: 'Africa/Monrovia' }
  expect(sqlOf(query).tables).toEqual(['events'])
})

test('replaced and unfinished versions do not count', () => {
  const hour = seconds('2026-05-03T10:00:00Z')
  const { text, parameters } = sqlOf(DAY, { ...SETTLED, garbage: [{ hour, version: 3 }] })
  expect(text).toContain('version <= {version:UInt64}')
  expect(parameters).toMatchObject({ version: 7, garbageHours: [hour], garbageVersions: [3] })
})

test('uniques are merged from states and never summed', () => {
  const { text } = sqlOf(DAY, { ...SETTLED, touchedHours: [seconds('2026-05-03T10:00:00Z')] })
  expect(text).toContain('uniqExactMerge(m_visitors) AS visitors')
  expect(text).toContain(
    'uniqExactStateIf(if(linked_person = 0, visitor_id, linked_person), visitor_id != 0) AS m_visitors',
  )
  expect(text).not.toContain('sum(m_visitors)')
})

test('persons are looked up for visitors, and not for what does not count them', () => {
  const touched = { ...SETTLED, touchedHours: [seconds('2026-05-03T10:00:00Z')] }
  expect(sqlOf(DAY, touched).text).toContain('FROM events LEFT ANY JOIN')
  expect(sqlOf({ ...DAY, measures: ['hits'] }, touched).text).not.toContain('JOIN')
})

test('of a table that replaces rows, the last states are read', () => {
  const query = { ...DAY, cube: 'visits', measures: ['visits'] }
  const touched = { ...SETTLED, touchedHours: [seconds('2026-05-03T10:00:00Z')] }
  const { text, tables } = querySql(resolveQuery(Query.parse(query), VISITS_CUBE), touched, 'cube_visits')
  expect(text).toContain('FROM visits FINAL\n')
  expect(tables).toEqual(['cube_visits', 'visits'])
})

test('values of a request are parameters and never text of the query', () => {
  const hostile = `'); DROP TABLE events; --`
  const { text, parameters } = sqlOf({ ...DAY, filters: [{ dimension: 'path', op: 'contains', values: [hostile] }] })
  expect(text).not.toContain('DROP')
  expect(parameters.f0).toEqual([hostile])
})

test('a production figure has no sandbox events unless they are asked for', () => {
  expect(sqlOf(DAY).parameters.f0).toEqual(['production'])
  const both = sqlOf({ ...DAY, filters: [{ dimension: 'environment', values: ['sandbox', 'production'] }] })
  expect(both.parameters.f0).toEqual(['sandbox', 'production'])
  expect(both.parameters.f1).toBeUndefined()
})

test('text from the command line becomes the type of its dimension', () => {
  const filters = [
    { dimension: 'status', values: ['404'] },
    { dimension: 'is_bot', values: ['false'] },
  ]
  expect(sqlOf({ ...DAY, filters }).parameters).toMatchObject({ f0: [404], f1: [false] })
})

test('all that is wrong with a query is said at once', () => {
  const query = {
    ...DAY,
    measures: ['hits', 'constructor'],
    dimensions: ['pth'],
    filters: [{ dimension: 'status', values: ['teapot'] }],
    order: [{ by: 'bytes' }],
    from: '2026-05-08',
    to: '2026-05-01',
  }
  let issues: readonly { message: string }[] = []
  try {
    sqlOf(query)
  } catch (error) {
    issues = (error as { issues: typeof issues }).issues
  }
  expect(issues.map(({ message }) => message)).toEqual([
    'the cube web has no measure "constructor": expected one of hits, visitors, bytes, errors',
    'the cube web has no dimension "pth": expected one of path, status, country, referrer, browser, is_bot, source, environment',
    '"status" holds numbers, got "teapot"',
    'cannot order by "bytes": expected one of time, pth, hits, constructor',
    '"to" (2026-05-01) must come after "from" (2026-05-08): it is not included in the range',
  ])
})

test.each(['CET+1', '+01:00', 'Mars/Olympus', ''])('"%s" is not a time zone', (timezone) => {
  expect(() => sqlOf({ ...DAY, timezone })).toThrow(`expected a time zone such as Europe/Berlin, got "${timezone}"`)
})

test('a date that the calendar does not have is refused', () => {
  expect(() => sqlOf({ ...DAY, from: '2026-02-30' })).toThrow('expected a date such as 2015-05-17')
})

test('a range may reach beyond what the engine can store', () => {
  const { parameters } = sqlOf({ ...DAY, from: '1960-01-01', to: '2200-01-01', grain: 'year' })
  const buckets = parameters.buckets as number[]
  expect(buckets.at(0)).toBe(0)
  expect(buckets.at(-1)).toBe(seconds('2106-01-01T00:00:00Z'))
})
