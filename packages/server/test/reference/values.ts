import type { Grain } from '@almanac/core/time/grain.ts'
import { type Bucket, bucketName, bucketsOf, type Calendar } from './buckets.ts'
import { type About, isAbout, type ReferenceCube, type ReferenceMeasure, type ReferenceValue } from './cube.ts'
import { localTime, startOfDate } from './local-time.ts'
import { type RowMeasure, valueOfRows } from './value-of-rows.ts'

/** What a cell of an answer is about: some rows and a stretch of time. */
export interface Cell<R> {
  /** That match the filters and belong to the cell's dimensions, whenever they are; by time. */
  readonly rows: readonly R[]
  /** The same for all dimensions together. */
  readonly all: readonly R[]
  readonly window: Bucket
}

export interface Setting<R> {
  readonly cube: ReferenceCube<R>
  readonly calendar: Calendar
  readonly now: number
}

/** The value of a measure in a cell that has rows for something; null where the measure itself has nothing to say. */
export function figureOf<R>(name: string, cell: Cell<R>, setting: Setting<R>): ReferenceValue {
  const measure = measureOf(name, setting.cube)
  const value = computed(measure, cell, setting)
  return value === null && measure.gaps === 'zero' ? 0 : value
}

/** Whether there is anything from which a measure could have a value in a cell. */
export function hasRows<R>(name: string, cell: Cell<R>, setting: Setting<R>): boolean {
  const measure = measureOf(name, setting.cube)
  switch (measure.kind) {
    case 'formula':
      return inputsOf(measure).some((input) => hasRows(input, cell, setting))
    case 'trailing':
    case 'to_date':
      return within(cell.rows, widened(measure, cell.window, setting), setting.cube).length > 0
    case 'mean':
      return begunRows(measure, cell, setting).length > 0
    case 'share':
      return hasRows(measure.measure, cell, setting)
    default:
      return within(cell.rows, cell.window, setting.cube).length > 0
  }
}

export function measureOf<R>(name: string, cube: ReferenceCube<R>): ReferenceMeasure<R> {
  const measure = cube.measures[name]
  if (!measure) throw new Error(`the reference has no measure ${name}`)
  return measure
}

/** Found by letting the formula ask. */
function inputsOf<R>(measure: Extract<ReferenceMeasure<R>, { kind: 'formula' }>): string[] {
  const asked: string[] = []
  measure.of((input) => {
    asked.push(input)
    return 1
  })
  return asked
}

function computed<R>(measure: ReferenceMeasure<R>, cell: Cell<R>, setting: Setting<R>): ReferenceValue {
  const { cube } = setting
  switch (measure.kind) {
    case 'formula':
      return measure.of((input) => exact(figureOf(input, cell, setting)))
    case 'trailing':
    case 'to_date':
      return bare(measure.measure, { ...cell, window: widened(measure, cell.window, setting) }, setting)
    case 'mean':
      return meanOf(measure, cell, setting)
    case 'share':
      return shareOf(
        figureOf(measure.measure, cell, setting),
        bare(measure.measure, { ...cell, rows: cell.all }, setting),
      )
    default:
      return ofRows(measure, within(cell.rows, cell.window, cube), cube)
  }
}

/** Without what stands in gaps. */
const bare = <R>(name: string, cell: Cell<R>, setting: Setting<R>) =>
  computed(measureOf(name, setting.cube), cell, setting)

const ofRows = <R>(measure: RowMeasure<R>, rows: readonly R[], { timeMs }: ReferenceCube<R>): ReferenceValue =>
  rows.length === 0 ? null : valueOfRows(measure, rows, timeMs)

function shareOf(part: ReferenceValue, whole: ReferenceValue): number | null {
  const [numerator, denominator] = [exact(part), exact(whole)]
  return numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator
}

const widenedWindows = new Map<string, Bucket>()

/**
 * The days up to the end of the window, or from the start of the longer bucket in which it ends. While a window runs, it ends with
 * today; where it was cut off, it looks back from the end of that day.
 */
