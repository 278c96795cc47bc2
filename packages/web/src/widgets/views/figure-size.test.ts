import { expect, test } from 'vitest'
import { figureSizePx } from './figure-size.ts'

test.each([
  { name: 'a usual card', text: '12,304', widthPx: 260, heightPx: 130, notesPx: 20, hasSpark: true, px: 40 },
  { name: 'a card without a line', text: '12,304', widthPx: 260, heightPx: 130, notesPx: 20, hasSpark: false, px: 41 },
  { name: 'a wall', text: '12,304', widthPx: 1200, heightPx: 700, notesPx: 40, hasSpark: true, px: 160 },
  {
    name: 'a narrow card with a long figure',
    text: '1,234,567,890',
    widthPx: 160,
    heightPx: 200,
    notesPx: 0,
    hasSpark: false,
    px: 20,
  },
])('the figure of $name is $px pixels high', ({ text, widthPx, heightPx, px, ...beside }) => {
  expect(figureSizePx(text, { widthPx, heightPx }, beside)).toBe(px)
})
