import type { Column, Row } from '../../query/query.ts'
import type { Pick, Reading } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { columnOf, dimensionsOf, isAdditive, isRestRow, labelOf, numberIn, UnfitFrame } from '../roles.ts'
import { rowsBy, sum, totalsBy } from '../whole.ts'
import { briefly, exactText, type Given, nameOf, shareText, valueLines } from './value-lines.ts'

/** A value of a dimension, with those of the next dimension inside of it. */
export interface TreeNode {
  readonly label: string
  /** Of its own area: what lies inside added up, so that areas fill one another. */
  readonly size: number
  /** Its place among the outermost ones, which gives the colour. */
  readonly root: number
  readonly depth: number
  /** Its place in `readings`. */
  readonly reading: number
  readonly children: readonly TreeNode[]
}

export interface Tree {
  readonly roots: readonly TreeNode[]
  readonly readings: readonly Reading[]
  readonly notes: readonly string[]
}

/** The dimensions that are named, else all of them, from the outermost on. */
export function pathOf(frame: Frame, names: readonly string[] | undefined): Column[] {
  const columns = names && names.length > 0 ? names.map((name) => columnOf(frame, name)) : dimensionsOf(frame)
  if (columns.length === 0) throw new UnfitFrame('It needs a dimension for its parts, and there is none.')
  return columns
}

/**
 * Parts inside of parts, the largest first. What a part that has parts comes to is the engine's total for it, or the sum where the
 * measure adds up; of other measures nothing is said but how large the area is.
 */
export function treeOf(given: Given, path: readonly Column[], column: Column): Tree {
  const rows = rowsBy(
    given.frame,
    path.map(({ name }) => name),
    column,
  )
  const positive = rows.filter((row) => (numberIn(row, column) ?? 0) > 0)
  const readings: Reading[] = []
  const all = sum(positive.map((row) => numberIn(row, column))) ?? 0
  const grow = (own: readonly Row[], depth: number, above: Place): TreeNode[] => {
    const level = path[depth]
    if (!level) return []
    const groups = [...Map.groupBy(own, (row) => (isRestRow(row) ? 'rest' : JSON.stringify(row[level.name])))]
      .map(([, inside]) => ({ inside, size: sum(inside.map((row) => numberIn(row, column))) ?? 0 }))
      .toSorted((a, b) => b.size - a.size)
    return groups.map(({ inside, size }, at) => {
      const row = inside[0] as Row
      const label = nameOf(given, row, level)
      const isRest = isRestRow(row)
      const picks = isRest ? [] : [...above.picks, { dimension: level.name, value: row[level.name] ?? null }]
      const place = { root: depth === 0 ? at : above.root, size, picks, labels: [...above.labels, label] }
      const own = valueRow(given.frame, inside, path.slice(0, depth + 1), column)
      const reading = readings.push(readingOf(given, { row: own, column, place, above, all })) - 1
      // What is inside of the rest is not known.
      const children = isRest ? [] : grow(inside, depth + 1, place)
      return { label, size, root: place.root, depth, reading, children }
    })
  }
  const roots = grow(positive, 0, { root: 0, size: all, picks: [], labels: [] })
  return { roots, readings, notes: notesOf(given, rows, path, column) }
}

interface Place {
  readonly root: number
  readonly size: number
  readonly picks: readonly Pick[]
  readonly labels: readonly string[]
}

/** The row that says what a part comes to; nothing where that is not known. */
function valueRow(frame: Frame, rows: readonly Row[], path: readonly Column[], column: Column): Row | undefined {
  const [first] = rows
  if (rows.length === 1 || !first) return first
  const total = totalsBy(
    frame,
    path.map(({ name }) => name),
  )?.find((row) => path.every(({ name }) => row[name] === first[name]))
  if (total && numberIn(total, column) !== null) return total
  return isAdditive(column) ? { [column.name]: sum(rows.map((row) => numberIn(row, column))) } : undefined
}

interface Written {
  readonly row: Row | undefined
  readonly column: Column
  readonly place: Place
  readonly above: Place
  readonly all: number
}

function readingOf(given: Given, { row, column, place, above, all }: Written): Reading {
  const share = (of: number) => shareText(of === 0 ? 0 : place.size / of, given)
  const value = row ? valueLines(given, row, column) : [{ label: labelOf(given.spec, column), text: '–' }]
  return {
    title: place.labels.join(' › '),
    lines: [
      ...value,
      ...(above.labels.length > 0 ? [{ label: `Share of ${above.labels.at(-1)}`, text: share(above.size) }] : []),
      { label: 'Share of all parts', text: share(all) },
    ],
    picks: place.picks,
  }
}

function notesOf(given: Given, rows: readonly Row[], path: readonly Column[], column: Column): string[] {
  const negative = rows.filter((row) => (numberIn(row, column) ?? 0) < 0).length
  const isSummed = path.length < 2 || isAdditive(column)
  return [
    ...(negative > 0 ? [`${negative} negative ${negative === 1 ? 'value is' : 'values are'} not drawn.`] : []),
    ...(isSummed
      ? []
      : [`${labelOf(given.spec, column)} does not add up: areas show the parts, not what they come to together.`]),
  ]
}

export function treeSummary(given: Given, { roots, notes }: Tree, path: readonly Column[], column: Column): string {
  const total = roots.reduce((all, { size }) => all + size, 0)
  const first = roots.slice(0, 4).map(({ label, size }) => `${briefly(label)} ${shareText(size / total, given)}`)
  const whole = totalsBy(given.frame, [])?.[0]
  const value = whole ? numberIn(whole, column) : isAdditive(column) ? total : null
  return [
    `${labelOf(given.spec, column)} by ${path.map((level) => labelOf(given.spec, level)).join(', then ')}: ${first.join(', ')}${roots.length > 4 ? ' and more' : ''}.`,
    ...(value === null ? [] : [`All together ${exactText(given, value, column)}.`]),
    ...notes,
  ].join(' ')
}
