import { describe, expect, test } from 'vitest'
import { createTableSql } from '../table-sql.ts'
import { testCube } from '../testing/test-cube.ts'
import { hoursCondition, insertHoursSql } from './hours-sql.ts'
import { rollupGroups } from './raw-rows-sql.ts'

const HOUR = 3600
const START = Date.UTC(2026, 4, 17) / 1000

describe('the condition on hours', () => {
  const spansIn = (sql: string) => sql.match(/occurred_at >= toDateTime\(\d+/g)?.length

  test('has one span for hours in a row', () => {
    expect(spansIn(hoursCondition(testCube(), [START + HOUR, START]))).toBe(1)
  })

  test('has a bounded number of spans however many hours lie apart', () => {
    const hours = Array.from({ length: 300 }, (_, i) => START + i * 2 * HOUR)
    const sql = hoursCondition(testCube(), hours)
    expect(spansIn(sql)).toBeLessThanOrEqual(24)
    for (const hour of hours) expect(sql).toContain(String(hour))
  })

  test('is false without hours', () => {
    expect(hoursCondition(testCube(), [])).toBe('false')
  })

  test('keeps what the cube is made of in brackets', () => {
    const base = { ...testCube().base, where: 'a OR b' }
    expect(hoursCondition({ ...testCube(), base }, [START])).toMatch(/AND \(a OR b\)$/)
  })
})

test('rollups that keep the same measures are made by one statement, and the others by another', () => {
  const cube = testCube({
    rollups: [
      { dimensions: ['environment'], step: 'quarter_hour' },
      { dimensions: ['environment', 'path'], step: 'quarter_hour' },
      { dimensions: ['environment', 'path', 'status'], measures: ['hits', 'errors'], step: 'quarter_hour' },
    ],
  })
  const groups = rollupGroups(cube, 'hour')
  expect(groups.map(({ rollups }) => rollups.map(({ index }) => index))).toEqual([[0, 1], [2]])
  const [first, second] = groups.map((group) => insertHoursSql('cube_hits', cube, group, [START]))
  expect(first).toContain(
    'GROUP BY GROUPING SETS ((hour$, quarter$, key$environment), (hour$, quarter$, key$environment, key$path))',
  )
  expect(second).toContain('GROUP BY hour$, quarter$, key$environment, key$path, key$status')
  expect(second).not.toContain('m_visitors')
})

test('what a rollup keeps by the day alone is made of raw rows by the day, and not by the hour', () => {
  const cube = testCube()
  const columns = (level: 'hour' | 'day') =>
    rollupGroups(cube, level).map(({ rollups, parts }) => [rollups[0]?.index, parts.map(({ measure }) => measure)])
  expect(columns('day')).toEqual([[1, ['visitors', 'names']]])
  expect(columns('hour')[1]).toEqual([1, expect.not.arrayContaining(['visitors'])])
})

test('the rollups of a statement are told apart by the keys that are left out', () => {
  const cube = testCube({
    rollups: [
      { dimensions: ['path'], step: 'hour' },
      { dimensions: [], step: 'quarter_hour' },
      { dimensions: [], step: 'hour' },
    ],
  })
  const [sql] = rollupGroups(cube, 'hour').map((group) => insertHoursSql('cube_hits', cube, group, [START]))
  expect(sql).toContain('transform(grouping(hour$, key$path, quarter$), [1, 2, 3], [0, 1, 2], 255)')
  expect(sql).toContain('if(grouping(quarter$) = 1, hour$, quarter$)')
})

test('dimensions that are in all rollups come first, wide ones behind the others, and time last', () => {
  expect(createTableSql('cube_hits', testCube(), '')).toContain(
    'ORDER BY (rollup, level, d_environment, d_status, d_path, bucket, time, version)',
  )
})

test('on a cluster the table is replicated and made on every node', () => {
  const sql = createTableSql('cube_hits', testCube(), 'main')
  expect(sql).toContain(`ON CLUSTER 'main'`)
  expect(sql).toContain('ENGINE = ReplicatedAggregatingMergeTree')
})
