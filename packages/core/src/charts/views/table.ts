import type { Column, Row, Value } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Delta, Drawing, Look, TableCell, TableColumn } from '../drawing.ts'
import { deltaOf } from '../format/delta.ts'
import { formatValue } from '../format/format-value.ts'
import type { Frame } from '../frame.ts'
import { cellText, type Given } from '../parts/value-lines.ts'
import {
  type Compared,
  columnOf,
  comparisonLabel,
  comparisonsOf,
  isRestRow,
  numberIn,
  REST_NAME,
  UnfitFrame,
} from '../roles.ts'
import { inkOn, shadeAt, shareBetween } from '../shades.ts'
import { totalsBy } from '../whole.ts'

type Tables = Given<ChartOf<'table'>>

/**
 * All rows, exactly, made when they are shown. Beside a measure stands what it is compared with, each with the change. The row of
 * totals is the engine's: a table of visitors is not added up.
 */
export function drawTable(spec: ChartOf<'table'>, frame: Frame, look: Look): Drawing {
  const given = { spec, frame, look }
  const shown = shownColumns(given)
  if (shown.length === 0) throw new UnfitFrame('It has no columns to show.')
  const columns = shown.map(({ column, compared }) => tableColumn(given, column, compared))
  const cells = shown.map((one) => cellMaker(given, one))
  const first = shown.findIndex(({ column }) => column.kind === 'dimension')
  const rowAt = (index: number) => frame.rows[index] as Row
  const totals = spec.totals ? totalsBy(frame, [])?.[0] : undefined
  return {
    as: 'table',
    columns,
    count: frame.rows.length,
    row: (index) => cells.map((cell, at) => cell(rowAt(index), at === first)),
    value: (index, at) => rawValue(rowAt(index), shown[at]?.column),
    ...(totals && { totals: totalCells(given, shown, totals) }),
    summary: summaryOf(given, columns, totals !== undefined),
  }
}

interface Shown {
  readonly column: Column
  /** The column is the value at another time of this measure. */
  readonly compared?: Compared & { readonly measure: Column }
}

function shownColumns({ spec, frame }: Tables): Shown[] {
  if (spec.show && spec.show.length > 0) return spec.show.map((name) => ({ column: columnOf(frame, name) }))
  const own = frame.columns.filter(({ kind, name }) => kind !== 'comparison' && name !== 'isRest')
  return own.flatMap((column) => [
    { column },
    ...(column.kind === 'measure' ? comparisonsOf(frame, column) : []).map((compared) => ({
      column: compared.value,
      compared: { ...compared, measure: column },
    })),
  ])
}

function tableColumn({ spec, frame }: Tables, column: Column, compared: Shown['compared']): TableColumn {
  const hasOneMeasure = frame.columns.filter(({ kind }) => kind === 'measure').length === 1
  const label = compared && hasOneMeasure ? compared.label : columnLabel(column)
  const sort = column.type === 'time' ? 'time' : column.type === 'number' ? 'number' : 'text'
  return {
    key: column.name,
    label: spec.labels?.[column.name] ?? label,
    align: isFigure(column) ? 'right' : 'left',
    sort,
  }
}

/** `Visitors`, `Visitors, previous month`, `Visitors, change from previous month in %`. */
export function columnLabel({ label, comparison, part }: Column): string {
  if (comparison === undefined || part === undefined) return label
  const against = comparisonLabel(comparison).toLowerCase()
  if (part === 'value' || part === 'time') return `${label}, ${against}`
  return `${label}, change from ${against}${part === 'percent' ? ' in %' : ''}`
}

/** Numbers that count something; the number of a status or of a period is a name. */
const isFigure = ({ kind, type }: Column) => type === 'number' && (kind === 'measure' || kind === 'comparison')

const rawValue = (row: Row, column: Column | undefined): Value =>
  column === undefined ? null : isFigure(column) ? numberIn(row, column) : (row[column.name] ?? null)

function cellMaker(given: Tables, { column, compared }: Shown): (row: Row, isFirst: boolean) => TableCell {
  if (!isFigure(column)) return (row, isFirst) => nameCell(given, row, column, isFirst)
  const { spec, look } = given
  const extent =
    spec.bars?.includes(column.name) || spec.heat?.includes(column.name) ? extentOf(given, column) : undefined
  return (row) => {
    const value = numberIn(row, column)
    const delta = compared && changeOf(given, row, compared)
    const bar = extent && spec.bars?.includes(column.name) ? barOf(value, extent) : undefined
    const heat = extent && spec.heat?.includes(column.name) && value !== null
    return {
      text: cellText(given, value, column),
      value,
      ...(delta && { delta }),
      ...(bar !== undefined && { bar }),
      ...(heat && { heat: heatOf(value, extent, look) }),
    }
  }
}

function nameCell(given: Tables, row: Row, column: Column, isFirst: boolean): TableCell {
  const value = row[column.name] ?? null
  if (isRestRow(row))
    return { text: column.kind === 'dimension' ? (isFirst ? REST_NAME : '') : nameText(given, row, column), value }
  const picks = column.kind === 'dimension' ? [{ dimension: column.name, value }] : undefined
  return { text: nameText(given, row, column), value, ...(picks && { picks }) }
}

const nameText = ({ frame, look }: Tables, row: Row, column: Column) =>
  formatValue(row[column.name], column, frame, look.locale)

function changeOf(
  { look }: Tables,
  row: Row,
  { measure, value, label }: NonNullable<Shown['compared']>,
): Delta | undefined {
  return deltaOf(numberIn(row, measure), numberIn(row, value), measure.better, label, look.locale)
}

interface Extent {
  readonly least: number
  readonly greatest: number
}

/** Of all rows but the rest, which is no value among the others. */
function extentOf({ frame }: Tables, column: Column): Extent | undefined {
  let extent: Extent | undefined
  for (const row of frame.rows) {
    const value = isRestRow(row) ? null : numberIn(row, column)
    if (value === null) continue
    if (!extent) extent = { least: value, greatest: value }
    else if (value < extent.least) extent = { ...extent, least: value }
    else if (value > extent.greatest) extent = { ...extent, greatest: value }
  }
  return extent
}

/** Bars begin at zero and have no room for what lies below it. */
const barOf = (value: number | null, { greatest }: Extent) =>
  value === null || greatest <= 0 ? 0 : Math.min(1, Math.max(0, value / greatest))

function heatOf(value: number, { least, greatest }: Extent, { theme }: Look): { background: string; ink: string } {
  const background = shadeAt(shareBetween(value, least, greatest), theme)
  return { background, ink: inkOn(background, theme) }
}

function totalCells(given: Tables, shown: readonly Shown[], totals: Row): TableCell[] {
  return shown.map(({ column, compared }, at) => {
    if (!isFigure(column)) return { text: at === 0 ? 'Total' : '', value: null }
    const value = numberIn(totals, column)
    const delta = compared && changeOf(given, totals, compared)
    return { text: cellText(given, value, column), value, ...(delta && { delta }) }
  })
}

function summaryOf({ spec, frame, look }: Tables, columns: readonly TableColumn[], hasTotals: boolean): string {
  const count = new Intl.NumberFormat(look.locale).format(frame.rows.length)
  const names = columns.map(({ label }) => label).join(', ')
  const cut = frame.isTruncated ? ' There are more rows than these.' : ''
  const missing = spec.totals && !hasTotals ? ' The data was asked for without totals, and rows are not added up.' : ''
  return `A table of ${count} ${frame.rows.length === 1 ? 'row' : 'rows'}: ${names}.${cut}${missing}`
}
