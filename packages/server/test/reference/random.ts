import { randomNumbers } from '@almanac/core/random-numbers.ts'
/** Random, but the same for the same seed. */
export interface Random {
  /** From 0, below `end`. */
  below(end: number): number
  chance(probability: number): boolean
  pick<T>(list: readonly T[]): T
  /** At most `count` different ones, in random order. */
  some<T>(list: readonly T[], count: number): T[]
}

export function createRandom(seed: number): Random {
  const next = randomNumbers(seed)
  const below = (end: number) => Math.floor(next() * end)
  const pick = <T>(list: readonly T[]) => list[below(list.length)] as T
  return {
    below,
    chance: (probability) => next() < probability,
    pick,
    some(list, count) {
      const rest = [...list]
      return Array.from({ length: Math.min(count, list.length) }, () => rest.splice(below(rest.length), 1)).flat()
    },
  }
}
