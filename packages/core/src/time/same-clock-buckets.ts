import { CLOCK_STEP_MS, type ClockGrain, clockBucketStarts, slotOf } from './clock-buckets.ts'
import { counterpart, type DateShift, earlierDate } from './counterpart.ts'
import type { ZonedRange } from './range-preset.ts'

/**
 * For each bucket by the clock the one that shows the same local time on the earlier date. Of times that come twice, the first
 * stands beside the first and the second beside the second; what has no such partner has none.
 */
export function sameClockBuckets(
  starts: readonly Temporal.ZonedDateTime[],
  to: Temporal.ZonedDateTime,
  grain: ClockGrain,
  shift: DateShift,
): (ZonedRange | undefined)[] {
  const first = starts[0]
  if (!first) return []
  const here = clockBuckets(first, to, grain)
  const there = clockBuckets(counterpart(first, shift), counterpart(to, shift), grain)
  const windows = new Map(there.map(({ slot, turn, window }) => [`${slot} ${turn}`, window]))
  const slotOnEarlierDate = slotShift(grain, shift)
  const partners = new Map(
    here.map(({ slot, turn, window }) => [
      window.from.epochMilliseconds,
      windows.get(`${slotOnEarlierDate(slot)} ${turn}`),
    ]),
  )
  return starts.map((start) => partners.get(start.epochMilliseconds))
}

interface ClockBucket {
  readonly slot: number
  /** 0 for the first time that the clock shows it, 1 for the second. */
  readonly turn: number
  readonly window: ZonedRange
}

function clockBuckets(from: Temporal.ZonedDateTime, to: Temporal.ZonedDateTime, grain: ClockGrain): ClockBucket[] {
  // Two hours more give the last bucket an end.
  const starts = clockBucketStarts(beforeRepetition(from), to.add({ hours: 2 }), grain, Number.POSITIVE_INFINITY) ?? []
  const turns = new Map<number, number>()
  return starts.slice(0, -1).map((start, i) => {
    const slot = slotOf(start, grain)
    const turn = turns.get(slot) ?? 0
    turns.set(slot, turn + 1)
    return { slot, turn, window: { from: start, to: starts[i + 1] as Temporal.ZonedDateTime } }
  })
}

/** Early enough to see the first of a time that comes twice; no zone was ever set back by more than a day. */
function beforeRepetition(moment: Temporal.ZonedDateTime): Temporal.ZonedDateTime {
  const change = moment.add({ nanoseconds: 1 }).getTimeZoneTransition('previous')
  if (!change || change.until(moment).total('hours') > 24) return moment
  return change.subtract({ hours: 24 })
}

/** From a slot to the one of the same time on the earlier date; a date is looked up once for all of its slots. */
function slotShift(grain: ClockGrain, shift: DateShift): (slot: number) => number | undefined {
  const perDay = 86_400_000 / CLOCK_STEP_MS[grain]
  const earlierDays = new Map<number, number | undefined>()
  return (slot) => {
    const day = Math.floor(slot / perDay)
    if (!earlierDays.has(day)) earlierDays.set(day, earlierDay(day, shift))
    const earlier = earlierDays.get(day)
    return earlier === undefined ? undefined : slot + (earlier - day) * perDay
  }
}

const EPOCH = Temporal.PlainDate.from('1970-01-01')

function earlierDay(day: number, shift: DateShift): number | undefined {
  const date = earlierDate(EPOCH.add({ days: day }), shift)
  return date && EPOCH.until(date).days
}
