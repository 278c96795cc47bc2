import type { Column, Row, Value } from '../query/query.ts'
import type { ChartSpec } from './chart-spec.ts'
import type { NumberFormat } from './format/format-number.ts'
import type { ColumnFormat, Frame } from './frame.ts'

/**
 * Which column of a frame plays which part. What a spec names is taken; what it leaves out is the time or the first
 * dimension along the axis, the next dimension for the series and all measures for the values. Comparisons go with their
 * measure and are never chosen by themselves.
 */

/** The frame lacks what the kind of chart needs; the message is for the reader. `draw` turns it into an empty drawing. */
export class UnfitFrame extends Error {
  override readonly name = 'UnfitFrame'
}

type Spec = Pick<ChartSpec, 'labels' | 'formats' | 'colours'>

/** The column of that name; one that is gone is an `UnfitFrame` that says what there is. */
export function columnOf(frame: Frame, name: string): Column {
  const column = frame.columns.find((one) => one.name === name)
  if (column) return column
  const known = frame.columns.filter(({ kind }) => kind !== 'comparison' && kind !== 'flag')
  const list = known.map((one) => one.name).join(', ')
  throw new UnfitFrame(`There is no column “${name}”${list === '' ? '.' : `; there are ${list}.`}`)
}

export const timeOf = (frame: Frame) => frame.columns.find(({ kind }) => kind === 'time')
export const dimensionsOf = (frame: Frame) => frame.columns.filter(({ kind }) => kind === 'dimension')
export const measuresOf = (frame: Frame) => frame.columns.filter(({ kind }) => kind === 'measure')

/** The columns of the values: those that are named, or all measures. At least one. */
export function valuesFor(frame: Frame, names: readonly string[] | undefined): Column[] {
  const columns = names && names.length > 0 ? names.map((name) => numeric(columnOf(frame, name))) : measuresOf(frame)
  if (columns.length === 0) throw new UnfitFrame('It needs a column of numbers, and there is none.')
  return columns
}

/** The column of the one value: that which is named, or the first measure. */
export const valueFor = (frame: Frame, name: string | undefined): Column =>
  valuesFor(frame, name === undefined ? undefined : [name])[0] as Column

/** Along the axis: what is named, else the time, else the first dimension that is not among `taken`. */
export function axisFor(frame: Frame, name: string | undefined, taken: readonly (string | undefined)[] = []): Column {
  if (name !== undefined) return columnOf(frame, name)
  const column = timeOf(frame) ?? dimensionFor(frame, undefined, taken)
  if (!column) throw new UnfitFrame('It needs the time or a dimension along its axis, and there is neither.')
  return column
}

/** What is named, else the first dimension that is not among `taken`; nothing when there is none. */
export function dimensionFor(
  frame: Frame,
  name: string | undefined,
  taken: readonly (string | undefined)[] = [],
): Column | undefined {
  if (name !== undefined) return columnOf(frame, name)
  return dimensionsOf(frame).find((column) => !taken.includes(column.name))
}

/** As `dimensionFor`, and an `UnfitFrame` when there is none; `what` says what for, such as "its parts". */
export function neededDimension(
  frame: Frame,
  name: string | undefined,
  what: string,
  taken: readonly (string | undefined)[] = [],
): Column {
  const column = dimensionFor(frame, name, taken)
  if (!column) throw new UnfitFrame(`It needs a dimension for ${what}, and there is none.`)
  return column
}

/** What a column is called: as the spec says, else as the cube does. */
export const labelOf = (spec: Spec, column: Column): string => spec.labels?.[column.name] ?? column.label

/** How the numbers of a column read: as the spec says, else as the cube does. */
export function formatOf(spec: Spec, column: Column): NumberFormat {
  const ofMeasure = column.part === 'percent' ? undefined : spec.formats?.[column.measure ?? '']
  const format = spec.formats?.[column.name] ?? ofMeasure ?? column.format ?? 'decimal'
  return {
    format: isFormat(format) ? format : 'decimal',
    ...(column.currency !== undefined && { currency: column.currency }),
    ...(column.unit !== undefined && { unit: column.unit }),
  }
}

/** The values of a measure at another time. */
export interface Compared {
  /** The comparison, as the columns carry it. */
  readonly name: string
  /** In words, such as `Previous period`. */
  readonly label: string
  readonly value: Column
  readonly difference: Column | undefined
  readonly percent: Column | undefined
  /** Where the compared bucket starts. */
  readonly time: Column | undefined
}

/** What a measure is compared with, in the order of the columns. */
export function comparisonsOf(frame: Frame, measure: Column): Compared[] {
  const own = frame.columns.filter((column) => column.measure === measure.name)
  return own
    .filter(({ part }) => part === 'value')
    .flatMap((value) => {
      const name = value.comparison
      if (name === undefined) return []
      const part = (wanted: Column['part']) => own.find((one) => one.comparison === name && one.part === wanted)
      return {
        name,
        label: comparisonLabel(name),
        value,
        difference: part('difference'),
        percent: part('percent'),
        time: frame.columns.find((one) => one.comparison === name && one.part === 'time'),
      }
    })
}

/** `previous_period` is `Previous period`. */
export function comparisonLabel(name: string): string {
  const words = name.replaceAll('_', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** Adds up: the sum of its rows is its value over all of them. */
export const isAdditive = (column: Column) => column.class === 'additive'

/** The row of everything that a top list leaves out. */
export const isRestRow = (row: Row) => row.isRest === true

/** What such a row, and what is drawn together for want of room, is called: data may well have an `Other` of its own. */
export const REST_NAME = 'Everything else'

/** What is not a finite number is nothing: charts have no place for it. */
export function numberIn(row: Row, column: Column | string): number | null {
  return asNumber(row[typeof column === 'string' ? column : column.name])
}

function asNumber(value: Value | undefined): number | null {
  if (typeof value === 'number') return Number.isFinite(value) ? value : null
  // 64-bit integers and decimals of a statement in SQL may come as text.
  if (typeof value !== 'string' || !NUMBER.test(value)) return null
  return Number(value)
}

const NUMBER = /^-?\d{1,30}(\.\d+)?(e[+-]?\d{1,3})?$/i

function numeric(column: Column): Column {
  if (column.type === 'number') return column
  throw new UnfitFrame(`The column “${column.name}” has no numbers, and is to be drawn as values.`)
}

const FORMATS: readonly string[] = [
  'integer',
  'decimal',
  'bytes',
  'percent',
  'currency',
  'seconds',
  'milliseconds',
] satisfies ColumnFormat[]

const isFormat = (text: string): text is ColumnFormat => FORMATS.includes(text)
