import { expect, test } from 'vitest'
import { ownRangeWords } from './own-range-words.ts'

const NOW = Temporal.ZonedDateTime.from('2026-11-22T22:00[Europe/Berlin]')

test.each([
  { ranges: [], words: undefined },
  { ranges: [undefined], words: undefined },
  { ranges: ['28d'], words: 'Last 28 days' },
  { ranges: ['now-14d to now'], words: 'Last 14 days' },
  { ranges: ['2026-01-01 to 2026-02-01'], words: 'Jan 1 – 31, 2026' },
  { ranges: ['28d', '28d'], words: 'Last 28 days' },
  { ranges: ['28d', undefined], words: 'Last 28 days and the dashboard’s range' },
])('a card whose data has the ranges $ranges says $words', ({ ranges, words }) => {
  expect(ownRangeWords(ranges, NOW, 'en-US')?.replaceAll(/\s/g, ' ')).toBe(words)
})
