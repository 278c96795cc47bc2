import type { CubeData } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { newCubeData } from '../kinds/fitting-data.ts'
import { keptQuestion } from './kept-question.ts'

const asked: CubeData = {
  ...newCubeData('web', { measures: ['hits'], dimensions: ['path'], isOverTime: false }),
  top: { by: 'hits', count: 10, direction: 'desc', rest: true },
  order: [
    { by: 'hits', direction: 'desc' },
    { by: 'path', direction: 'asc' },
  ],
  having: [{ measure: 'hits', op: 'gt', value: 1 }],
  totals: [[], ['path']],
}

test('a list by a measure that is exchanged is one by the new measure', () => {
  expect(keptQuestion({ ...asked, measures: ['visitors'] })).toMatchObject({
    top: { by: 'visitors', count: 10 },
    order: [{ by: 'visitors' }, { by: 'path' }],
    having: [],
  })
})

test('between taking one measure away and adding the next, nothing is lost', () => {
  const without = keptQuestion({ ...asked, measures: [] })
  expect(without.top).toEqual(asked.top)
  expect(keptQuestion({ ...without, measures: ['visitors'] }).top).toMatchObject({ by: 'visitors', count: 10 })
})

test('a dimension that is taken away takes its order and its totals along, and the list waits for the next one', () => {
  const without = keptQuestion({ ...asked, dimensions: [] })
  expect(without).toMatchObject({ top: asked.top, order: [{ by: 'hits', direction: 'desc' }], totals: [[]] })
})
