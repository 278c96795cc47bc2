import { expect, test } from 'vitest'
import { paperWidthPx } from './paper-width.ts'

/** Rows of widgets of these heights, one below the other with a gap between them. */
function rows(...heightsPx: readonly number[]) {
  let topPx = 300
  return heightsPx.map((heightPx) => {
    const row = { topPx, bottomPx: topPx + heightPx }
    topPx = row.bottomPx + 12
    return row
  })
}

test.each([
  { what: 'without widgets', widgets: [], widthPx: 1040 },
  { what: 'that fits a page', widgets: rows(180, 300), widthPx: 1040 },
  {
    what: 'of rows two of which are a little higher than a page',
    widgets: rows(180, 372, 372, 420, 372),
    widthPx: 1200,
  },
  { what: 'whose widest layout saves no page', widgets: rows(500, 500, 500), widthPx: 1040 },
  {
    what: 'with one widget beside two',
    widgets: [{ topPx: 0, bottomPx: 900 }, ...rows(140, 140)],
    widthPx: 1040,
  },
])('a board $what is laid out at $widthPx px', ({ widgets, widthPx }) => {
  expect(paperWidthPx(widgets)).toBe(widthPx)
})