function widened<R>(
  measure: Extract<ReferenceMeasure<R>, { kind: 'trailing' | 'to_date' }>,
  window: Bucket,
  { calendar, now }: Setting<R>,
): Bucket {
  const isRunning = window.start <= now && now < window.end
  const lastDay = isRunning ? Math.min(window.end, endOfDay(now, calendar)) : window.end
  const { uncutEnd } = window
  const end = uncutEnd === undefined ? lastDay : Math.min(uncutEnd, endOfDay(window.end, calendar))
  const wideEnd = uncutEnd === undefined ? end : window.end
  const key = JSON.stringify([measure.kind === 'trailing' ? measure.days : measure.grain, end, wideEnd, calendar])
  const known = widenedWindows.get(key)
  if (known) return known
  const start =
    measure.kind === 'trailing' ? daysBefore(end, measure.days, calendar) : startOfLonger(end, measure.grain, calendar)
  const wide = { start, end: wideEnd }
  widenedWindows.set(key, wide)
  return wide
}

function endOfDay(ms: number, { timezone }: Calendar): number {
  const next = Temporal.PlainDate.from(localTime(ms, timezone).date).add({ days: 1 })
  return startOfDate(next.toString(), timezone)
}

function daysBefore(ms: number, days: number, { timezone }: Calendar): number {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone).subtract({ days }).epochMilliseconds
}

function startOfLonger(end: number, grain: Grain, calendar: Calendar): number {
  const [longer] = bucketsOf(end - 1, end, grain, calendar)
  if (!longer) throw new Error('every instant lies in a bucket')
  return longer.start
}

/** Buckets without rows count as zero for measures that are zero there; buckets that have not begun do not count. */
function meanOf<R>(measure: Mean<R>, cell: Cell<R>, setting: Setting<R>): number | null {
  const { calendar, cube } = setting
  const base = measureOf(measure.measure, cube) as RowMeasure<R>
  const rows = begunRows(measure, cell, setting)
  if (rows.length === 0) return null
  const groups = Map.groupBy(rows, (row) => bucketName(cube.timeMs(row), measure.grain, calendar))
  const values = [...groups.values()].flatMap((group) => exact(ofRows(base, group, cube)) ?? [])
  const count = base.gaps === 'zero' ? begunBuckets(measure, cell, setting).length : values.length
  return count === 0 ? null : values.reduce((sum, value) => sum + value, 0) / count
}

type Mean<R> = Extract<ReferenceMeasure<R>, { kind: 'mean' }>
const fineBuckets = new Map<string, readonly Bucket[]>()

function begunBuckets<R>({ grain }: Mean<R>, { window }: Cell<R>, { calendar, now }: Setting<R>): readonly Bucket[] {
  const key = JSON.stringify([grain, window, calendar, now])
  const known = fineBuckets.get(key)
  if (known) return known
  const begun = bucketsOf(window.start, window.end, grain, calendar).filter(
    ({ start }) => Math.max(start, window.start) <= now,
  )
  fineBuckets.set(key, begun)
  return begun
}

function begunRows<R>(measure: Mean<R>, cell: Cell<R>, setting: Setting<R>): readonly R[] {
  const end = begunBuckets(measure, cell, setting).at(-1)?.end ?? cell.window.start
  return within(cell.rows, { start: cell.window.start, end: Math.min(end, cell.window.end) }, setting.cube)
}

/** The part of rows that lies in a stretch of time; they are sorted by it. */
export function within<R>(rows: readonly R[], { start, end }: Bucket, { timeMs }: ReferenceCube<R>): readonly R[] {
  return rows.slice(firstFrom(rows, start, timeMs), firstFrom(rows, end, timeMs))
}

function firstFrom<R>(rows: readonly R[], ms: number, timeMs: (row: R) => number): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (timeMs(rows[middle] as R) < ms) low = middle + 1
    else high = middle
  }
  return low
}

function exact(value: number | null | About): number | null {
  if (isAbout(value)) throw new Error('nothing is computed from what is only about right')
  return value
}
