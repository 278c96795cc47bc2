import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look, NumberDrawing } from '../drawing.ts'
import { formatNumber } from '../format/format-number.ts'
import { parseTime } from '../format/format-value.ts'
import type { Frame } from '../frame.ts'
import { deltasOf, exactText, type Given, shareText, shortText, spokenText } from '../parts/value-lines.ts'
import { comparisonsOf, formatOf, labelOf, numberIn, timeOf, UnfitFrame, valueFor } from '../roles.ts'
import { neededWhole, rowsBy } from '../whole.ts'
import { bandOf, targetLabel, targetShare, targetTone } from './bands.ts'

/**
 * One figure for the whole range. Of a frame by time it is the engine's total, or the sum where the measure adds up; the last bucket
 * never stands for the range. The sparkline is drawn from the rows.
 */
export function drawNumber(spec: ChartOf<'number'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const column = valueFor(frame, spec.value)
  const row = neededWhole(frame, column)
  const value = numberIn(row, column)
  if (value === null) return { as: 'empty', reason: 'only_nulls', text: 'There is no figure in this range.' }
  const deltas = deltasOf(given, row, column)
  const sparkline = spec.sparkline === false ? undefined : sparklineOf(frame, column)
  const target = targetOf(given, column, value)
  const tone = bandOf(spec.bands, value)?.tone
  return {
    as: 'number',
    label: labelOf(spec, column),
    text: shortText(given, value, column),
    exact: exactText(given, value, column),
    deltas,
    ...(sparkline && { sparkline }),
    ...(target && { target }),
    ...(tone && { tone }),
    summary: summaryOf(given, column, row, deltas, target),
  }
}

function sparklineOf(frame: Frame, column: Column): NumberDrawing['sparkline'] {
  const time = timeOf(frame)
  const rows = time ? rowsOverTime(frame, time.name, column) : []
  if (rows.length < 2) return undefined
  const valuesOf = (of: Column) => rows.map((row) => numberIn(row, of))
  const openFrom = parseTime(frame.openFrom, frame.timezone)?.epochMilliseconds ?? Infinity
  const openIndex = rows.findIndex(
    (row) => (parseTime(row[time?.name ?? ''], frame.timezone)?.epochMilliseconds ?? 0) >= openFrom,
  )
  const compared = comparisonsOf(frame, column)[0]
  return {
    values: valuesOf(column),
    ...(openIndex >= 0 && { openIndex }),
    ...(compared && { ghost: valuesOf(compared.value) }),
  }
}

/** By time alone; a figure that has none is drawn without a line. */
function rowsOverTime(frame: Frame, time: string, column: Column): readonly Row[] {
  try {
    return rowsBy(frame, [time], column)
  } catch (error) {
    if (error instanceof UnfitFrame) return []
    throw error
  }
}

function targetOf(given: Given<ChartOf<'number'>>, column: Column, value: number): NumberDrawing['target'] {
  const { target } = given.spec
  if (!target) return undefined
  return {
    text: formatNumber(target.value, formatOf(given.spec, column), 'short', given.look.locale),
    label: targetLabel(target),
    share: targetShare(value, target),
    tone: targetTone(value, target, column.better),
  }
}

function summaryOf(
  given: Given,
  column: Column,
  row: Row,
  deltas: NumberDrawing['deltas'],
  target: NumberDrawing['target'],
): string {
  const value = spokenText(given, numberIn(row, column), column)
  const changes = deltas.map(({ text, against }) => `${text} against ${against.toLowerCase()}`)
  const goal = target ? [`${shareText(target.share, given)} of ${target.label.toLowerCase()} ${target.text}`] : []
  return `${[`${labelOf(given.spec, column)}: ${value}`, ...changes, ...goal].join(', ')}.`
}
