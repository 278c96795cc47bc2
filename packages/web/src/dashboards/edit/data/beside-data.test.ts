import type { CubeData } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { newCubeData } from '../kinds/fitting-data.ts'
import { knownCube } from '../testing/known-cubes.ts'
import { besideData } from './beside-data.ts'

test('a measure of another cube is split, filtered and compared as the question that it stands beside', () => {
  const inGermany = { dimension: 'country', op: 'in' as const, values: ['DE'] }
  const data: CubeData = {
    ...newCubeData('web', { measures: ['hits'], dimensions: ['country', 'path'], isOverTime: false }),
    filters: [inGermany, { dimension: 'path', op: 'not_empty' }],
    top: { by: 'hits', count: 10, direction: 'desc', rest: true },
    compare: 'none',
    range: '7d',
  }
  expect(besideData(data, knownCube('visits'), 'visits')).toEqual({
    ...newCubeData('visits', { measures: ['visits'], dimensions: ['country'], isOverTime: false }),
    filters: [inGermany],
    compare: 'none',
    range: '7d',
  })
})
