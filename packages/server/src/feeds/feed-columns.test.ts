import { expect, test } from 'vitest'
import { calendarParts } from './feed-columns.ts'

const BERLIN = { timezone: 'Europe/Berlin', firstDayOfWeek: 1, fiscalYearStart: 1 }

test.each([
  {
    time: '2026-01-01T00:00:00+01:00',
    calendar: BERLIN,
    is: [2026, '2026-Q1', '2026-01', '2025-12-29', '2026-01-01', 0],
  },
  {
    time: '2026-10-25T02:00:00+01:00',
    calendar: BERLIN,
    is: [2026, '2026-Q4', '2026-10', '2026-10-19', '2026-10-25', 2],
  },
  {
    time: '2026-03-31T23:00:00+05:45',
    calendar: { timezone: 'Asia/Kathmandu', firstDayOfWeek: 7, fiscalYearStart: 4 },
    is: [2025, '2025-Q4', '2026-03', '2026-03-29', '2026-03-31', 23],
  },
  {
    time: '2026-04-01T00:00:00+05:45',
    calendar: { timezone: 'Asia/Kathmandu', firstDayOfWeek: 7, fiscalYearStart: 4 },
    is: [2026, '2026-Q1', '2026-04', '2026-03-29', '2026-04-01', 0],
  },
])('$time lies in the parts $is', ({ time, calendar, is }) => {
  const { Year, Quarter, Month, Week, Day, Hour } = calendarParts(time, calendar)
  expect([Year, Quarter, Month, Week, Day, Hour]).toEqual(is)
})
