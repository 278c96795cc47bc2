import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { expect, test } from 'vitest'
import { TINY_CUBE } from '../feeds/testing/tiny-cube.ts'
import { biViewsKeeper } from './bi-views-loop.ts'
import type { BiViewsState } from './keep-bi-views.ts'

function keeperOf() {
  const world = {
    cubes: [TINY_CUBE] as readonly CubeDefinition[],
    ms: 0,
    answer: { views: ['web_day'], problems: [] } as BiViewsState,
    made: [] as string[][],
    told: [] as string[],
  }
  const keeper = biViewsKeeper({
    definitions: () => world.cubes,
    make: async (cubes) => {
      world.made.push(cubes.map(({ name }) => name))
      return world.answer
    },
    onProblem: ({ view }) => world.told.push(view),
    now: () => world.ms,
  })
  return { world, keeper }
}

test('views are made at first and when the cubes change, and not in between', async () => {
  const { world, keeper } = keeperOf()
  for (let i = 0; i < 3; i++) await keeper.keep()
  world.cubes = [TINY_CUBE, { ...TINY_CUBE, name: 'shop' }]
  for (let i = 0; i < 3; i++) await keeper.keep()

  expect(world.made).toEqual([['web'], ['web', 'shop']])
  expect(keeper.state().views).toEqual(['web_day'])
})

test('what could not be made is told once and tried again after a minute', async () => {
  const { world, keeper } = keeperOf()
  world.answer = { views: [], problems: [{ view: 'web_day', reason: 'no grant' }] }
  for (world.ms = 0; world.ms <= 120_000; world.ms += 20_000) await keeper.keep()
  expect(world.made).toHaveLength(3)
  expect(world.told).toEqual(['web_day'])

  world.answer = { views: ['web_day'], problems: [] }
  for (world.ms = 200_000; world.ms <= 400_000; world.ms += 20_000) await keeper.keep()
  expect(world.made).toHaveLength(4)
})
