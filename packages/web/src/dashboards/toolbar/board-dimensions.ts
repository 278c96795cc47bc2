import type { Board } from '@almanac/core/boards/board.ts'
import { useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { type CubeEntry, cubesQuery } from '../../api/cubes.ts'

/** A dimension that something on the board can be filtered by. */
export interface BoardDimension {
  readonly name: string
  readonly label: string
  readonly type: 'string' | 'number' | 'boolean'
  /** The board's cubes that have it; the first is where its values are looked up. */
  readonly cubes: readonly CubeEntry[]
}

/** Of all cubes that the board's widgets ask, those that most cubes have first. */
export function boardDimensions(board: Board, cubes: readonly CubeEntry[]): BoardDimension[] {
  const found = new Map<string, BoardDimension>()
  for (const cube of boardCubes(board, cubes)) {
    for (const { name, label, type } of cube.dimensions) {
      const known = found.get(name)
      found.set(name, {
        name,
        label: known?.label ?? label,
        type: known?.type ?? (type === 'number' || type === 'boolean' ? type : 'string'),
        cubes: [...(known?.cubes ?? []), cube],
      })
    }
  }
  return [...found.values()].toSorted((a, b) => b.cubes.length - a.cubes.length || a.label.localeCompare(b.label))
}

/** By what the values of a dimension are ranked: how many there are of each. */
export function countMeasure({ measures }: CubeEntry): string | undefined {
  const counts = measures.filter(({ format, class: kind }) => format === 'integer' && kind === 'additive')
  return (counts[0] ?? measures.find(({ class: kind }) => kind === 'additive') ?? measures[0])?.name
}

/** The cubes that the board's widgets ask. */
export function boardCubes({ tabs }: Board, cubes: readonly CubeEntry[]): CubeEntry[] {
  const data = tabs.flatMap(({ sections }) =>
    sections.flatMap(({ widgets }) => widgets.flatMap((widget) => widget.data)),
  )
  const used = new Set(
    data.flatMap((one) => (one.from === 'cube' ? one.cube : one.from === 'cohorts' ? one.cohorts.cube : [])),
  )
  return cubes.filter(({ name }) => used.has(name))
}

const NO_CUBES: readonly CubeEntry[] = []

/** Empty, and names as they are, until it is known what the cubes hold. */
export function useBoardDimensions(board: Board) {
  const { data: cubes = NO_CUBES } = useQuery(cubesQuery)
  return useMemo(() => {
    const dimensions = boardDimensions(board, cubes)
    const labels = new Map(dimensions.map(({ name, label }) => [name, label]))
    return { cubes, dimensions, labelOf: (dimension: string) => labels.get(dimension) ?? dimension }
  }, [board, cubes])
}
