import type { NumberDrawing } from '@almanac/core/charts/drawing.ts'

/** SVG paths in a box of 100 × 28; empty where there is nothing to join. */
export interface SparkPaths {
  readonly line: string
  readonly area: string
  /** From the last closed value on. */
  readonly open: string
  readonly ghost: string
}

const WIDTH = 100
const HEIGHT = 28

type Values = readonly (number | null)[]

/** Begins at zero, so that a small wobble stays small. All lines share the scale. */
export function sparkPaths({ values, openIndex, ghost = [] }: NonNullable<NumberDrawing['sparkline']>): SparkPaths {
  const known = [...values, ...ghost].filter((value) => value !== null)
  const [least, most] = known.reduce(([low, high], value) => [Math.min(low, value), Math.max(high, value)], [0, 0])
  const count = Math.max(values.length, ghost.length)
  const place = (value: number, index: number) => {
    const x = count < 2 ? 0 : (index / (count - 1)) * WIDTH
    const y = HEIGHT - 1 - ((value - least) / (most - least || 1)) * (HEIGHT - 2)
    return `${round(x)} ${round(y)}`
  }
  const lastClosed = openIndex === undefined ? values.length : openIndex
  const closed = runs(values.slice(0, lastClosed), 0)
  const open = openIndex === undefined ? [] : runs(values.slice(Math.max(0, openIndex - 1)), Math.max(0, openIndex - 1))
  const path = (list: readonly Run[]) => list.map((run) => `M${run.map(([i, v]) => place(v, i)).join('L')}`).join('')
  return {
    line: path(closed),
    area: [...closed, ...open].map((run) => areaOf(run, place, count)).join(''),
    open: path(open),
    ghost: path(runs(ghost, 0)),
  }
}

type Run = readonly (readonly [index: number, value: number])[]

/** Stretches without a gap; a value alone has no line. */
function runs(values: Values, first: number): Run[] {
  const found: [number, number][][] = [[]]
  for (const [index, value] of values.entries()) {
    if (value === null) found.push([])
    else found.at(-1)?.push([first + index, value])
  }
  return found.filter((run) => run.length > 1)
}

function areaOf(run: Run, place: (value: number, index: number) => string, count: number): string {
  const x = (index: number) => round(count < 2 ? 0 : (index / (count - 1)) * WIDTH)
  const [first, last] = [run[0]?.[0] ?? 0, run.at(-1)?.[0] ?? 0]
  return `M${run.map(([i, v]) => place(v, i)).join('L')}L${x(last)} ${HEIGHT}L${x(first)} ${HEIGHT}Z`
}

function round(value: number): number {
  return Math.round(value * 100) / 100
}
