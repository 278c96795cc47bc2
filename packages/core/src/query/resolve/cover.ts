import type { CubeSnapshot } from '../../cubes/cube-state.ts'
import type { Window } from './resolve-query.ts'
import { dayStarts, monthStarts } from './zone-days.ts'

/**
 * Which rows answer a stretch of time: whole months, then whole days, then steps of hours, and raw rows for what was touched
 * since it was computed and for ends that lie between two steps. Each instant is in exactly one of the four, and no bucket that
 * is read crosses the border of a window, so nothing is counted twice or left out.
 */
export interface Cover {
  readonly months: readonly Run[]
  readonly days: readonly Run[]
  readonly hours: readonly Run[]
  readonly raw: readonly Run[]
}

/** Milliseconds since 1970; `to` is not included. */
export interface Run {
  readonly from: number
  readonly to: number
}

export interface CoverRequest {
  readonly windows: readonly Run[]
  /** Of the rollup, in seconds. */
  readonly stepSeconds: number
  /** Of the cube: whose days and months are kept. */
  readonly timezone: string
  readonly touched: CubeSnapshot['touched']
  /** False where the time of the day matters: parts of the calendar. */
  readonly hasLongBuckets: boolean
  /** False where what is needed is kept by the day alone. */
  readonly hasHours: boolean
}

const HOUR = 3_600_000
const SHORTEST_DAY = 20 * HOUR
const SHORTEST_MONTH = 27 * 24 * HOUR

export function coverOf({ windows, stepSeconds, timezone, touched, hasLongBuckets, hasHours }: CoverRequest): Cover {
  const step = stepSeconds * 1000
  const hours = touched.hour.map((start) => start * 1000)
  const days = new Set(touched.day.map((start) => start * 1000))
  const months = new Set(touched.month.map((start) => start * 1000))
  const isTouched = (run: Run) => firstOverlap(hours, run) !== undefined
  const cover = { months: [] as Run[], days: [] as Run[], hours: [] as Run[], raw: [] as Run[] }

  const withDays = (run: Run) => {
    const isUsable = (day: Run) => !days.has(day.from) && !isTouched(day)
    const bounds = hasLongBuckets && run.to - run.from >= SHORTEST_DAY ? dayStarts(timezone, run.from, run.to) : []
    split(run, bounds, isUsable, cover.days, (rest) =>
      hasHours ? withHours(rest, step, hours, cover) : push(cover.raw, rest),
    )
  }
  for (const window of windows) {
    const isUsable = (month: Run) => !months.has(month.from) && !isTouched(month) && !hasTouchedDay(month, touched.day)
    const isLong = hasLongBuckets && window.to - window.from >= SHORTEST_MONTH
    split(window, isLong ? monthStarts(timezone, window.from, window.to) : [], isUsable, cover.months, withDays)
  }
  return cover
}

/** How many steps two windows share, because one ends inside of it and the other begins there: those are raw. */
export function sharedSteps(windows: readonly Window[], stepSeconds: number): number {
  const step = stepSeconds * 1000
  return windows.filter((window, i) => windows[i - 1]?.to === window.from && window.from % step !== 0).length
}

/** Takes the usable buckets between the bounds, and hands on what lies before, between and after them. */
function split(
  run: Run,
  bounds: readonly number[],
  isUsable: (bucket: Run) => boolean,
  taken: Run[],
  handOn: (rest: Run) => void,
): void {
  let open = run.from
  for (const [i, from] of bounds.entries()) {
    const to = bounds[i + 1]
    if (from < run.from || to === undefined || to > run.to || !isUsable({ from, to })) continue
    if (open < from) handOn({ from: open, to: from })
    push(taken, { from, to })
    open = to
  }
  if (open < run.to) handOn({ from: open, to: run.to })
}

/** Steps of the hours that were computed; the rest is raw. */
function withHours(run: Run, step: number, touched: readonly number[], cover: { hours: Run[]; raw: Run[] }): void {
  const rawHours = new Set<number>()
  if (run.from % step !== 0) rawHours.add(hourOf(run.from))
  if (run.to % step !== 0) rawHours.add(hourOf(run.to))
  for (let i = firstOverlap(touched, run); i !== undefined && i < touched.length; i++) {
    const hour = touched[i] as number
    if (hour >= run.to) break
    rawHours.add(hour)
  }
  let open = run.from
  for (const hour of [...rawHours].sort((a, b) => a - b)) {
    const raw = { from: Math.max(hour, run.from), to: Math.min(hour + HOUR, run.to) }
    if (open < raw.from) push(cover.hours, { from: open, to: raw.from })
    push(cover.raw, raw)
    open = raw.to
  }
  if (open < run.to) push(cover.hours, { from: open, to: run.to })
}

const hourOf = (time: number) => Math.floor(time / HOUR) * HOUR

function hasTouchedDay(month: Run, days: readonly number[]): boolean {
  return days.some((day) => day * 1000 >= month.from && day * 1000 < month.to)
}

/** The index of the first hour that overlaps the run. */
function firstOverlap(hours: readonly number[], { from, to }: Run): number | undefined {
  let low = 0
  let high = hours.length
  while (low < high) {
    const middle = (low + high) >> 1
    if ((hours[middle] as number) + HOUR > from) high = middle
    else low = middle + 1
  }
  const hour = hours[low]
  return hour !== undefined && hour < to ? low : undefined
}

/** Runs that touch become one. */
function push(runs: Run[], run: Run): void {
  const last = runs.at(-1)
  if (last && last.to === run.from) runs[runs.length - 1] = { from: last.from, to: run.to }
  else runs.push(run)
}
