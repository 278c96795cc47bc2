import { endOfBucket, startOfBucket } from '../../time/buckets.ts'
import { GRAINS, type Grain } from '../../time/grain.ts'

/**
 * The grain by which a statement has grouped, told by its times: the coarsest whose buckets all of them start. Undefined where
 * they start none, or where a single time says too little.
 */
export function grainOfTimes(times: readonly Temporal.ZonedDateTime[], firstDayOfWeek: number): Grain | undefined {
  const [first] = times
  if (!first || times.every((time) => time.equals(first))) return undefined
  return GRAINS.toReversed().find((grain) =>
    times.every((time) => startOfBucket(time, grain, firstDayOfWeek, 1).epochMilliseconds === time.epochMilliseconds),
  )
}

/** The first of the buckets that has not ended. */
export function firstOpenBucket(
  times: readonly Temporal.ZonedDateTime[],
  grain: Grain,
  firstDayOfWeek: number,
  now: Temporal.Instant,
): Temporal.ZonedDateTime | undefined {
  return times
    .filter((time) => endOfBucket(time, grain, firstDayOfWeek).epochMilliseconds > now.epochMilliseconds)
    .reduce<Temporal.ZonedDateTime | undefined>(
      (least, time) => (least && Temporal.ZonedDateTime.compare(least, time) <= 0 ? least : time),
      undefined,
    )
}
