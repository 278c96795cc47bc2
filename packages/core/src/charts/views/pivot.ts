import type { Column, Row } from '../../query/query.ts'
import type { ChartOf } from '../chart-spec.ts'
import type { Drawing, Look, PivotDrawing, TableCell } from '../drawing.ts'
import { formatValue } from '../format/format-value.ts'
import type { Frame } from '../frame.ts'
import { cellText, deltasOf, type Given } from '../parts/value-lines.ts'
import {
  columnOf,
  dimensionsOf,
  isRestRow,
  labelOf,
  numberIn,
  REST_NAME,
  timeOf,
  UnfitFrame,
  valuesFor,
} from '../roles.ts'
import { inkOn, shadeAt, shareBetween } from '../shades.ts'
import { rowsBy, totalsBy } from '../whole.ts'
import { pivotAxes } from './pivot-totals.ts'
import { type Branch, branchesOf, type Entry } from './pivot-tree.ts'

/**
 * Dimensions down and across, measures in the cells. Every total is one that the engine has computed for just these dimensions; none
 * is added up here. What was not asked for (`pivotTotals`) stays blank, and the summary says so.
 */
export function drawPivot(spec: ChartOf<'pivot'>, frame: Frame, look: Look): Drawing {
  const table = tableOf({ spec, frame, look })
  const across = entriesOf(table, table.columns, MOST_COLUMNS)
  const down = entriesOf(table, table.rows)
  const hasAcross = across.filter(({ isTotal, path }) => !isTotal || hasTotals(table, path.length, 'columns'))
  const hasDown = down.filter(({ isTotal, path }) => !isTotal || hasTotals(table, path.length, 'rows'))
  const rows = hasDown.map((entry, at) => ({
    names: namesOf(table, entry, hasDown[at - 1]),
    depth: entry.path.length,
    isTotal: entry.isTotal,
    cells: hasAcross.flatMap((column) => table.values.map((value) => cellOf(table, entry, column, value))),
  }))
  const rowTime = table.rows.findIndex(({ type }) => type === 'time')
  return {
    as: 'pivot',
    headers: headersOf(table, hasAcross),
    rowDimensions: table.rows.map((column) => labelOf(spec, column)),
    ...(rowTime !== -1 && { rowTime }),
    rows,
    summary: summaryOf(table, hasDown, hasAcross),
  }
}

/** More columns than this nobody reads side by side. */
const MOST_COLUMNS = 100

interface Table {
  readonly given: Given<ChartOf<'pivot'>>
  readonly rows: readonly Column[]
  readonly columns: readonly Column[]
  readonly values: readonly Column[]
  /** Of the innermost cells, by the names of the values. */
  readonly extents: ReadonlyMap<string, { readonly least: number; readonly greatest: number }>
  readonly leaves: readonly Row[]
  /** Rows by how many dimensions down and across they are of, and by the values of those. */
  readonly find: (down: readonly string[], across: readonly string[]) => Row | undefined
}

function tableOf(given: Given<ChartOf<'pivot'>>): Table {
  const { spec, frame } = given
  const known = [timeOf(frame), ...dimensionsOf(frame)].flatMap((column) => (column ? [column.name] : []))
  const axes = pivotAxes(spec, known)
  const [rows, columns] = [axes.rows, axes.columns].map((names) => names.map((name) => columnOf(frame, name)))
  if (!rows || !columns || rows.length + columns.length === 0)
    throw new UnfitFrame('It needs a dimension, and there is none.')
  const values = valuesFor(frame, spec.values)
  const leaves = rowsBy(frame, [...axes.rows, ...axes.columns], values[0] as Column)
  const extents = new Map(values.map((value) => [value.name, extentOf(leaves, value)]))
  return { given, rows, columns, values, extents, leaves, find: finder(frame, rows, columns, leaves) }
}

