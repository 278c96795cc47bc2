import { GRAINS, type Grain } from '@almanac/core/time/grain.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { bucketCount } from './buckets.ts'

const ALWAYS_OFFERED: readonly Grain[] = ['hour', 'day', 'week', 'month']

/** What the grain switch offers; longer grains are chosen by themselves for very long ranges, shorter ones are for short ones. */
export function offeredGrains(range: ZonedRange | undefined): Grain[] {
  const isOffered = (grain: Grain) => range !== undefined && whyUnreadable(range, grain) === undefined
  return [...(['minute', 'quarter_hour'] as const).filter(isOffered), ...ALWAYS_OFFERED]
}

/** As in `Hits by quarter hour`. */
export const GRAIN_WORDS: Record<Grain, string> = {
  minute: 'minute',
  quarter_hour: 'quarter hour',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
}

const MOST_BUCKETS = 400

/** The finest grain whose chart stays calm: at most some ninety points. */
export function autoGrain(range: ZonedRange): Grain {
  return GRAINS.find((grain) => bucketCount(range, grain) <= 92) ?? 'year'
}

/** The chosen grain where it can be read, else the automatic one: a link made for another range still works. */
export function effectiveGrain(range: ZonedRange, chosen: Grain | undefined): Grain {
  return chosen && !whyUnreadable(range, chosen) ? chosen : autoGrain(range)
}

/** Why a grain makes no sense for a range, as a sentence for the reader; `undefined` when it does. */
export function whyUnreadable(range: ZonedRange, grain: Grain): string | undefined {
  const count = bucketCount(range, grain)
  if (count > MOST_BUCKETS)
    return `By ${GRAIN_WORDS[grain]}, this range has about ${count.toLocaleString('en')} points: too many to read.`
  if (count < 2) return `This range is not longer than one ${GRAIN_WORDS[grain]}.`
  return undefined
}
