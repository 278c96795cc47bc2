import type { Column } from '../query/query.ts'
import type { EmptyDrawing } from './drawing.ts'
import type { Frame } from './frame.ts'
import { numberIn } from './roles.ts'

/** Rows without a value count as none: whoever looks at a picture sees no rows. */
export const NO_FIGURES: EmptyDrawing = {
  as: 'empty',
  reason: 'only_nulls',
  text: 'There are no figures in this range.',
}

/** Why there are no areas to draw: no figures, or none above zero. */
export function nothingIn(frame: Frame, column: Column): EmptyDrawing {
  const isNull = frame.rows.every((row) => numberIn(row, column) === null)
  return isNull ? NO_FIGURES : { as: 'empty', reason: 'nothing', text: 'Nothing is greater than zero.' }
}
