import type { TableColumn, TableDrawing } from '@almanac/core/charts/drawing.ts'
import type { Value } from '@almanac/core/query/query.ts'

export interface Sorting {
  readonly column: number
  readonly direction: 'asc' | 'desc'
}

/** What a click on a header makes of the sorting: figures begin with the greatest, text with A; the third click undoes it. */
export function nextSorting(column: number, kind: TableColumn['sort'], now: Sorting | undefined): Sorting | undefined {
  const first = kind === 'text' ? 'asc' : 'desc'
  if (now?.column !== column) return { column, direction: first }
  return now.direction === first ? { column, direction: first === 'asc' ? 'desc' : 'asc' } : undefined
}

/** Comparing as a language does is slow: beyond this many rows text is compared by its characters. */
const MOST_COLLATED = 20_000

/** The rows in another order, as their places in the drawing; equal rows keep theirs. What is not there comes last. */
export function sortedRows(drawing: TableDrawing, sorting: Sorting | undefined): ((row: number) => number) | undefined {
  if (!sorting) return undefined
  const { column, direction } = sorting
  const keys = Array.from({ length: drawing.count }, (_, row) => drawing.value(row, column))
  const compare = comparing(drawing.columns[column]?.sort ?? 'text', drawing.count)
  const sign = direction === 'asc' ? 1 : -1
  const order = Uint32Array.from(keys, (_, row) => row).sort((a, b) => {
    const [one, other] = [keys[a] ?? null, keys[b] ?? null]
    if (one === null || other === null) return Number(one === null) - Number(other === null) || a - b
    return sign * compare(one, other) || a - b
  })
  return (row) => order[row] ?? row
}

function comparing(kind: TableColumn['sort'], count: number): (a: NonNullable<Value>, b: NonNullable<Value>) => number {
  if (kind === 'number') return (a, b) => Number(a) - Number(b)
  // RFC 3339 in one zone: as text they lie in the order of time but for the hour that comes twice.
  if (kind === 'time') return (a, b) => Date.parse(String(a)) - Date.parse(String(b))
  if (count <= MOST_COLLATED) {
    const { compare } = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
    return (a, b) => compare(String(a), String(b))
  }
  return (a, b) => (a < b ? -1 : a > b ? 1 : 0)
}
