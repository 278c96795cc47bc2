import type { Column } from '../query/query.ts'
import type { EmptyDrawing } from './drawing.ts'
import type { Frame } from './frame.ts'
import { numberIn } from './roles.ts'

/** Of kinds with axes and cells: there are places, and nothing to draw at them. */
export const NO_VALUES: EmptyDrawing = {
  as: 'empty',
  reason: 'only_nulls',
  text: 'There are rows, and none of them has a value.',
}

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
