import type { Reading } from '@almanac/core/charts/drawing.ts'
import { describe, expect, test } from 'vitest'
import { readingAt, spoken, stepTo, stretchOf } from './reading-steps.ts'

const day = (n: number): Reading => ({
  title: `1${n} Nov`,
  lines: [],
  picks: [],
  time: `2026-11-1${n}T00:00:00+01:00`,
  timeEnd: `2026-11-1${n + 1}T00:00:00+01:00`,
})
const DAYS = [day(0), day(1), day(2)]

test.each([
  { key: 'ArrowRight', from: undefined, to: 0 },
  { key: 'ArrowLeft', from: undefined, to: 29 },
  { key: 'ArrowLeft', from: 5, to: 4 },
  { key: 'ArrowUp', from: 5, to: 4 },
  { key: 'ArrowDown', from: 5, to: 6 },
  { key: 'ArrowLeft', from: 0, to: 0 },
  { key: 'ArrowRight', from: 29, to: 29 },
  { key: 'PageUp', from: 5, to: 0 },
  { key: 'PageDown', from: 5, to: 15 },
  { key: 'Home', from: 5, to: 0 },
  { key: 'End', from: 5, to: 29 },
  { key: 'a', from: 5, to: undefined },
])('$key leads from $from of thirty to $to', ({ key, from, to }) => {
  expect(stepTo(key, from, 30)).toBe(to)
})

test('nothing leads anywhere in a chart without readings', () => {
  expect(stepTo('End', undefined, 0)).toBeUndefined()
})

describe('the moment that another chart points at', () => {
  test.each([
    { time: '2026-11-11T00:00:00+01:00', index: 1 },
    { time: '2026-11-11T15:00:00+01:00', index: 1 },
    { time: '2026-11-10T23:30:00Z', index: 1 },
    { time: '2026-11-13T00:00:00+01:00', index: undefined },
    { time: '2026-11-09T00:00:00+01:00', index: undefined },
    { time: undefined, index: undefined },
  ])('$time lies in bucket $index', ({ time, index }) => {
    expect(readingAt(DAYS, time)).toBe(index)
  })

  test('is nowhere in a chart that is not along time', () => {
    expect(readingAt([{ title: 'Berlin', lines: [], picks: [] }], '2026-11-11T00:00:00Z')).toBeUndefined()
  })
})

test('a stretch reaches from the start of its first bucket to the end of its last, in either direction', () => {
  const stretch = { from: '2026-11-10T00:00:00+01:00', to: '2026-11-12T00:00:00+01:00' }
  expect(stretchOf(DAYS, 0, 1)).toEqual(stretch)
  expect(stretchOf(DAYS, 1, 0)).toEqual(stretch)
})

test('a reading is said with its note and its changes', () => {
  const delta = { text: '+12%', tone: 'good', direction: 'up', against: 'previous period' } as const
  const lines = [
    { label: 'Visitors', text: '1,204', delta },
    { label: 'Hits', text: '–' },
  ]
  expect(spoken({ title: '12 Nov', note: 'Still running', lines, picks: [] })).toBe(
    '12 Nov (Still running): Visitors 1,204, +12% against previous period; Hits –',
  )
})
