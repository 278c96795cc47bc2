import { type KeyboardEvent, useId, useState } from 'react'
import { type GridCell, gridStep } from './grid-step.ts'

interface Grid {
  readonly rows: number
  readonly columns: number
  readonly hasHeader: boolean
  readonly onMove: (cell: GridCell) => void
  /** Enter. */
  readonly onChoose: (cell: GridCell, isAdditive: boolean) => void
}

export interface GridKeys {
  /** The cell that has the reader's attention, once the keyboard is used. */
  readonly active: GridCell | undefined
  readonly idOf: (cell: GridCell) => string
  readonly props: {
    readonly tabIndex: 0
    readonly 'aria-activedescendant': string | undefined
    readonly onKeyDown: (event: KeyboardEvent) => void
    readonly onBlur: () => void
  }
}

/** The keyboard for a table: one stop for the tab key, and arrow keys among its cells. */
export function useGridKeys({ rows, columns, hasHeader, onMove, onChoose }: Grid): GridKeys {
  const [active, setActive] = useState<GridCell>()
  const id = useId()
  const firstRow = hasHeader ? -1 : 0
  const idOf = ({ row, column }: GridCell) => `${id}-${row}-${column}`
  const onKeyDown = (event: KeyboardEvent) => {
    const isFar = event.ctrlKey || event.metaKey
    if (event.key === 'Escape' && active) setActive(undefined)
    else if (event.key === 'Enter' && active) onChoose(active, isFar || event.shiftKey)
    else {
      const next = active
        ? gridStep(event.key, isFar, active, { rows, columns, firstRow })
        : gridStep(event.key, isFar, START, { rows, columns, firstRow }) && START
      if (!next || event.altKey) return
      setActive(next)
      onMove(next)
    }
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    active,
    idOf,
    props: {
      tabIndex: 0,
      'aria-activedescendant': active && idOf(active),
      onKeyDown,
      onBlur: () => setActive(undefined),
    },
  }
}

const START: GridCell = { row: 0, column: 0 }
