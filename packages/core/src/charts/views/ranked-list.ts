import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look, RankedDrawing } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { NO_FIGURES } from '../nothing.ts'
import {
  briefly,
  deltasOf,
  exactText,
  type Given,
  nameOf,
  picksOf,
  shareText,
  shortText,
  spokenText,
} from '../parts/value-lines.ts'
import { isRestRow, labelOf, neededDimension, numberIn, valueFor } from '../roles.ts'
import { rowsBy, wholeRow } from '../whole.ts'

/** The greatest values of a dimension, each with a bar as long as it is, and its share of everything where that is known. */
export function drawRankedList(spec: ChartOf<'ranked_list'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const by = neededDimension(frame, spec.by, 'its lines')
  const column = valueFor(frame, spec.value)
  const rows = inOrder(rowsBy(frame, [by.name], column), frame, column)
  const values = rows.filter((row) => !isRestRow(row)).flatMap((row) => numberIn(row, column) ?? [])
  if (rows.every((row) => numberIn(row, column) === null)) return NO_FIGURES
  const greatest = values.reduce((most, value) => Math.max(most, value), 0)
  const whole = spec.share ? wholeOf(frame, column) : undefined
  return {
    as: 'ranked',
    rows: rows.slice(0, MOST_LINES).map((row) => lineOf(given, row, { by, column, greatest, whole })),
    valueLabel: labelOf(spec, column),
    summary: summaryOf(given, rows, by, column),
  }
}

/** Nobody reads on; the table has them all. */
const MOST_LINES = 1000

interface Scale {
  readonly by: Column
  readonly column: Column
  readonly greatest: number
  readonly whole: number | undefined
}

function lineOf(given: Given, row: Row, { by, column, greatest, whole }: Scale): RankedDrawing['rows'][number] {
  const value = numberIn(row, column)
  const isRest = isRestRow(row)
  const delta = deltasOf(given, row, column)[0]
  return {
    label: nameOf(given, row, by),
    text: shortText(given, value, column),
    exact: exactText(given, value, column),
    // The rest is none of them: its bar would make all others short.
    bar: isRest || value === null || greatest === 0 ? 0 : Math.max(0, value / greatest),
    ...(whole !== undefined && value !== null && { share: shareText(value / whole, given) }),
    ...(delta && { delta }),
    picks: picksOf(row, [by]),
    isRest,
  }
}

/** Rows of the question come in its order; those that were put together here have none yet. */
function inOrder(rows: readonly Row[], frame: Frame, column: Column): readonly Row[] {
  if (rows === frame.rows) return rows
  const rank = (row: Row) => (isRestRow(row) ? -Infinity : (numberIn(row, column) ?? -Number.MAX_VALUE))
  return rows.toSorted((a, b) => rank(b) - rank(a))
}

function wholeOf(frame: Frame, column: Column): number | undefined {
  const row = wholeRow(frame, column)
  const whole = row && numberIn(row, column)
  return whole === null || whole === 0 ? undefined : whole
}

function summaryOf(given: Given, rows: readonly Row[], by: Column, column: Column): string {
  const first = rows
    .slice(0, 3)
    .map((row) => `${briefly(nameOf(given, row, by))} ${spokenText(given, numberIn(row, column), column)}`)
  const count = rows.filter((row) => !isRestRow(row)).length
  return `${labelOf(given.spec, column)} by ${labelOf(given.spec, by)}, ${count} lines: ${first.join(', ')}${rows.length > 3 ? ' and more' : ''}.${rows.length > MOST_LINES ? ` The first ${MOST_LINES} are shown, the table has all.` : ''}`
}
