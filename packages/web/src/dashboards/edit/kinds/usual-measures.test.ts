import { expect, test } from 'vitest'
import { knownCube } from '../testing/known-cubes.ts'
import { usualMeasures } from './usual-measures.ts'

test.each([
  { cube: 'web', first: ['visitors', 'hits', 'page_views'] },
  { cube: 'visits', first: ['visitors', 'visits'] },
  { cube: 'revenue', first: ['revenue', 'payments'] },
])('what $cube is asked first is $first', ({ cube, first }) => {
  expect(usualMeasures(knownCube(cube)).slice(0, first.length)).toEqual(first)
  expect(usualMeasures(knownCube(cube)).toSorted()).toEqual(
    knownCube(cube)
      .measures.map(({ name }) => name)
      .toSorted(),
  )
})
