import type { CubeData, WidgetData } from './board.ts'

/**
 * A widget whose first question is a top list shows the rows of that list: what stands beside it is asked for all of them. By a
 * top list of its own it would lack some of the first one's rows, and bring others.
 */
export function isLedByTop([first, ...others]: readonly WidgetData[]): boolean {
  return first?.from === 'cube' && isTopList(first) && others.some((one) => isSameList(one, first))
}

/** The data as it is to be asked. */
export function besideTop(data: readonly WidgetData[]): readonly WidgetData[] {
  const [first, ...others] = data
  if (first?.from !== 'cube' || !isLedByTop(data)) return data
  return [first, ...others.map((one) => (isSameList(one, first) ? withoutTop(one) : one))]
}

const isTopList = ({ top, dimensions }: CubeData) => top !== undefined && dimensions.length > 0

function isSameList(one: WidgetData, first: CubeData): one is CubeData {
  if (one.from !== 'cube' || one.dimensions.length !== first.dimensions.length) return false
  return one.dimensions.every((name) => first.dimensions.includes(name))
}

function withoutTop({ top: _, limit: __, ...rest }: CubeData): CubeData {
  return rest
}