function extentOf(rows: readonly Row[], column: Column) {
  const values = rows.filter((row) => !isRestRow(row)).flatMap((row) => numberIn(row, column) ?? [])
  return values.reduce(
    ({ least, greatest }, value) => ({ least: Math.min(least, value), greatest: Math.max(greatest, value) }),
    { least: Infinity, greatest: -Infinity },
  )
}

function finder(
  frame: Frame,
  rows: readonly Column[],
  columns: readonly Column[],
  leaves: readonly Row[],
): Table['find'] {
  const sets = new Map<string, ReadonlyMap<string, Row>>()
  const setOf = (down: number, across: number) => {
    const id = `${down} ${across}`
    const known = sets.get(id)
    if (known) return known
    const own = [...rows.slice(0, down), ...columns.slice(0, across)]
    const isWhole = own.length === rows.length + columns.length
    const found = isWhole
      ? leaves
      : (totalsBy(
          frame,
          own.map(({ name }) => name),
        ) ?? [])
    const made = new Map(found.map((row) => [own.map((column) => keyOf(row, column)).join('\n'), row]))
    sets.set(id, made)
    return made
  }
  return (down, across) => setOf(down.length, across.length).get([...down, ...across].join('\n'))
}

/** Of a value, so that the text 1, the number 1 and everything else are told apart. */
const keyOf = (row: Row, { name, kind }: Column) =>
  isRestRow(row) && kind !== 'time' ? 'rest' : JSON.stringify(row[name] ?? null)

/** The entries of one side in the order of the rows, each group followed by its total. */
function entriesOf(table: Table, side: readonly Column[], most = Infinity): readonly Entry[] {
  const { leaves, given } = table
  const { frame, look } = given
  const branches = branchesOf(
    leaves,
    side.map((column) => ({
      keyOf: (row: Row) => keyOf(row, column),
      textOf: (row: Row) =>
        isRestRow(row) && column.kind !== 'time'
          ? REST_NAME
          : formatValue(row[column.name], column, frame, look.locale),
      isInOrder: column.kind === 'time',
    })),
  )
  return withTotals(branches, { path: [], texts: [], row: {}, isTotal: true }).slice(0, most)
}

function withTotals(branches: readonly Branch[], parent: Entry): Entry[] {
  if (branches.length === 0) return [{ ...parent, isTotal: parent.path.length === 0 ? false : parent.isTotal }]
  const children = branches.flatMap(({ key, text, row, branches: inner }): Entry[] => {
    const own = { path: [...parent.path, key], texts: [...parent.texts, text], row }
    return inner.length === 0 ? [{ ...own, isTotal: false }] : withTotals(inner, { ...own, isTotal: true })
  })
  return [...children, parent]
}

/** A side's totals are shown where any cell of them was asked for. */
function hasTotals({ given, rows, columns }: Table, length: number, side: 'rows' | 'columns'): boolean {
  const [own, other] = side === 'rows' ? [rows, columns] : [columns, rows]
  const fixed = own.slice(0, length).map(({ name }) => name)
  return [...other, undefined].some((_, count) => {
    const set = [...fixed, ...other.slice(0, count).map(({ name }) => name)]
    return totalsBy(given.frame, set) !== undefined
  })
}

/** A name that is that of the row above is not said again. */
function namesOf({ rows }: Table, { path, texts, isTotal }: Entry, above: Entry | undefined): string[] {
  if (isTotal) {
    const name = path.length === 0 ? 'Total' : `Total ${texts.at(-1)}`
    const place = Math.max(0, path.length - 1)
    return rows.map((_, at) => (at === place ? name : ''))
  }
  const isSame = (at: number) => !above?.isTotal && path.slice(0, at + 1).every((key, i) => above?.path[i] === key)
  return rows.map((_, at) => (at < rows.length - 1 && isSame(at) ? '' : (texts[at] ?? '')))
}

