import { expect, test } from 'vitest'
import { isMoreToTheRight } from './edge-shadow.tsx'

test.each([
  { scrollLeft: 0, scrollWidth: 900, more: true },
  { scrollLeft: 200, scrollWidth: 900, more: true },
  { scrollLeft: 500, scrollWidth: 900, more: false },
  // A zoomed page rounds: its end is not always reached.
  { scrollLeft: 499.4, scrollWidth: 900, more: false },
  { scrollLeft: 0, scrollWidth: 400, more: false },
])('of $scrollWidth px in 400, scrolled by $scrollLeft, there is more: $more', ({ scrollLeft, scrollWidth, more }) => {
  expect(isMoreToTheRight({ scrollLeft, scrollWidth, clientWidth: 400 })).toBe(more)
})
