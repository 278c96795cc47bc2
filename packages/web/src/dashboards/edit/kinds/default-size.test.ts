import { Widget } from '@almanac/core/boards/board.ts'
import { expect, test } from 'vitest'
import { freshId } from '../changes/fresh-id.ts'
import { defaultSize, firstFreePlace } from './default-size.ts'
import { newCubeData } from './fitting-data.ts'
import { KIND_NAMES } from './kind-catalogue.ts'

const at = (x: number, y: number, w: number, h: number) => ({ place: { x, y, w, h } })

test.each(KIND_NAMES)('the size of a new %s is a valid one', (kind) => {
  const place = { x: 0, y: 0, ...defaultSize(kind) }
  expect(Widget.shape.place.parse(place)).toEqual(place)
})

test('ten lanes of states fit into their widget, and one does not lie in an empty one', () => {
  const lanes = newCubeData('web', { measures: ['errors'], dimensions: ['source'], isOverTime: true })
  const top = { by: 'errors', count: 10, direction: 'desc' as const, rest: false }
  expect(defaultSize('status_timeline')).toEqual({ w: 24, h: 5 })
  expect(defaultSize('status_timeline', [{ ...lanes, top }])).toEqual({ w: 24, h: 9 })
})

test.each([
  { taken: [], place: { x: 0, y: 0 } },
  { taken: [at(0, 0, 12, 4)], place: { x: 12, y: 0 } },
  { taken: [at(0, 0, 13, 4)], place: { x: 0, y: 4 } },
  { taken: [at(0, 0, 12, 4), at(12, 0, 12, 6)], place: { x: 0, y: 4 } },
  { taken: [at(0, 6, 24, 4)], place: { x: 0, y: 0 } },
])('beside $taken the first free spot is $place', ({ taken, place }) => {
  expect(firstFreePlace(taken, { w: 12, h: 4 })).toEqual({ ...place, w: 12, h: 4 })
})

test('what is wider than the grid is made as wide as it', () => {
  expect(firstFreePlace([], { w: 40, h: 4 })).toEqual({ x: 0, y: 0, w: 24, h: 4 })
})

test.each([
  { name: 'Top pages', taken: [], id: 'top-pages' },
  { name: 'Top pages', taken: ['top-pages', 'top-pages-2'], id: 'top-pages-3' },
  { name: 'Größe: 100 %', taken: [], id: 'gro-e-100' },
  { name: '東京', taken: [], id: 'widget' },
  { name: '  ', taken: ['widget'], id: 'widget-2' },
  { name: 'x'.repeat(80), taken: ['x'.repeat(40)], id: `${'x'.repeat(38)}-2` },
])('$name becomes $id', ({ name, taken, id }) => {
  expect(freshId(name, taken, 'widget')).toBe(id)
  expect(Widget.shape.id.safeParse(id).success).toBe(true)
})
