import { expect, test } from 'vitest'
import { shiftedRange, zoomedOut } from './range-moves.ts'

const range = (from: string, to: string, zone = 'Europe/Berlin') => ({
  from: Temporal.PlainDateTime.from(from).toZonedDateTime(zone),
  to: Temporal.PlainDateTime.from(to).toZonedDateTime(zone),
})
const texts = ({ from, to }: ReturnType<typeof range>) =>
  [from, to].map((at) => at.toPlainDateTime().toString({ smallestUnit: 'minute' }).replace('T00:00', ''))

test.each([
  { from: '2026-01-01', to: '2026-02-01', before: ['2025-12-01', '2026-01-01'], after: ['2026-02-01', '2026-03-01'] },
  { from: '2026-01-01', to: '2026-04-01', before: ['2025-10-01', '2026-01-01'], after: ['2026-04-01', '2026-07-01'] },
  { from: '2026-03-23', to: '2026-03-30', before: ['2026-03-16', '2026-03-23'], after: ['2026-03-30', '2026-04-06'] },
  {
    from: '2026-03-29T01:00',
    to: '2026-03-29T04:00',
    before: ['2026-03-28T23:00', '2026-03-29T01:00'],
    after: ['2026-03-29T04:00', '2026-03-29T06:00'],
  },
])('beside $from to $to lie ranges of the same length', ({ from, to, before, after }) => {
  expect(texts(shiftedRange(range(from, to), -1))).toEqual(before)
  expect(texts(shiftedRange(range(from, to), 1))).toEqual(after)
})

test.each([
  { from: '2026-03-10', to: '2026-03-12', now: '2026-11-18T10:00', wide: ['2026-03-09', '2026-03-13'] },
  { from: '2026-03-10', to: '2026-03-11', now: '2026-11-18T10:00', wide: ['2026-03-09', '2026-03-12'] },
  { from: '2026-11-12', to: '2026-11-19', now: '2026-11-18T10:00', wide: ['2026-11-04', '2026-11-19'] },
  {
    from: '2026-11-18T08:00',
    to: '2026-11-18T09:00',
    now: '2026-11-18T10:00',
    wide: ['2026-11-18T07:30', '2026-11-18T09:30'],
  },
  {
    from: '2026-11-18T08:00',
    to: '2026-11-18T10:00',
    now: '2026-11-18T10:00',
    wide: ['2026-11-18T06:00', '2026-11-18T10:00'],
  },
  { from: '2026-11-01', to: '2026-12-01', now: '2026-11-18T10:00', wide: ['2026-10-02', '2026-12-01'] },
])('out of $from to $to, one sees $wide', ({ from, to, now, wide }) => {
  expect(texts(zoomedOut(range(from, to), Temporal.PlainDateTime.from(now).toZonedDateTime('Europe/Berlin')))).toEqual(
    wide,
  )
})
