import type { Column, Row } from '../../query/query.ts'
import type { Ink, Pick, Reading } from '../drawing.ts'
import type { Frame } from '../frame.ts'
import { colourOf, mixed } from '../inks.ts'
import { columnOf, dimensionsOf, isAdditive, isRestRow, labelOf, numberIn, REST_NAME, UnfitFrame } from '../roles.ts'
import { rowsBy, sum, totalsBy } from '../whole.ts'
import { briefly, type Given, nameOf, picksOf, shareText, spokenText, valueLines } from './value-lines.ts'

/** A value of a dimension, with those of the next dimension inside of it. */
export interface TreeNode {
  readonly label: string
  /** Of its own area: what lies inside added up, so that areas fill one another. */
  readonly size: number
  /** Its place among the outermost ones, which gives the colour. */
  readonly root: number
  readonly depth: number
  /** Many small ones, or what the engine has counted as the rest. */
  readonly isRest: boolean
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
  const value = valueFinder(given.frame, path, column)
  const grow = (own: readonly Row[], depth: number, above: Place): TreeNode[] =>
    groupsOf(given, own, { level: path[depth], column, most: depth === 0 ? MOST_ROOTS : MOST_INSIDE }).map(
      ({ rows: inside, label, picks, size }, at) => {
        const place = {
          root: depth === 0 ? at : above.root,
          size,
          picks: picks.length === 0 ? [] : [...above.picks, ...picks],
          labels: [...above.labels, label],
        }
        const row = value(inside, picks.length === 0 ? undefined : depth)
        const reading = readings.push(readingOf(given, { row, column, place, above, all })) - 1
        // Of the rest nothing more is known, or there is too much of it.
        const children = picks.length === 0 ? [] : grow(inside, depth + 1, place)
        return { label, size, root: place.root, depth, isRest: picks.length === 0, reading, children }
      },
    )
  const roots = grow(positive, 0, { root: 0, size: all, picks: [], labels: [] })
  return { roots, readings, notes: notesOf(given, rows, path, column) }
}

/** More parts than these are one: they would be specks, and thousands of them take seconds to draw. */
const MOST_ROOTS = 40
const MOST_INSIDE = 20

interface Place {
  readonly root: number
  readonly size: number
  readonly picks: readonly Pick[]
  readonly labels: readonly string[]
}

interface Group {
  readonly rows: readonly Row[]
  readonly label: string
  readonly size: number
  /** Nothing for the rest. */
  readonly picks: readonly Pick[]
}

interface Level {
  readonly level: Column | undefined
  readonly column: Column
  readonly most: number
}

/** The values of a dimension, the largest first; the least of too many are one at the end. */
function groupsOf(given: Given, rows: readonly Row[], { level, column, most }: Level): Group[] {
  if (!level) return []
  const sizeOf = (own: readonly Row[]) => sum(own.map((row) => numberIn(row, column))) ?? 0
  const groups = [...Map.groupBy(rows, (row) => (isRestRow(row) ? 'rest' : JSON.stringify(row[level.name]))).values()]
    .map((own): Group => {
      const row = own[0] as Row
      return { rows: own, label: nameOf(given, row, level), size: sizeOf(own), picks: picksOf(row, [level]) }
    })
    .toSorted((a, b) => b.size - a.size)
  if (groups.length <= most) return groups
  const folded = groups.slice(most - 1)
  const own = folded.flatMap((group) => group.rows)
  return [
    ...groups.slice(0, most - 1),
    { rows: own, label: `${REST_NAME} (${folded.length})`, size: sizeOf(own), picks: [] },
  ]
}

/**
 * Finds the row that says what a part comes to, at a depth or of the rest; nothing where that is not known. What was cut off is not
 * added up.
 */
function valueFinder(frame: Frame, path: readonly Column[], column: Column) {
  const keyOf = (row: Row, depth: number) => JSON.stringify(path.slice(0, depth + 1).map(({ name }) => row[name]))
  const totals = path.map((_, depth) => {
    const set = path.slice(0, depth + 1).map(({ name }) => name)
    return new Map(totalsBy(frame, set)?.map((row) => [keyOf(row, depth), row]))
  })
  return (rows: readonly Row[], depth: number | undefined): Row | undefined => {
    const [first] = rows
    if (rows.length === 1 || !first) return first
    const total = depth === undefined ? undefined : totals[depth]?.get(keyOf(first, depth))
    if (total && numberIn(total, column) !== null) return total
    if (!isAdditive(column) || frame.isTruncated) return undefined
    return { [column.name]: sum(rows.map((row) => numberIn(row, column))) }
  }
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
  const own = row ? valueLines(given, row, column) : [{ label: labelOf(given.spec, column), text: '–' }]
  return {
    title: place.labels.join(' › '),
    lines: [
      ...own,
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

/** The colour of its outermost part, paler the deeper it is; never as pale as `palest`, where it would be no area any more. */
export function colourOfNode(
  { root, depth, label, isRest }: TreeNode,
  { spec, look }: Given,
  { fade, palest }: { readonly fade: number; readonly palest: number },
): string {
  const ink: Ink = spec.colours?.[label] ?? (isRest ? 'muted' : (root % 10) + 1)
  return mixed(colourOf(ink, look.theme), look.theme.surface, Math.max(palest, 1 - fade * depth))
}

export function treeSummary(given: Given, { roots, notes }: Tree, path: readonly Column[], column: Column): string {
  const total = roots.reduce((all, { size }) => all + size, 0)
  const first = roots.slice(0, 4).map(({ label, size }) => `${briefly(label)} ${shareText(size / total, given)}`)
  const whole = totalsBy(given.frame, [])?.[0]
  const value = whole ? numberIn(whole, column) : isAdditive(column) ? total : null
  return [
    `${labelOf(given.spec, column)} by ${path.map((level) => labelOf(given.spec, level)).join(', then ')}: ${first.join(', ')}${roots.length > 4 ? ' and more' : ''}.`,
    ...(value === null ? [] : [`All together ${spokenText(given, value, column)}.`]),
    ...notes,
  ].join(' ')
}
