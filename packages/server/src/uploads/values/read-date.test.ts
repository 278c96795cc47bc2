import type { DateStyle } from '@almanac/core/uploads/upload-definition.ts'
import { expect, test } from 'vitest'
import type { Cell } from '../reading/file-rows.ts'
import { createInstantOf } from './instant-of.ts'
import { readDate } from './read-date.ts'

test.each<[Cell, DateStyle, string]>([
  ['2026-05-17', 'year_first', '2026-05-17'],
  ['2026/5/7', 'year_first', '2026-05-07'],
  ['2026-05-17T10:20:30Z', 'year_first', '2026-05-17 10:20:30 Z'],
  ['2026-05-17 10:20:30.123456+02:00', 'year_first', '2026-05-17 10:20:30.123 +02:00'],
  ['2026-05-17T10:20+0530', 'year_first', '2026-05-17 10:20:00 +05:30'],
  ['20260517', 'year_first', '2026-05-17'],
  [20_260_517, 'year_first', '2026-05-17'],
  ['20260517T102030Z', 'year_first', '2026-05-17 10:20:30 Z'],
  ['2026-05', 'year_first', '2026-05-01'],
  ['2026-Q2', 'year_first', '2026-04-01'],
  ['Q2 2026', 'year_first', '2026-04-01'],
  ['2026-W01', 'year_first', '2025-12-29'],
  ['17.05.2026', 'day_first', '2026-05-17'],
  ['17.5.26', 'day_first', '2026-05-17'],
  ['3/4/2026', 'day_first', '2026-04-03'],
  ['3/4/2026', 'month_first', '2026-03-04'],
  ['12/1/2010 8:26', 'month_first', '2010-12-01 08:26:00'],
  ['5/17/2026 12:05 AM', 'month_first', '2026-05-17 00:05:00'],
  ['5/17/2026 1:05:09 pm', 'month_first', '2026-05-17 13:05:09'],
  ['17 May 2026', 'year_first', '2026-05-17'],
  ['17. März 2026', 'year_first', '2026-03-17'],
  ['May 17, 2026', 'year_first', '2026-05-17'],
  ['1-May-01', 'year_first', '2001-05-01'],
  ['Sun, 17 May 2026 10:20:30 GMT', 'year_first', '2026-05-17 10:20:30 Z'],
  ['août 2026', 'year_first', '2026-08-01'],
  [1_779_013_230, 'seconds', '2026-05-17 10:20:30.000 Z'],
  ['1779013230123', 'milliseconds', '2026-05-17 10:20:30.123 Z'],
  [1995, 'year', '1995-01-01'],
])('%s, %s, is %s', (cell, style, expected) => {
  const date = readDate(cell, style)
  expect([date?.day, date?.clock, date?.offset].filter((part) => part !== undefined).join(' ')).toBe(expected)
})

test.each<[Cell, DateStyle]>([
  ['', 'year_first'],
  ['soon', 'year_first'],
  ['2026-02-30', 'year_first'],
  ['2026-13-01', 'year_first'],
  ['17/05/2026', 'month_first'],
  ['05/17/2026', 'day_first'],
  ['05/06/2026', 'year_first'],
  ['2026-05-17 25:00', 'year_first'],
  ['1.5', 'day_first'],
  ['2026-W54', 'year_first'],
  ['12', 'year'],
  ['x'.repeat(10_000), 'year_first'],
  [null, 'year_first'],
])('%s, %s, is no date', (cell, style) => {
  expect(readDate(cell, style)).toBeUndefined()
})

test('what could be read in both orders says so', () => {
  expect(readDate('03/04/2026', 'day_first')?.isAmbiguous).toBe(true)
  expect(readDate('13/04/2026', 'day_first')?.isAmbiguous).toBe(false)
})

test.each([
  { date: { day: '2026-03-29' }, zone: 'Europe/Berlin', instant: '2026-03-28T23:00:00.000Z' },
  { date: { day: '2026-07-01', clock: '10:00:00' }, zone: 'Asia/Kathmandu', instant: '2026-07-01T04:15:00.000Z' },
  {
    date: { day: '2026-07-01', clock: '10:00:00', offset: '-03:00' },
    zone: 'Asia/Kathmandu',
    instant: '2026-07-01T13:00:00.000Z',
  },
  // The hour that the clocks leave out is read as the one after it.
  { date: { day: '2026-03-29', clock: '02:30:00' }, zone: 'Europe/Berlin', instant: '2026-03-29T01:30:00.000Z' },
])('$date in $zone is $instant', ({ date, zone, instant }) => {
  expect(new Date(createInstantOf(zone)(date)).toISOString()).toBe(instant)
})
