import { describe, expect, test } from 'vitest'
import { tooltipPlace } from './tooltip-place.ts'

const BOX = { widthPx: 200, heightPx: 100 }
const WINDOW = { widthPx: 1000, heightPx: 600 }

test.each([
  { name: 'right of the mark', x: 300, y: 300, place: { xPx: 314, yPx: 272 } },
  { name: 'left of it near the right edge', x: 900, y: 300, place: { xPx: 686, yPx: 272 } },
  { name: 'inside the window at the top', x: 300, y: 0, place: { xPx: 314, yPx: 8 } },
  { name: 'inside the window at the bottom', x: 300, y: 600, place: { xPx: 314, yPx: 492 } },
])('the tooltip stands $name', ({ x, y, place }) => {
  expect(tooltipPlace({ xPx: x, yPx: y }, BOX, WINDOW)).toEqual(place)
})

describe('on a phone, where neither side has room', () => {
  const phone = { widthPx: 390, heightPx: 800 }
  const wide = { widthPx: 240, heightPx: 100 }

  test('it stands above the finger', () => {
    expect(tooltipPlace({ xPx: 190, yPx: 300 }, wide, phone)).toEqual({ xPx: 70, yPx: 172 })
  })

  test('and below it at the top of the window', () => {
    expect(tooltipPlace({ xPx: 190, yPx: 60 }, wide, phone)).toEqual({ xPx: 70, yPx: 88 })
  })
})
