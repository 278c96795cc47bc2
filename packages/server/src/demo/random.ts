import { randomNumbers } from '@almanac/core/random-numbers.ts'

/**
 * Randomness that can be asked again. Every draw hangs on whole numbers (the purpose, the day, the visitor), so any day
 * can be made alone, in any order and any number of times, and is always the same day.
 */

/** Uniform in [0, 1). `Math.random` is one too. */
export type Random = () => number

/** The first part of a key: what the draw is for, so that two questions about one visitor have unrelated answers. */
export const PURPOSE = {
  cohort: 1,
  visitor: 2,
  anonymousId: 3,
  deviceId: 4,
  userId: 5,
  visits: 6,
  visit: 7,
  session: 8,
  bill: 9,
  bots: 10,
  sandbox: 11,
  appUpdate: 12,
  acquisition: 13,
  invite: 14,
} as const

/** One draw from a key, uniform in [0, 1), for a single question about a thing. */
export function draw(a: number, b: number, c: number, d = 0): number {
  return hash32(a, b, c, d) / 2 ** 32
}

/** A stream of draws from a key. */
export function randomFor(a: number, b: number, c: number, d = 0): Random {
  return randomNumbers(hash32(a, b, c, d))
}

/** Sixteen hexadecimal digits from a key: wide enough that no two visitors of the company ever share them. */
export function hexFor(a: number, b: number, c: number): string {
  return hex8(hash32(a, b, c, 1)) + hex8(hash32(c, a, b, 2))
}

export function pick<T>(random: Random, items: readonly T[]): T {
  return items[Math.floor(random() * items.length)] as T
}

/** Picks in proportion to `weight`. */
export function pickWeighted<T extends { readonly weight: number }>(random: Random, items: readonly T[]): T {
  let left = random() * items.reduce((sum, item) => sum + item.weight, 0)
  for (const item of items) {
    left -= item.weight
    if (left < 0) return item
  }
  return items[items.length - 1] as T
}

export function between(random: Random, from: number, to: number): number {
  return from + random() * (to - from)
}

export function wholeBetween(random: Random, from: number, to: number): number {
  return Math.floor(between(random, from, to + 1))
}

/** Waiting time with the given mean: many short ones, a few long ones. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random()) * mean
}

/** A count that scatters about its mean as independent arrivals do; the normal approximation is good enough here. */
export function countAround(random: Random, mean: number): number {
  const normal = Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random())
  return Math.max(0, Math.round(mean + normal * Math.sqrt(mean)))
}

function hash32(a: number, b: number, c: number, d: number): number {
  let hash = mix(0x9e3779b9 ^ a)
  hash = mix(hash ^ b)
  hash = mix(hash ^ c)
  return mix(hash ^ d) >>> 0
}

// The finaliser of MurmurHash3, after a step that keeps zero from staying zero.
function mix(value: number): number {
  let hash = (value + 0x7ed55d16) | 0
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}

const hex8 = (value: number) => value.toString(16).padStart(8, '0')
