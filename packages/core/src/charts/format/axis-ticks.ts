import type { Grain } from '../../time/grain.ts'

export interface AxisTick {
  readonly index: number
  /** A larger unit begins here: a day among hours, a year among months. */
  readonly isMajor: boolean
}

/**
 * Which buckets of an axis get a label: at most `most`, evenly spaced, and on round moments (midnight, noon, Mondays,
 * January) rather than wherever the range happens to begin.
 */
export function axisTicks(starts: readonly Temporal.ZonedDateTime[], grain: Grain, most: number): AxisTick[] {
  const choices = STEPS[grain].map((isRound) =>
    starts.flatMap((start, index) => (isRound(start, index) ? [index] : [])),
  )
  const fitting = choices.find((indexes) => indexes.length <= most) ?? thinned(choices.at(-1) ?? [], most)
  return fitting.map((index) => ({ index, isMajor: isMajor(starts[index], grain) }))
}

type IsRound = (start: Temporal.ZonedDateTime, index: number) => boolean

const everyMinutes =
  (n: number): IsRound =>
  (start) =>
    (start.hour * 60 + start.minute) % n === 0
const everyHours =
  (n: number): IsRound =>
  (start) =>
    start.hour % n === 0
const everyDays =
  (n: number): IsRound =>
  (start) =>
    isDayStart(start) && start.dayOfYear % n === 0
const everyNth =
  (n: number): IsRound =>
  (_, index) =>
    index % n === 0
const everyMonths =
  (n: number): IsRound =>
  (start) =>
    (start.month - 1) % n === 0
const monday: IsRound = (start) => isDayStart(start) && start.dayOfWeek === 1
/** Where the clocks go forward at midnight, a day begins at one. */
const isDayStart = (start: Temporal.ZonedDateTime) => start.hour < 2 && start.equals(start.startOfDay())

const STEPS: Record<Grain, readonly IsRound[]> = {
  minute: [1, 5, 10, 15, 30, 60, 120, 180, 360, 720, 1440].map(everyMinutes),
  quarter_hour: [15, 30, 60, 120, 180, 360, 720, 1440].map(everyMinutes),
  hour: [
    everyHours(1),
    everyHours(2),
    everyHours(3),
    everyHours(6),
    everyHours(12),
    everyHours(24),
    everyDays(2),
    monday,
  ],
  day: [everyNth(1), everyNth(2), everyNth(3), everyNth(4), monday, everyNth(14), (start) => start.day === 1],
  week: [everyNth(1), everyNth(2), everyNth(4), everyNth(8), everyNth(13)],
  month: [everyMonths(1), everyMonths(2), everyMonths(3), everyMonths(6), everyMonths(12)],
  quarter: [everyMonths(3), everyMonths(6), everyMonths(12)],
  year: [everyNth(1), everyNth(2), everyNth(5)],
}

function thinned(indexes: readonly number[], most: number): number[] {
  const step = Math.ceil(indexes.length / most)
  return indexes.filter((_, position) => position % step === 0)
}

function isMajor(start: Temporal.ZonedDateTime | undefined, grain: Grain): boolean {
  if (!start) return false
  if (grain === 'minute' || grain === 'quarter_hour' || grain === 'hour') return start.hour === 0 && start.minute === 0
  if (grain === 'month' || grain === 'quarter') return start.month === 1
  return false
}
