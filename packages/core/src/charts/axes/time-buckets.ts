import type { Row } from '../../query/query.ts'
import { bucketStarts, endOfBucket } from '../../time/buckets.ts'
import { GRAINS, type Grain } from '../../time/grain.ts'
import { DAYS_IN } from '../../time/grain-choice.ts'
import { zonedText } from '../../time/moment.ts'
import { parseTime } from '../format/format-value.ts'
import type { Frame } from '../frame.ts'

/** A step of the time axis, half-open. */
export interface TimeBucket {
  /** As the rows write it. */
  readonly text: string
  readonly start: Temporal.ZonedDateTime
  readonly end: Temporal.ZonedDateTime
  /** `open` can still grow; `ahead` has not begun when the data was read. */
  readonly state: 'closed' | 'open' | 'ahead'
  /** The range begins or ends inside of it. */
  readonly isPart: boolean
}

export interface TimeBuckets {
  readonly buckets: readonly TimeBucket[]
  /** By the text of the rows; several texts can be one bucket. */
  readonly indexes: ReadonlyMap<string, number>
  /** Of the frame, or as the times look; nothing where they are no buckets. */
  readonly grain: Grain | undefined
  /** How many moments are left out, the earliest ones, as there are more than can be told apart. */
  readonly left: number
}

/** Some twenty for each pixel of a wide screen; a hundred thousand would hold the page up for seconds. */
const MOST_MOMENTS = 20_000

/**
 * The buckets of the rows, in order. What has a grain gets a bucket for every step from the first to the last row, so that the
 * distances are right where rows are missing.
 */
export function timeBuckets(frame: Frame, name: string): TimeBuckets {
  const texts = [...new Set(frame.rows.map((row: Row) => String(row[name] ?? '')))]
  const times = texts.flatMap((text) => {
    const start = parseTime(text, frame.timezone)
    return start ? [{ text, start, ms: start.epochMilliseconds }] : []
  })
  times.sort((a, b) => a.ms - b.ms)
  const different = times.filter(({ ms }, i) => ms !== times[i - 1]?.ms)
  const own = different.slice(-MOST_MOMENTS)
  const starts = own.map(({ start }) => start)
  const grain = frame.grain ?? grainOf(starts, frame.firstDayOfWeek)
  const all = (grain && withMissing(starts, grain, frame.firstDayOfWeek)) ?? starts
  const places = new Map(all.map((start, i) => [start.epochMilliseconds, i]))
  const written = new Map(own.map(({ ms, text }) => [ms, text]))
  const state = stateOf(frame)
  const isPart = partOf(frame)
  const buckets = all.map((start, i): TimeBucket => {
    const end = all[i + 1] ?? (grain ? endOfBucket(start, grain, frame.firstDayOfWeek) : start)
    return {
      text: written.get(start.epochMilliseconds) ?? zonedText(start),
      start,
      end,
      state: state(start),
      isPart: grain !== undefined && isPart(start, end),
    }
  })
  return {
    buckets,
    indexes: new Map(times.map(({ text, ms }) => [text, places.get(ms) ?? -1])),
    grain,
    left: different.length - own.length,
  }
}

/** Every bucket between the first and the last; nothing where a row lies beside the buckets or there would be far too many. */
function withMissing(
  starts: readonly Temporal.ZonedDateTime[],
  grain: Grain,
  firstDayOfWeek: number,
): readonly Temporal.ZonedDateTime[] | undefined {
  const [first, last] = [starts[0], starts.at(-1)]
  if (!first || !last) return undefined
  const most = Math.max(1000, 20 * starts.length)
  const days = (last.epochMilliseconds - first.epochMilliseconds) / 86_400_000
  if (days / DAYS_IN[grain] > Math.min(most, 19_000)) return undefined
  const all = bucketStarts({
    from: first,
    to: last.add({ nanoseconds: 1 }),
    grain,
    firstDayOfWeek,
    // Quarters and years begin where the first one does, whatever the fiscal year is.
    fiscalYearStart: first.month,
  })
  const known = new Set(all.map(({ epochMilliseconds }) => epochMilliseconds))
  return starts.every(({ epochMilliseconds }) => known.has(epochMilliseconds)) ? all : undefined
}

/** The coarsest grain whose buckets begin at all of the times and of which there is one in each. */
function grainOf(starts: readonly Temporal.ZonedDateTime[], firstDayOfWeek: number): Grain | undefined {
  const steps = starts
    .slice(1)
    .map((start, i) => start.epochMilliseconds - (starts[i] as Temporal.ZonedDateTime).epochMilliseconds)
  if (steps.length === 0) return undefined
  const days = Math.min(...steps) / 86_400_000
  const grains = GRAINS.toReversed().filter((grain) => days >= DAYS_IN[grain] * 0.9)
  return grains.find((grain) => withMissing(starts, grain, firstDayOfWeek) !== undefined)
}

function stateOf(frame: Frame): (start: Temporal.ZonedDateTime) => TimeBucket['state'] {
  const openFrom = parseTime(frame.openFrom, frame.timezone)?.epochMilliseconds
  if (openFrom === undefined) return () => 'closed'
  const asOf = parseTime(frame.asOf, frame.timezone)?.epochMilliseconds ?? Number.POSITIVE_INFINITY
  return ({ epochMilliseconds }) => {
    if (epochMilliseconds < openFrom) return 'closed'
    return epochMilliseconds > asOf ? 'ahead' : 'open'
  }
}

/** Whether the range begins or ends inside of a bucket. */
function partOf(frame: Frame): (start: Temporal.ZonedDateTime, end: Temporal.ZonedDateTime) => boolean {
  const ends = [frame.from, frame.to].flatMap((text) => parseTime(text, frame.timezone)?.epochMilliseconds ?? [])
  return (start, end) => ends.some((ms) => start.epochMilliseconds < ms && ms < end.epochMilliseconds)
}
