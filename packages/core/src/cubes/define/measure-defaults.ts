import type { Measure, MeasureFormat } from '../measure.ts'
import type { MeasureInput } from './measure-input.ts'

type Shown = Pick<Measure, 'format' | 'better' | 'gaps' | 'currency'>

/**
 * How a measure is shown where its definition does not say so. What counts or adds up is 0 where nothing happened; what is a
 * property of rows (an average, a greatest value) is unknown there; a level such as a balance stays what it was.
 */
export function shownByDefault(measure: MeasureInput, measures: Readonly<Record<string, MeasureInput>>): Shown {
  switch (measure.class) {
    case 'additive':
      return shown(measure.part.number === 'integer' ? 'integer' : 'decimal', 'zero')
    case 'mergeable':
      return measure.state.kind === 'quantile' ? shown('decimal', 'null') : shown('integer', 'zero')
    case 'last_value':
      return shown('decimal', 'previous')
    case 'decomposable':
      return shown(measure.numerator.of === measure.denominator.of ? 'percent' : 'decimal', 'null')
    case 'extremal':
    case 'exact':
    case 'derived':
      return shown('decimal', 'null')
    case 'window':
      return ofWindow(measure, measures)
  }
}

function shown(format: MeasureFormat, gaps: Shown['gaps']): Shown {
  return { format, better: 'higher', gaps }
}

/** As the measure that it is of, but for a share, and for a mean of whole numbers, which is none itself. */
function ofWindow(
  { measure: name, window }: Extract<MeasureInput, { class: 'window' }>,
  measures: Readonly<Record<string, MeasureInput>>,
): Shown {
  const of = Object.hasOwn(measures, name) ? measures[name] : undefined
  // A name that nobody has is an issue; a window of a window is one, too, and could go round in a circle.
  if (!of || of.class === 'window') return shown('decimal', 'null')
  const usual = { ...shownByDefault(of, measures), ...chosen(of) }
  if (window.kind === 'share') return { ...shown('percent', 'null'), better: usual.better }
  return window.kind === 'mean' && usual.format === 'integer' ? { ...usual, format: 'decimal' } : usual
}

function chosen({ format, better, gaps, currency }: MeasureInput): Partial<Shown> {
  return {
    ...(format !== undefined && { format }),
    ...(better !== undefined && { better }),
    ...(gaps !== undefined && { gaps }),
    ...(currency !== undefined && { currency }),
  }
}
