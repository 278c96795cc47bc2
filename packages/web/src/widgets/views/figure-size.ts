import type { Size } from '../chart/use-size.ts'

const LEAST_PX = 20
const MOST_PX = 160
/** Of Inter's tabular figures, as a share of the font's size: a little more than they take. */
const CHARACTER_WIDTH = 0.62
/** Figures as long as `$4,436.62` or shorter have one size, so that those in a row of cards do. */
const USUAL_LENGTH = 9

interface Beside {
  /** The height of what stands below the figure. */
  readonly notesPx: number
  readonly hasSpark: boolean
}

/** As large as the text may be in its box: to be read across a room on a wall, and never cut off. */
export function figureSizePx(text: string, box: Size, { notesPx, hasSpark }: Beside): number {
  const byHeight = (box.heightPx - notesPx) * (hasSpark ? 0.36 : 0.5)
  const byWidth = (box.widthPx - 32) / (Math.max(USUAL_LENGTH, text.length) * CHARACTER_WIDTH)
  return Math.round(Math.max(LEAST_PX, Math.min(MOST_PX, byHeight, byWidth)))
}
