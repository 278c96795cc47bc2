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
  const next = mulberry32(seed)
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

function mulberry32(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
