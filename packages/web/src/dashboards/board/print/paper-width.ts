/** The width of A4 in landscape between its margins (`print.css`), in CSS pixels. */
export const PAPER_WIDTH_PX = 1040
/** Laid out wider than this, and so printed smaller, the names on axes are no longer easy to read. */
const WIDEST_PX = 1280
const STEP_PX = 40
/** Height for width of what can be printed on: A4 without its margins. A sheet of US Letter is higher. */
const PAPER_RATIO = 190 / 277
/** Of the title, the range and what is filtered by, above the widgets. */
const HEADING_PX = 150

/** From where to where a widget reaches, from top to bottom, in CSS pixels. */
interface Reach {
  readonly topPx: number
  readonly bottomPx: number
}

/**
 * How wide a board is laid out for paper. Widgets keep their height, and none is broken: a board of rows that are a little higher
 * than half a page would leave every page half empty. So it is laid out wider, and printed smaller, where that saves pages.
 */
export function paperWidthPx(widgets: readonly Reach[]): number {
  const bands = bandsOf(widgets)
  let best = { widthPx: PAPER_WIDTH_PX, pages: pagesOf(bands, PAPER_WIDTH_PX) }
  for (let widthPx = PAPER_WIDTH_PX + STEP_PX; widthPx <= WIDEST_PX; widthPx += STEP_PX) {
    const pages = pagesOf(bands, widthPx)
    if (pages < best.pages) best = { widthPx, pages }
  }
  return best.widthPx
}

/** Widgets side by side, or one beside two, break only together. */
function bandsOf(widgets: readonly Reach[]): Reach[] {
  const bands: Reach[] = []
  for (const { topPx, bottomPx } of widgets.toSorted((a, b) => a.topPx - b.topPx)) {
    const last = bands.at(-1)
    if (!last || topPx >= last.bottomPx) bands.push({ topPx, bottomPx })
    else bands[bands.length - 1] = { topPx: last.topPx, bottomPx: Math.max(last.bottomPx, bottomPx) }
  }
  return bands
}

function pagesOf(bands: readonly Reach[], widthPx: number): number {
  const pagePx = widthPx * PAPER_RATIO
  let pages = 1
  let usedPx = HEADING_PX
  bands.forEach(({ topPx, bottomPx }, i) => {
    const gapPx = i === 0 ? 0 : topPx - (bands[i - 1] as Reach).bottomPx
    const heightPx = bottomPx - topPx
    if (usedPx + gapPx + heightPx <= pagePx) usedPx += gapPx + heightPx
    else {
      pages += Math.ceil(heightPx / pagePx)
      usedPx = heightPx % pagePx
    }
  })
  return pages
}
