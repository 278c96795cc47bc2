import type { Column, Row } from '../../query/query.ts'
import type { ChartSpec } from '../chart-spec.ts'
import type { Delta, Ink, Look, Pick, ReadingLine } from '../drawing.ts'
import { deltaOf } from '../format/delta.ts'
import { formatNumber, type NumberStyle } from '../format/format-number.ts'
import { formatValue } from '../format/format-value.ts'
import { cutText } from '../format/text-width.ts'
import type { Frame } from '../frame.ts'
import { comparisonsOf, formatOf, isRestRow, labelOf, numberIn, REST_NAME } from '../roles.ts'

/** What a drawing is made of; handed from step to step. */
export interface Given<Spec extends ChartSpec = ChartSpec> {
  readonly spec: Spec
  readonly frame: Frame
  readonly look: Look
}

/** A value of a row, exactly, and below it what it is compared with. */
export function valueLines(
  given: Given,
  row: Row,
  column: Column,
  ink?: Ink,
  style: NumberStyle = 'exact',
): ReadingLine[] {
  const { spec, frame, look } = given
  const format = formatOf(spec, column)
  const text = (value: number | null) => formatNumber(value, format, style, look.locale)
  const now = numberIn(row, column)
  return [
    { label: labelOf(spec, column), text: text(now), ...(ink !== undefined && { ink }) },
    ...comparisonsOf(frame, column).map(({ label, value }): ReadingLine => {
      const then = numberIn(row, value)
      const delta = deltaOf(now, then, column.better, label, look.locale)
      return { label, text: text(then), isGhost: true, ...(delta && { delta }) }
    }),
  ]
}

/** Against everything that the measure is compared with, in the order of the comparisons. */
export function deltasOf({ frame, look }: Given, row: Row, column: Column): Delta[] {
  return comparisonsOf(frame, column).flatMap(({ label, value }) => {
    const delta = deltaOf(numberIn(row, column), numberIn(row, value), column.better, label, look.locale)
    return delta ? [delta] : []
  })
}

/** What a row is called by one of its dimensions. */
export function nameOf({ frame, look }: Given, row: Row, column: Column): string {
  return isRestRow(row) ? REST_NAME : formatValue(row[column.name], column, frame, look.locale)
}

/** A name inside a sentence, where 500 characters would drown it. */
export const briefly = (name: string) => cutText(name, 260, 12)

/** A name beside a figure: one that runs from right to left leaves the figure where it is. */
export const isolated = (name: string) =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name) ? `\u2068${name}\u2069` : name

/** What a click on a row filters by: what is the rest of a list is no value. */
export function picksOf(row: Row, columns: readonly Column[]): Pick[] {
  if (isRestRow(row)) return []
  return columns.map(({ name }) => ({ dimension: name, value: row[name] ?? null }))
}

/** A value in the format of its column. */
export const exactText = ({ spec, look }: Given, value: number | null, column: Column) =>
  formatNumber(value, formatOf(spec, column), 'exact', look.locale)
export const shortText = ({ spec, look }: Given, value: number | null, column: Column) =>
  formatNumber(value, formatOf(spec, column), 'short', look.locale)

/** In a sentence that is read aloud. */
export const spokenText = ({ spec, look }: Given, value: number | null, column: Column) =>
  formatNumber(value, formatOf(spec, column), 'spoken', look.locale)

/** For cells of tables: exactly, but an average or a change in per cent does not show the digits that it only has by division. */
export function cellText(given: Given, value: number | null, column: Column): string {
  const isDivided = column.part === 'percent' || formatOf(given.spec, column).format === 'decimal'
  if (!isDivided || value === null) return exactText(given, value, column)
  const rounded = Math.abs(value) >= 0.01 ? value.toFixed(2) : value.toPrecision(3)
  return exactText(given, Number(rounded), column)
}

/** A part of a whole, such as 12.3%. */
export const shareText = (share: number, { look }: Given) => formatNumber(share, 'percent', 'exact', look.locale)
