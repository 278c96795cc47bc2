import { describe, expect, test } from 'vitest'
import { type FramePlace, frameOfSql } from './sql-frame.ts'

const PLACE: FramePlace = {
  timezone: 'Europe/Berlin',
  firstDayOfWeek: 1,
  grain: undefined,
  from: undefined,
  to: undefined,
  now: Temporal.Instant.from('2026-03-30T10:00:00Z'),
}

const frameOf = (
  columns: Record<string, string>,
  rows: readonly (readonly unknown[])[],
  place: Partial<FramePlace> = {},
) =>
  frameOfSql(
    { columns: Object.entries(columns).map(([name, type]) => ({ name, type })), rows, truncated: false },
    { ...PLACE, ...place },
  )
const kindsOf = (columns: Record<string, string>) =>
  frameOf(columns, []).columns.map(({ name, kind, type }) => `${name} ${kind} ${type}`)

describe('which part a column plays', () => {
  test.each([
    { columns: { day: 'Date', hits: 'UInt64' }, kinds: ['day time time', 'hits measure number'] },
    {
      columns: { time: 'DateTime', seen: 'DateTime64(3)' },
      kinds: ['time time time', 'seen dimension time'],
    },
    { columns: { a: 'DateTime', b: 'Nullable(Date)' }, kinds: ['a dimension time', 'b dimension time'] },
    {
      columns: { name: 'LowCardinality(Nullable(String))', is_bot: 'Bool', amount: 'Nullable(Decimal(18, 2))' },
      kinds: ['name dimension string', 'is_bot dimension boolean', 'amount measure number'],
    },
    { columns: { list: 'Array(UInt8)', id: 'UUID' }, kinds: ['list dimension string', 'id dimension string'] },
  ])('$columns', ({ columns, kinds }) => {
    expect(kindsOf(columns)).toEqual(kinds)
  })
})

test('times get the offset of the zone, also where a clock hour comes twice', () => {
  const times = ['2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z']
  const frame = frameOf(
    { time: 'DateTime' },
    times.map((time) => [time]),
  )

  expect(frame.rows).toEqual([{ time: '2026-10-25T02:30:00+02:00' }, { time: '2026-10-25T02:30:00+01:00' }])
})

test('a date is the start of that day in the zone', () => {
  expect(frameOf({ day: 'Date' }, [['2026-03-30']]).rows).toEqual([{ day: '2026-03-30T00:00:00+02:00' }])
})

test('ids that a number cannot hold stay what they are, and are nothing to draw', () => {
  const frame = frameOf({ id: 'UInt64', amount: 'Decimal(38, 20)' }, [
    ['18446744073709551615', '1.00000000000000000001'],
    [5, 2],
  ])
  expect(frame.columns.map(({ kind }) => kind)).toEqual(['dimension', 'measure'])
  expect(frame.rows).toEqual([
    { id: '18446744073709551615', amount: 1 },
    { id: '5', amount: 2 },
  ])
})

test('lists and maps are shown as JSON, nothing stays nothing', () => {
  const frame = frameOf({ list: 'Array(String)', map: 'Map(String, UInt8)', none: 'Nullable(UInt8)' }, [
    [['a', 'b'], { a: 1 }, null],
  ])
  expect(frame.rows).toEqual([{ list: '["a","b"]', map: '{"a":1}', none: null }])
})

test('two columns of one name are both there', () => {
  const frame = frameOfSql(
    { columns: ['n', 'n', 'n_2'].map((name) => ({ name, type: 'UInt8' })), rows: [[1, 2, 3]], truncated: true },
    PLACE,
  )
  expect(frame).toMatchObject({ rows: [{ n: 1, n_2: 2, n_2_2: 3 }], isTruncated: true })
})

test('a column called __proto__ is a column', () => {
  const [row] = frameOfSql(
    { columns: [{ name: '__proto__', type: 'String' }], rows: [['x']], truncated: false },
    PLACE,
  ).rows
  expect(JSON.stringify(row)).toBe('{"__proto__":"x"}')
})

test('labels are read as words', () => {
  expect(frameOf({ paying_customers: 'UInt8', _: 'UInt8' }, []).columns.map(({ label }) => label)).toEqual([
    'Paying customers',
    '_',
  ])
})

describe('how long a bucket is', () => {
  test.each([
    { times: ['2026-03-28', '2026-03-29', '2026-03-30'], grain: 'day', openFrom: '2026-03-30T00:00:00+02:00' },
    { times: ['2026-03-16', '2026-03-23'], grain: 'week', openFrom: undefined },
    { times: ['2025-01-01', '2026-01-01'], grain: 'year', openFrom: '2026-01-01T00:00:00+01:00' },
    { times: ['2026-03-30'], grain: undefined, openFrom: undefined },
  ])('$times are told by their times: $grain', ({ times, grain, openFrom }) => {
    expect(
      frameOf(
        { time: 'Date' },
        times.map((time) => [time]),
      ),
    ).toMatchObject({ grain, openFrom })
  })

  test('times that begin no bucket have none', () => {
    expect(frameOf({ time: 'DateTime' }, [['2026-03-28T10:00:01Z'], ['2026-03-28T10:00:07Z']]).grain).toBeUndefined()
  })

  test('what the statement was told is believed', () => {
    const frame = frameOf({ time: 'Date' }, [['2026-03-01']], { grain: 'month' })
    expect(frame).toMatchObject({ grain: 'month', openFrom: '2026-03-01T00:00:00+01:00' })
  })
})
