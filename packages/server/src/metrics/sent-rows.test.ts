import { expect, test } from 'vitest'
import { csvRows, ndjsonRows } from './sent-rows.ts'

test('columns of CSV that are no fields are dimensions', () => {
  expect(csvRows('date,metric,value,channel\n2026-01-05,views,12,youtube\n')).toEqual([
    { place: 'line 2', row: { date: '2026-01-05', metric: 'views', value: 12, dimensions: { channel: 'youtube' } } },
  ])
})

test('a time with a clock is an instant, and an hour stands beside its date', () => {
  expect(csvRows('time,value\n2026-01-05T10:00:00Z,1\n')).toMatchObject([{ row: { time: '2026-01-05T10:00:00Z' } }])
  expect(csvRows('date,hour,value\n2026-01-05,7,1\n')).toMatchObject([{ row: { date: '2026-01-05', hour: 7 } }])
})

test('several columns of values are several metrics, and an empty cell is none', () => {
  const text = 'Day,Views,Subs,Channel,Owner\n2026-01-05,12,,main,ada\n2026-01-06,13,101,main,ada\n'
  const columns = {
    time: 'Day',
    values: [
      { column: 'Views', metric: 'views' },
      { column: 'Subs', metric: 'subscribers' },
    ],
    dimensions: [{ column: 'Channel', name: 'channel' }],
  }
  expect(csvRows(text, columns).map(({ row }) => row)).toEqual([
    { metric: 'views', date: '2026-01-05', value: 12, dimensions: { channel: 'main' } },
    { metric: 'views', date: '2026-01-06', value: 13, dimensions: { channel: 'main' } },
    { metric: 'subscribers', date: '2026-01-06', value: 101, dimensions: { channel: 'main' } },
  ])
})

test('what is no number stays text, to be refused with its row', () => {
  const values = ['12', '-1.5', '1e3', '.5', '1,5', 'n/a', '0x10', ''].map((cell) => `2026-01-05,"${cell}"`)
  expect(csvRows(`date,value\n${values.join('\n')}`).map(({ row }) => (row as { value: unknown }).value)).toEqual([
    12,
    -1.5,
    1000,
    0.5,
    '1,5',
    'n/a',
    '0x10',
    '',
  ])
})

test.each([
  { text: '', words: 'names of the columns' },
  { text: 'day,value\n', words: 'no column "time": the first line has day, value' },
  { text: 'date\n', words: 'no column "value"' },
  { text: 'date,value\n2026-01-05\n', words: 'Line 2 has another number of cells than the first' },
])('$text is refused', ({ text, words }) => {
  expect(() => csvRows(text)).toThrow(words)
})

test('lines of JSON know their numbers, and empty ones do not count', () => {
  expect(ndjsonRows('{"value":1}\n\n{"value":2}\r\n')).toEqual([
    { place: 'line 1', row: { value: 1 } },
    { place: 'line 3', row: { value: 2 } },
  ])
  expect(() => ndjsonRows('{"value":1}\n{')).toThrow('Line 2 is no JSON')
})
