import type { Place } from '@almanac/core/boards/board.ts'
import { describe, expect, test } from 'vitest'
import { compactPlaces, movedPlaces, resizedPlaces, swappedPlaces } from './move-place.ts'

const at = (id: string, x: number, y: number, w: number, h: number) => ({ id, place: { x, y, w, h } })
const two = [at('a', 0, 0, 12, 4), at('b', 12, 0, 12, 4)]
const stacked = [at('a', 0, 0, 12, 4), at('b', 0, 4, 12, 4)]
const place = (places: ReadonlyMap<string, Place>, id: string) => {
  const { x, y, w, h } = places.get(id) ?? { x: -1, y: -1, w: -1, h: -1 }
  return [x, y, w, h]
}
const overlaps = (places: ReadonlyMap<string, Place>) => {
  const all = [...places.values()]
  return all.some((a, i) =>
    all.some((b, j) => i < j && a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h),
  )
}

describe('moving by the keyboard', () => {
  test('a widget goes one column to the side where there is room', () => {
    expect(place(movedPlaces([at('a', 3, 0, 4, 2)], 'a', 'right'), 'a')).toEqual([4, 0, 4, 2])
    expect(place(movedPlaces([at('a', 3, 0, 4, 2)], 'a', 'left'), 'a')).toEqual([2, 0, 4, 2])
  })

  test('a widget does not leave the grid', () => {
    expect(place(movedPlaces([at('a', 0, 0, 4, 2)], 'a', 'left'), 'a')).toEqual([0, 0, 4, 2])
    expect(place(movedPlaces([at('a', 20, 0, 4, 2)], 'a', 'right'), 'a')).toEqual([20, 0, 4, 2])
    expect(place(movedPlaces([at('a', 0, 0, 4, 2)], 'a', 'up'), 'a')).toEqual([0, 0, 4, 2])
  })

  test('one that is in the way makes room, and none lies over another', () => {
    const places = movedPlaces(two, 'a', 'right')
    expect(place(places, 'a')).toEqual([1, 0, 12, 4])
    expect(overlaps(places)).toBe(false)
  })

  test('down goes below what is there, however high it is', () => {
    const places = movedPlaces(stacked, 'a', 'down')
    expect(place(places, 'b')).toEqual([0, 0, 12, 4])
    expect(place(places, 'a')).toEqual([0, 4, 12, 4])
  })

  test('up changes the order back', () => {
    const places = movedPlaces(stacked, 'b', 'up')
    expect(place(places, 'b')).toEqual([0, 0, 12, 4])
    expect(place(places, 'a')).toEqual([0, 4, 12, 4])
  })

  test('with nothing below, down changes nothing', () => {
    expect(place(movedPlaces(two, 'a', 'down'), 'a')).toEqual([0, 0, 12, 4])
  })

  test('a widget that is not there changes nothing', () => {
    expect(movedPlaces(two, 'z', 'down')).toEqual(compactPlaces(two))
  })
})

describe('resizing by the keyboard', () => {
  test('a widget that grows pushes what is below it down', () => {
    const places = resizedPlaces(stacked, 'a', 'down')
    expect(place(places, 'a')).toEqual([0, 0, 12, 5])
    expect(place(places, 'b')).toEqual([0, 5, 12, 4])
  })

  test('a widget that grows over its neighbour pushes it away', () => {
    const places = resizedPlaces(two, 'a', 'right')
    expect(place(places, 'a')).toEqual([0, 0, 13, 4])
    expect(overlaps(places)).toBe(false)
  })

  test.each(['left', 'up'] as const)('the smallest does not shrink %s', (direction) => {
    expect(place(resizedPlaces([at('a', 0, 0, 2, 2)], 'a', direction), 'a')).toEqual([0, 0, 2, 2])
  })

  test('a widget at the right edge does not grow over it', () => {
    expect(place(resizedPlaces(two, 'b', 'right'), 'b')).toEqual([12, 0, 12, 4])
  })
})

test('gaps close upwards', () => {
  const places = compactPlaces([at('a', 0, 7, 6, 3), at('b', 6, 2, 6, 3)])
  expect([place(places, 'a'), place(places, 'b')]).toEqual([
    [0, 0, 6, 3],
    [6, 0, 6, 3],
  ])
})

describe('moving in reading order', () => {
  test('neighbours change places and keep their sizes', () => {
    const places = swappedPlaces([at('a', 0, 0, 12, 4), at('b', 12, 0, 6, 4)], 'b', -1)
    expect([place(places, 'b'), place(places, 'a')]).toEqual([
      [0, 0, 6, 4],
      [12, 0, 12, 4],
    ])
  })

  test('the first has none before it', () => {
    expect(swappedPlaces(two, 'a', -1)).toEqual(compactPlaces(two))
  })

  test('a wide one does not leave the grid, and none lies over another', () => {
    const places = swappedPlaces([at('a', 0, 0, 24, 4), at('b', 0, 4, 6, 3), at('c', 6, 4, 6, 3)], 'a', 1)
    expect(overlaps(places)).toBe(false)
    expect(place(places, 'a')[0]).toBe(0)
    expect(place(places, 'b')).toEqual([0, 0, 6, 3])
  })
})
