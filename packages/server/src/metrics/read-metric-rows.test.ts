import { expect, test } from 'vitest'
import { type MetricDefaults, readMetricRows } from './read-metric-rows.ts'

const read = (rows: readonly unknown[], defaults: Partial<MetricDefaults> = {}) =>
  readMetricRows(
    rows.map((row, place) => ({ place, row })),
    { timezone: 'UTC', ...defaults },
  )
const startOf = (row: object, defaults: Partial<MetricDefaults> = {}) => {
  const { values, issues } = read([{ metric: 'm', value: 1, ...row }], defaults)
  expect(issues).toEqual([])
  return [values[0]?.grain, new Date((values[0]?.at ?? 0) * 1000).toISOString().slice(0, 16)]
}

test.each([
  { row: { date: '2026-01-05' }, is: ['day', '2026-01-05T00:00'] },
  { row: { date: '2026-01-05', hour: 9 }, is: ['hour', '2026-01-05T09:00'] },
  { row: { time: '2026-01-05T09:20:00Z' }, is: ['hour', '2026-01-05T09:00'] },
  { row: { time: '2026-01-05T09:20:00+05:45' }, is: ['hour', '2026-01-05T03:00'] },
  { row: { time: '2026-01-05T09:20:00Z', grain: 'day' }, is: ['day', '2026-01-05T00:00'] },
  { row: { date: '2026-01-05' }, timezone: 'America/New_York', is: ['day', '2026-01-05T05:00'] },
  { row: { date: '2026-01-05', hour: 9 }, timezone: 'Asia/Kathmandu', is: ['hour', '2026-01-05T03:15'] },
  { row: { time: '2026-01-05T03:20:00Z' }, timezone: 'Asia/Kathmandu', is: ['hour', '2026-01-05T03:15'] },
  { row: { date: '2026-03-29' }, timezone: 'Europe/Berlin', is: ['day', '2026-03-28T23:00'] },
  { row: { time: '2026-03-29T12:00:00Z', grain: 'day' }, timezone: 'Europe/Berlin', is: ['day', '2026-03-28T23:00'] },
])('$row in $timezone is $is', ({ row, timezone = 'UTC', is }) => {
  expect(startOf(row, { timezone })).toEqual(is)
})

test('the order of dimensions, and those without a value, make no difference', () => {
  const row = { metric: 'm', value: 1 }
  const { values } = read([
    { ...row, date: '2026-01-05', dimensions: { b: 'x', a: 1, c: '' } },
    { ...row, date: '2026-01-06', dimensions: { a: '1', b: 'x', d: null } },
  ])
  expect(values.map(({ series }) => series)).toEqual(['{"a":"1","b":"x"}', '{"a":"1","b":"x"}'])
})

test('what rows do not say is what the request says', () => {
  const defaults = { metric: 'm', source: 'crm', environment: 'sandbox', grain: 'day' } as const
  const { values } = read([{ time: '2026-01-05T09:00:00Z', value: 1 }], defaults)
  expect(values).toMatchObject([{ metric: 'm', source: 'crm', environment: 'sandbox', grain: 'day' }])
})

test('all mistakes of all rows are told, and the right rows are there', () => {
  const { values, issues } = read([
    { metric: 'm', date: '2026-01-05', value: 1 },
    { metric: '', date: 'yesterday', value: '12', dimensions: { 'A b': 'x' } },
    { date: '2026-01-05', value: 1 },
    { metric: 'm', value: 1 },
    { metric: 'm', date: '2026-02-30', value: 1 },
    { metric: 'm', date: '1969-12-31', value: 1 },
    { metric: 'm', date: '2026-01-05', time: '2026-01-05T00:00:00Z', value: 1 },
    { metric: 'm', date: '2026-01-05', hour: 24, value: 1 },
    { metric: 'm', date: '2026-01-06', grain: 'hour', value: 1 },
    { metric: 'm', date: '2026-01-06', hour: 1, grain: 'day', value: 1 },
    { metric: 'm', date: '2026-01-06', value: 1, colour: 'red' },
    { metric: 'm', time: '2026-01-05T99:00:00Z', value: 1 },
    'row',
    { metric: 'm', date: '2026-01-06', value: 2 },
  ])
  expect(values.map(({ value }) => value)).toEqual([1, 2])
  expect(issues.map(({ path }) => path.join('.'))).toEqual([
    '1.metric',
    '1.date',
    '1.value',
    '1.dimensions.A b',
    '2.metric',
    '3.time',
    '4.date',
    '5.date',
    '6.time',
    '7.hour',
    '8.hour',
    '9.hour',
    '10',
    '11.time',
    '12',
  ])
})

test('a mistake says what was expected and what came', () => {
  const row = { metric: 'm', date: '2026-01-05', value: 1 }
  const messages = (more: object) => read([{ ...row, ...more }]).issues.map(({ message }) => message)
  expect(messages({ value: 'many' })).toEqual(['expected a number, got "many"'])
  expect(messages({ grain: 'week' })).toEqual(['expected one of "hour", "day", got "week"'])
  expect(messages({ colour: 'red' })).toEqual(['expected nothing by the name of "colour"'])
  expect(messages({ date: '2026-02-30' })).toEqual(['expected a time from 1970 to 2099'])
})

test('two rows for the same figure are a mistake of the second', () => {
  const row = { metric: 'm', date: '2026-01-05', value: 1 }
  const { values, issues } = read([row, { ...row, dimensions: { a: 'x' } }, { ...row, value: 2 }])
  expect(values).toHaveLength(2)
  expect(issues).toEqual([{ path: [2], message: 'expected each figure once: the row with index 0 has it' }])
})

test('a key of a source writes to that one only', () => {
  const only = { source: 'crm', environment: 'sandbox' }
  const row = { metric: 'm', date: '2026-01-05', value: 1 }
  expect(read([row], { only }).values).toMatchObject([{ source: 'crm', environment: 'sandbox' }])
  expect(read([{ ...row, source: 'web', environment: 'production' }], { only }).issues).toEqual([
    { path: [0, 'source'], message: 'expected "crm", which is the only one that this key may write to' },
    { path: [0, 'environment'], message: 'expected "sandbox", which is the only one that this key may write to' },
  ])
})
