/** A cell of a table; the row -1 is the header. */
export interface GridCell {
  readonly row: number
  readonly column: number
}

interface Bounds {
  readonly rows: number
  readonly columns: number
  /** 0, or -1 where the header can be reached. */
  readonly firstRow: 0 | -1
}

const PAGE = 10

/** Where a key leads from a cell, as in any grid of a spreadsheet; nothing for other keys. */
export function gridStep(key: string, isFar: boolean, cell: GridCell, bounds: Bounds): GridCell | undefined {
  const { rows, columns, firstRow } = bounds
  const to = (row: number, column: number): GridCell => ({
    row: Math.max(firstRow, Math.min(rows - 1, row)),
    column: Math.max(0, Math.min(columns - 1, column)),
  })
  const { row, column } = cell
  switch (key) {
    case 'ArrowUp':
      return to(isFar ? firstRow : row - 1, column)
    case 'ArrowDown':
      return to(isFar ? rows - 1 : row + 1, column)
    case 'ArrowLeft':
      return to(row, isFar ? 0 : column - 1)
    case 'ArrowRight':
      return to(row, isFar ? columns - 1 : column + 1)
    case 'PageUp':
      return to(row - PAGE, column)
    case 'PageDown':
      return to(row + PAGE, column)
    case 'Home':
      return to(isFar ? firstRow : row, 0)
    case 'End':
      return to(isFar ? rows - 1 : row, columns - 1)
    default:
      return undefined
  }
}
