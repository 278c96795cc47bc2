import { NAMED_RANGES } from '@almanac/core/time/range-expression.ts'
import { RANGE_PRESETS } from '@almanac/core/time/range-preset.ts'
import { expect, test } from 'vitest'
import { foundGroups, rangeGroups } from './range-options.ts'

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
