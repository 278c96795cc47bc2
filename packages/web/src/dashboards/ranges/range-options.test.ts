import { NAMED_RANGES } from '@almanac/core/time/range-expression.ts'
import { RANGE_PRESETS } from '@almanac/core/time/range-preset.ts'
import { expect, test } from 'vitest'
import { foundGroups, offeredGroups, rangeGroups } from './range-options.ts'

const ids = (groups: ReturnType<typeof rangeGroups>) => groups.flatMap(({ options }) => options.map(({ id }) => id))

test('every named range is offered once', () => {
  const named = [...Object.keys(RANGE_PRESETS), ...NAMED_RANGES.map(({ text }) => text), 'all']
  expect(ids(rangeGroups([])).toSorted()).toEqual(named.toSorted())
})

test('those used lately come first, and only when there are some', () => {
  expect(rangeGroups([]).map(({ id }) => id)).not.toContain('recent')
  expect(ids(rangeGroups(['5w'])).at(0)).toBe('5w')
})

test.each([
  { typed: 'QUARTER', found: ['this-quarter', 'last-quarter', 'now/q to now'] },
  { typed: '24', found: ['24h'] },
  { typed: 'now-6h', found: ['now-6h to now'] },
  { typed: 'no such range', found: [] },
])('typing $typed finds $found', ({ typed, found }) => {
  expect(ids(foundGroups(rangeGroups([]), typed))).toEqual(found)
})

const NOW = Temporal.ZonedDateTime.from('2026-11-22T19:00[Europe/Berlin]')

test.each([
  { typed: 'last 3 weeks', first: { id: 'now-3w to now', label: 'Last 3 weeks' } },
  { typed: 'march', first: { id: '2026-03', label: expect.stringContaining('Mar') } },
  { typed: 'last month', first: { id: 'last-month', label: 'Last month' } },
])('typing $typed offers it before all others, once', ({ typed, first }) => {
  const offered = offeredGroups(rangeGroups([]), typed, NOW, 1)
  expect(offered[0]?.options).toEqual([first])
  expect(ids(offered).filter((id) => id === first.id)).toHaveLength(1)
})

test('what is no range offers what was found and nothing else', () => {
  expect(offeredGroups(rangeGroups([]), 'quarter', NOW, 1)).toEqual(foundGroups(rangeGroups([]), 'quarter'))
})
