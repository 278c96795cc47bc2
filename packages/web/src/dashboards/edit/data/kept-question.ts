import type { CubeData } from '@almanac/core/boards/board.ts'

/**
 * A question whose measures or dimensions were changed: what was ranked, ordered or limited by one that is gone follows to the first
 * that is left. While there is no measure, everything waits for the next one.
 */
export function keptQuestion(data: CubeData): CubeData {
  const { measures, dimensions, grain, top } = data
  const [first] = measures
  if (first === undefined) return data
  const isThere = (name: string) =>
    measures.includes(name) || dimensions.includes(name) || (name === 'time' && grain !== 'none')
  const order = data.order.map((one) => (isThere(one.by) ? one : { ...one, by: first }))
  return {
    ...data,
    ...(top && { top: measures.includes(top.by) ? top : { ...top, by: first } }),
    order: order.filter(({ by }, i) => order.findIndex((one) => one.by === by) === i),
    having: data.having.filter(({ measure }) => measures.includes(measure)),
    totals: data.totals.filter((set) => set.every((name) => dimensions.includes(name) || name === 'time')),
  }
}
