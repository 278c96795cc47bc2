import type { Grain } from '@almanac/core/time/grain.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { bucketCount } from './buckets.ts'

/** What the grain switch offers; longer grains are chosen by themselves for very long ranges. */
export const OFFERED_GRAINS = ['hour', 'day', 'week', 'month'] as const satisfies readonly Grain[]

const MOST_BUCKETS = 400
const AUTO_GRAINS: readonly Grain[] = ['hour', 'day', 'week', 'month', 'quarter', 'year']

/** The finest grain whose chart stays calm: at most some ninety points. */
export function autoGrain(range: ZonedRange): Grain {
  return AUTO_GRAINS.find((grain) => bucketCount(range, grain) <= 92) ?? 'year'
}

/** The chosen grain where it can be read, else the automatic one: a link made for another range still works. */
export function effectiveGrain(range: ZonedRange, chosen: Grain | undefined): Grain {
  return chosen && !whyUnreadable(range, chosen) ? chosen : autoGrain(range)
}

/** Why a grain makes no sense for a range, as a sentence for the reader; `undefined` when it does. */
export function whyUnreadable(range: ZonedRange, grain: Grain): string | undefined {
  const count = bucketCount(range, grain)
  if (count > MOST_BUCKETS)
    return `By ${grain}, this range has about ${count.toLocaleString('en')} points: too many to read.`
  if (count < 2) return `This range is not longer than one ${grain}.`
  return undefined
}
