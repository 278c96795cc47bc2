import { expect, test } from 'vitest'
import type { CubeDefinition } from '../cubes/cube.ts'
import { CohortRequest, type CohortRequestInput } from './cohort.ts'
import { cohortsSql } from './cohorts-sql.ts'
import { resolveCohorts } from './resolve-cohorts.ts'

const text = (sql: string) => ({ kind: 'expression', label: sql, sql, type: 'string' }) as const
const CUBE: CubeDefinition = {
  name: 'app',
  label: 'App',
  base: {
    from: 'events',
    tables: ['events'],
    where: `app_platform != ''`,
    timeColumn: 'occurred_at',
    person: 'visitor_id',
  },
  calendar: { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 },
  dimensions: {
    channel: text('channel'),
    environment: text('environment'),
    town: { kind: 'lookup', label: 'Town', table: 'towns', key: 'code', value: 'town', of: 'country', type: 'string' },
    hour: { kind: 'calendar', label: 'Hour', part: 'hour_of_day' },
  },
  measures: {},
  defaultFilters: { environment: ['production'] },
  rollups: [],
}

const resolve = (request: Partial<CohortRequestInput>, cube = CUBE) =>
  resolveCohorts(CohortRequest.parse({ cube: 'app', from: '2026-03-02', to: '2026-04-06', ...request }), cube)
const sqlOf = (request: Partial<CohortRequestInput>) => cohortsSql(resolve(request))

test('periods follow the calendar of the zone until the last cohort has had all of them', () => {
  const { starts, end, cohortCount } = resolve({ periods: 2 })
  const day = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO('Europe/Berlin').toString()
  expect([cohortCount, starts.length]).toEqual([5, 7])
  expect(starts.map((ms) => day(ms).slice(0, 22)).slice(3)).toEqual([
    '2026-03-23T00:00:00+01',
    '2026-03-30T00:00:00+02',
    '2026-04-06T00:00:00+02',
    '2026-04-13T00:00:00+02',
  ])
  expect(day(end)).toBe('2026-04-20T00:00:00+02:00[Europe/Berlin]')
})

test('names and values of a request are never part of the text', () => {
  const hostile = `x') OR 1=1 --`
  const values = [hostile]
  const { text: sql, parameters } = sqlOf({
    start: { events: [hostile], filters: [{ dimension: 'channel', op: 'contains', values }] },
    return: { events: [hostile], filters: [{ not: { dimension: 'town', op: 'in', values } }] },
    filters: [{ dimension: 'channel', op: 'range', from: hostile }],
    by: 'channel',
  })
  expect(sql).not.toContain(hostile)
  expect(JSON.stringify(parameters).split(JSON.stringify(hostile).slice(1, -1))).toHaveLength(6)
  expect(() => resolve({ by: `channel) FROM secrets --` })).toThrow('the cube app has no dimension')
  expect(() => resolve({ timezone: `UTC'` })).toThrow('expected a time zone')
})

test('a lookup is joined where it is needed, and the zone is bound where the calendar is', () => {
  expect(sqlOf({}).text).not.toContain('towns')
  expect(sqlOf({ by: 'town' }).text).toContain('FROM towns')
  expect(sqlOf({}).parameters).not.toHaveProperty('zone')
  expect(sqlOf({ by: 'hour', timezone: 'Asia/Kathmandu' }).parameters.zone).toBe('Asia/Kathmandu')
})

test('the filters that the cube has by itself count unless something is about their dimension', () => {
  expect(sqlOf({}).parameters).toMatchObject({ f0: ['production'] })
  const filters = [{ dimension: 'environment', op: 'in' as const, values: ['sandbox'] }]
  expect(JSON.stringify(sqlOf({ start: { filters } }).parameters)).not.toContain('production')
})

test('a cube that nobody stands behind has no cohorts, and one that is not of events no event names', () => {
  const { person: _, ...base } = CUBE.base
  expect(() => resolve({}, { ...CUBE, base })).toThrow('nobody stands behind the rows of the cube app')
  const visits: CubeDefinition = { ...CUBE, base: { ...CUBE.base, from: 'visits', person: 'person_id' } }
  expect(() => resolve({ start: { events: ['x'] } }, visits)).toThrow('is not made of events')
  expect(cohortsSql(resolve({}, visits)).text).not.toContain('identities')
})
