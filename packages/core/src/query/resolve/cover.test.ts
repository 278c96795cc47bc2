import { expect, test } from 'vitest'
import { type Cover, coverOf, type Run } from './cover.ts'

const HOUR = 3_600_000
const at = (text: string) => Temporal.Instant.from(text).epochMilliseconds
const run = (from: string, to: string): Run => ({ from: at(from), to: at(to) })
const NOTHING = { hour: [], day: [], month: [] }
const REQUEST = { stepSeconds: 900, timezone: 'UTC', touched: NOTHING, hasLongBuckets: true, hasHours: true }

const all = ({ months, days, hours, raw }: Cover) =>
  [...months, ...days, ...hours, ...raw].sort((a, b) => a.from - b.from)

test('a year is months, and the ends of a range are days and hours', () => {
  const windows = [run('2026-01-30T22:30:00Z', '2026-04-02T05:00:00Z')]
  expect(coverOf({ ...REQUEST, windows })).toEqual({
    months: [run('2026-02-01T00:00:00Z', '2026-04-01T00:00:00Z')],
    days: [run('2026-01-31T00:00:00Z', '2026-02-01T00:00:00Z'), run('2026-04-01T00:00:00Z', '2026-04-02T00:00:00Z')],
    hours: [run('2026-01-30T22:30:00Z', '2026-01-31T00:00:00Z'), run('2026-04-02T00:00:00Z', '2026-04-02T05:00:00Z')],
    raw: [],
  })
})

test('a touched hour is raw, and the rest of its day is hours', () => {
  const windows = [run('2026-03-01T00:00:00Z', '2026-03-04T00:00:00Z')]
  const touched = { ...NOTHING, hour: [at('2026-03-02T10:00:00Z') / 1000] }
  expect(coverOf({ ...REQUEST, windows, touched })).toEqual({
    months: [],
    days: [run('2026-03-01T00:00:00Z', '2026-03-02T00:00:00Z'), run('2026-03-03T00:00:00Z', '2026-03-04T00:00:00Z')],
    hours: [run('2026-03-02T00:00:00Z', '2026-03-02T10:00:00Z'), run('2026-03-02T11:00:00Z', '2026-03-03T00:00:00Z')],
    raw: [run('2026-03-02T10:00:00Z', '2026-03-02T11:00:00Z')],
  })
})

test('ends between two steps are raw to the millisecond', () => {
  const windows = [run('2026-03-02T10:07:00.001Z', '2026-03-02T12:59:00Z')]
  expect(coverOf({ ...REQUEST, windows })).toMatchObject({
    hours: [run('2026-03-02T11:00:00Z', '2026-03-02T12:00:00Z')],
    raw: [run('2026-03-02T10:07:00.001Z', '2026-03-02T11:00:00Z'), run('2026-03-02T12:00:00Z', '2026-03-02T12:59:00Z')],
  })
})

test('a touched day is hours, and so is what lies in its month', () => {
  const windows = [run('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z')]
  const touched = { ...NOTHING, day: [at('2026-03-02T00:00:00Z') / 1000] }
  const { months, days, hours } = coverOf({ ...REQUEST, windows, touched })
  expect(months).toEqual([])
  expect(hours).toEqual([run('2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z')])
  expect(days).toHaveLength(2)
})

test('where the time of the day matters only hours are read', () => {
  const windows = [run('2026-03-01T00:00:00Z', '2026-04-01T00:00:00Z')]
  const cover = coverOf({ ...REQUEST, windows, hasLongBuckets: false })
  expect(cover).toMatchObject({ months: [], days: [], hours: windows })
})

test('what is kept by the day alone is raw where days do not reach', () => {
  const windows = [run('2026-03-01T22:00:00Z', '2026-03-03T05:00:00Z')]
  expect(coverOf({ ...REQUEST, windows, hasHours: false })).toEqual({
    months: [],
    days: [run('2026-03-02T00:00:00Z', '2026-03-03T00:00:00Z')],
    hours: [],
    raw: [run('2026-03-01T22:00:00Z', '2026-03-02T00:00:00Z'), run('2026-03-03T00:00:00Z', '2026-03-03T05:00:00Z')],
  })
})

const ZONES = ['UTC', 'Europe/Berlin', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'America/New_York', 'Pacific/Apia']

test.each(ZONES)('every instant is read once, and nothing that is touched but as raw rows: %s', (timezone) => {
  let seed = 7
  const random = (below: number) => {
    seed = (seed * 48271) % 2147483647
    return seed % below
  }
  const start = at('2026-02-20T00:00:00Z')
  for (let n = 0; n < 60; n++) {
    const from = start + random(60 * 24 * 4) * 900_000 + (random(4) === 0 ? random(900_000) : 0)
    const length = random(3) === 0 ? 40 * 24 * HOUR : random(20 * 24) * 900_000 + 60_000
    const parts = random(3) === 0 ? 1 : 1 + random(5)
    const windows = Array.from({ length: parts }, (_, i) => ({ from: from + i * length, to: from + (i + 1) * length }))
    const hours = Array.from({ length: random(8) }, () => Math.floor(start / HOUR) * 3600 + random(4000) * 3600)
    const touched = { ...NOTHING, hour: [...new Set(hours)].sort((a, b) => a - b) }
    const cover = coverOf({
      ...REQUEST,
      stepSeconds: random(2) === 0 ? 900 : 3600,
      hasHours: random(3) > 0,
      timezone,
      windows,
      touched,
    })
    const pieces = all(cover)
    for (const [i, piece] of pieces.entries()) {
      expect(piece.from).toBe(i === 0 ? from : pieces[i - 1]?.to)
      expect(piece.to).toBeGreaterThan(piece.from)
    }
    expect(pieces.at(-1)?.to).toBe(windows.at(-1)?.to)
    for (const hour of touched.hour) {
      const overlaps = [...cover.months, ...cover.days, ...cover.hours].filter(
        (piece) => piece.from < (hour + 3600) * 1000 && piece.to > hour * 1000,
      )
      expect(overlaps).toEqual([])
    }
  }
})
