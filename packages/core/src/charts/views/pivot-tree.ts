import type { Row } from '../../query/query.ts'

/** One value of a dimension, and below it those of the next one. */
export interface Branch {
  readonly key: string
  readonly text: string
  /** One of its rows. */
  readonly row: Row
  readonly branches: readonly Branch[]
}

/** A line or a column: the keys from the outermost dimension on. A total has fewer of them than there are dimensions. */
export interface Entry {
  readonly path: readonly string[]
  readonly texts: readonly string[]
  readonly row: Row
  readonly isTotal: boolean
}

interface Level {
  readonly keyOf: (row: Row) => string
  readonly textOf: (row: Row) => string
  /** By key: times, whatever the order of the rows. */
  readonly isInOrder: boolean
}

/** Values in the order in which they come first. */
export function branchesOf(rows: readonly Row[], [level, ...inner]: readonly Level[]): Branch[] {
  if (!level) return []
  const branches = [...Map.groupBy(rows, level.keyOf)].map(([key, own]) => {
    const row = own[0] as Row
    return { key, text: level.textOf(row), row, branches: branchesOf(own, inner) }
  })
  return level.isInOrder ? branches.toSorted((a, b) => (a.key < b.key ? -1 : 1)) : branches
}