function headersOf({ given, columns, values }: Table, entries: readonly Entry[]): PivotDrawing['headers'] {
  const lines = columns.map((_, level) => {
    const line: { text: string; span: number; isTotal: boolean; path: string }[] = []
    for (const { path, texts, isTotal } of entries) {
      // The total of a group of the level before stands beside the group's own columns.
      const isOwn = level < path.length
      const id = JSON.stringify(isOwn ? path.slice(0, level + 1) : ['total', path])
      const text = isOwn ? (texts[level] ?? '') : level === path.length ? 'Total' : ''
      const last = line.at(-1)
      if (last?.path === id) last.span += values.length
      else line.push({ text, span: values.length, isTotal: isTotal && !isOwn, path: id })
    }
    return line.map(({ path: _path, ...header }) => header)
  })
  // One measure needs no line of its own: it would say the same in every column.
  if (columns.length > 0 && values.length === 1) return lines
  const labels = entries.flatMap(({ isTotal }) =>
    values.map((value) => ({ text: labelOf(given.spec, value), span: 1, isTotal })),
  )
  return [...lines, labels]
}

function cellOf({ given, rows, columns, extents, find }: Table, down: Entry, across: Entry, column: Column): TableCell {
  const row = find(down.path, across.path)
  if (!row) return { text: '', value: null }
  const value = numberIn(row, column)
  const isTotal = down.isTotal || across.isTotal
  const extent = extents.get(column.name)
  const heat = given.spec.heat && !isTotal && !isRestRow(row) && value !== null && extent
  const delta = deltasOf(given, row, column)[0]
  const picks = picksOf(row, [...rows.slice(0, down.path.length), ...columns.slice(0, across.path.length)])
  return {
    text: cellText(given, value, column),
    value,
    ...(delta && { delta }),
    ...(heat && { heat: heatOf(value, extent, given.look) }),
    ...(picks.length > 0 && { picks }),
  }
}

const picksOf = (row: Row, columns: readonly Column[]) =>
  isRestRow(row)
    ? []
    : columns
        .filter(({ kind }) => kind === 'dimension')
        .map(({ name }) => ({ dimension: name, value: row[name] ?? null }))

function heatOf(value: number, { least, greatest }: { least: number; greatest: number }, { theme }: Look) {
  const background = shadeAt(shareBetween(value, least, greatest), theme)
  return { background, ink: inkOn(background, theme) }
}

function summaryOf(table: Table, down: readonly Entry[], across: readonly Entry[]): string {
  const { given, rows, columns, values } = table
  const label = (list: readonly Column[]) => list.map((column) => labelOf(given.spec, column)).join(', ')
  const sides = [rows.length > 0 && `${label(rows)} down`, columns.length > 0 && `${label(columns)} across`]
  const size = `${down.filter(({ isTotal }) => !isTotal).length} rows, ${across.filter(({ isTotal }) => !isTotal).length} columns`
  const missing = missingTotals(table)
  const reason = missing.length > 0 ? ` Not asked for, and so blank: totals ${missing.join(', ')}.` : ''
  return `A pivot table of ${label(values)}: ${sides.filter(Boolean).join(', ')}; ${size}.${reason}`
}

function missingTotals({ given, rows, columns }: Table): string[] {
  const labels = new Map([...rows, ...columns].map((column) => [column.name, labelOf(given.spec, column)]))
  return setsOf(rows, columns)
    .filter((set) => set.length < rows.length + columns.length && totalsBy(given.frame, set) === undefined)
    .map((set) => (set.length === 0 ? 'of everything' : `by ${set.map((name) => labels.get(name)).join(' and ')}`))
}

function setsOf(rows: readonly Column[], columns: readonly Column[]): string[][] {
  return [...rows, undefined].flatMap((_, down) =>
    [...columns, undefined].map((_column, across) =>
      [...rows.slice(0, down), ...columns.slice(0, across)].map(({ name }) => name),
    ),
  )
}
