import { type CubeDefinition, STEP_SECONDS } from '@almanac/core/cubes/cube.ts'
import type { Level } from '@almanac/core/cubes/cube-state.ts'
import { dayStarts, monthStarts } from '@almanac/core/query/resolve/zone-days.ts'

/** The days and months of a cube's zone, in seconds. */
export interface LongBucket {
  readonly from: number
  /** Not included. */
  readonly to: number
  /** False where the finer rows cannot make it up: it begins or ends between two steps, or outside of what the engine can store. */
  readonly isKept: boolean
}

export type LongLevel = Exclude<Level, 'hour'>

const HOUR = 3600
const LONGEST: Record<LongLevel, number> = { day: 26 * HOUR, month: 32 * 24 * HOUR }

/** Those that overlap at least one of these stretches of `seconds` length, in order. */
export function bucketsAround(
  definition: CubeDefinition,
  level: LongLevel,
  starts: readonly number[],
  seconds = HOUR,
): LongBucket[] {
  if (starts.length === 0) return []
  const sorted = starts.toSorted((a, b) => a - b)
  const [first, last] = [sorted[0] as number, sorted.at(-1) as number]
  let next = 0
  return bucketsBetween(definition, level, first - LONGEST[level], last + seconds).filter(({ from, to }) => {
    while ((sorted[next] ?? Number.POSITIVE_INFINITY) + seconds <= from) next++
    const start = sorted[next]
    return start !== undefined && start < to
  })
}

/** From the first that begins at or after `from` to the last that begins before `to`. */
export function bucketsBetween(definition: CubeDefinition, level: LongLevel, from: number, to: number): LongBucket[] {
  const { timezone } = definition.calendar
  const startsOf = level === 'day' ? dayStarts : monthStarts
  const bounds = startsOf(timezone, from * 1000, (to + LONGEST[level]) * 1000).map((ms) => ms / 1000)
  const step = coarsestStep(definition)
  return bounds.flatMap((start, i) => {
    const end = bounds[i + 1]
    if (end === undefined || start >= to) return []
    return [{ from: start, to: end, isKept: isKept(timezone, level, start, end, step) }]
  })
}

function coarsestStep({ rollups }: CubeDefinition): number {
  return rollups.reduce<number>((most, { step }) => Math.max(most, STEP_SECONDS[step]), STEP_SECONDS.quarter_hour)
}

function isKept(timezone: string, level: LongLevel, from: number, to: number, step: number): boolean {
  const bounds = level === 'day' ? [from, to] : dayStarts(timezone, from * 1000, to * 1000).map((ms) => ms / 1000)
  return bounds.every((bound) => bound % step === 0 && bound >= 0 && bound < MOST_SECONDS)
}

/** What a DateTime can hold. */
const MOST_SECONDS = 2 ** 32
