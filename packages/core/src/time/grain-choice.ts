import { GRAINS, type Grain } from './grain.ts'
import type { ZonedRange } from './range-preset.ts'

/** By which grain a range is drawn when nobody has chosen one, and which choices make no sense for it. */

/** As in `Hits by quarter hour`. */
export const GRAIN_WORDS: Readonly<Record<Grain, string>> = {
  minute: 'minute',
  quarter_hour: 'quarter hour',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  year: 'year',
}

/** By themselves, as in a list to choose from. */
export const GRAIN_NAMES = Object.fromEntries(
  GRAINS.map((grain) => [grain, GRAIN_WORDS[grain].charAt(0).toUpperCase() + GRAIN_WORDS[grain].slice(1)]),
) as Readonly<Record<Grain, string>>

const CALM_BUCKETS = 92
const MOST_BUCKETS = 400

/** The finest grain whose chart stays calm: at most some ninety points. */
export function autoGrain(range: ZonedRange): Grain {
  return GRAINS.find((grain) => bucketCount(range, grain) <= CALM_BUCKETS) ?? 'year'
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

/** By which grain one looks into a bucket: from a year into its months, and from there into days and hours. */
export const FINER_GRAIN: Readonly<Record<Grain, Grain | undefined>> = {
  minute: undefined,
  quarter_hour: 'minute',
  hour: 'quarter_hour',
  day: 'hour',
  week: 'day',
  month: 'day',
  quarter: 'month',
  year: 'month',
}

/** About how many buckets a range has, without making them. */
function bucketCount({ from, to }: ZonedRange, grain: Grain): number {
  return Math.ceil(from.until(to, { largestUnit: 'day' }).total({ unit: 'day', relativeTo: from }) / DAYS_IN[grain])
}

/** About how long a bucket is, in days. */
export const DAYS_IN: Readonly<Record<Grain, number>> = {
  minute: 1 / 1440,
  quarter_hour: 1 / 96,
  hour: 1 / 24,
  day: 1,
  week: 7,
  month: 30.4,
  quarter: 91.3,
  year: 365.25,
}
