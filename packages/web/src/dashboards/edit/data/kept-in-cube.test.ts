import type { CubeData } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { newCubeData } from '../kinds/fitting-data.ts'
import { knownCube } from '../testing/known-cubes.ts'
import { keptInCube } from './kept-in-cube.ts'

const asked: CubeData = {
  ...newCubeData('web', { measures: ['visitors', 'hits'], dimensions: ['path', 'country'], isOverTime: true }),
  filters: [
    { dimension: 'country', op: 'in', values: ['DE'] },
    {
      or: [
        { dimension: 'country', op: 'empty' },
        { dimension: 'path', op: 'empty' },
      ],
    },
  ],
  having: [{ measure: 'hits', op: 'gt', value: 1 }],
  order: [
    { by: 'hits', direction: 'desc' },
    { by: 'time', direction: 'asc' },
  ],
  top: { by: 'hits', count: 5, direction: 'desc', rest: true },
  totals: [[], ['path'], ['country', 'time']],
  segments: ['customers'],
}

test('of a question, another cube keeps what it has', () => {
  expect(keptInCube(asked, knownCube('visits'))).toMatchObject({
    cube: 'visits',
    measures: ['visitors'],
    dimensions: ['country'],
    filters: [{ dimension: 'country', op: 'in', values: ['DE'] }],
    having: [],
    order: [{ by: 'time', direction: 'asc' }],
    top: { by: 'visitors', count: 5 },
    totals: [[], ['country', 'time']],
    segments: [],
  })
})

test('a cube that has none of the measures shows its first', () => {
  const kept = keptInCube({ ...asked, measures: ['bytes'], dimensions: ['path'] }, knownCube('visits'))
  expect(kept.measures).toEqual(['visitors'])
  expect(kept.top).toBeUndefined()
})
