import type { Column, Row } from '../query/query.ts'
import type { Frame } from './frame.ts'
import { comparisonsOf, dimensionsOf, isAdditive, isRestRow, numberIn, timeOf, UnfitFrame } from './roles.ts'

/**
 * Values over more than one row. What the engine has computed (`frame.totals`) comes first; rows are added up only where the measure
 * adds up; everything else has no value over several rows, and none is made up: visitors of Monday and of Tuesday are not the visitors
 * of both.
 */

/** The engine's rows by exactly these dimensions (`time` among them, if wanted), in whatever order they were asked for. */
export function totalsBy(frame: Frame, dimensions: readonly string[]): readonly Row[] | undefined {
  const wanted = new Set(dimensions)
  return frame.totals.find(
    (one) => one.dimensions.length === wanted.size && one.dimensions.every((name) => wanted.has(name)),
  )?.rows
}

/** A row with the measure, and what it is compared with, over everything; nothing where that is not known. */
export function wholeRow(frame: Frame, column: Column): Row | undefined {
  const total = totalsBy(frame, [])?.[0]
  if (total && numberIn(total, column) !== null) return total
  if (frame.rows.length === 1 && !frame.isTruncated) return frame.rows[0]
  if (frame.isTruncated) return undefined
  if (!isAdditive(column)) return hasNoValue(frame, column) ? (total ?? {}) : undefined
  return sumOf(frame.rows, frame, column)
}

/** Nothing at all is nothing together, however the measure adds up. */
const hasNoValue = ({ rows }: Frame, column: Column) => rows.every((row) => numberIn(row, column) === null)

/** As `wholeRow`; where nothing is known, an `UnfitFrame` that says what to ask for. */
export function neededWhole(frame: Frame, column: Column): Row {
  const row = wholeRow(frame, column)
  if (row) return row
  throw new UnfitFrame(
    `“${column.label}” does not add up over its rows, and there is no total of it: ask for it without a grain and without dimensions, or with its total ([]).`,
  )
}

/**
 * One row for each combination of these dimensions. A frame that has more of them, or time, is brought down to these by its totals,
 * or by adding up; where neither is right, an `UnfitFrame`.
 */
export function rowsBy(frame: Frame, dimensions: readonly string[], column: Column): readonly Row[] {
  const further = [timeOf(frame), ...dimensionsOf(frame)].flatMap((one) =>
    one && !dimensions.includes(one.name) ? [one.label] : [],
  )
  if (further.length === 0) return frame.rows
  const totals = totalsBy(frame, dimensions)
  if (totals?.some((row) => numberIn(row, column) !== null)) return totals
  if (!isAdditive(column)) {
    throw new UnfitFrame(
      `The rows are also by ${further.join(' and ')}, over which “${column.label}” does not add up: leave that out, or ask for totals.`,
    )
  }
  const keyOf = (row: Row) => JSON.stringify([...dimensions.map((name) => row[name]), isRestRow(row)])
  return [...Map.groupBy(frame.rows, keyOf).values()].map((rows) => ({ ...rows[0], ...sumOf(rows, frame, column) }))
}

/** Of the measure and of what it is compared with. Nothing but nulls add up to null. */
function sumOf(rows: readonly Row[], frame: Frame, column: Column): Row {
  const columns = [column, ...comparisonsOf(frame, column).map(({ value }) => value)]
  return Object.fromEntries(columns.map((one) => [one.name, sum(rows.map((row) => numberIn(row, one)))]))
}

export function sum(values: readonly (number | null)[]): number | null {
  const known = values.filter((value) => value !== null)
  return known.length === 0 ? null : known.reduce((total, value) => total + value, 0)
}
