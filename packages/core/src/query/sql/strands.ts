import type { CubeDefinition } from '../../cubes/cube.ts'
import type { Measure, Window as MeasureWindow } from '../../cubes/measure.ts'
import { AppError } from '../../errors.ts'
import { MAX_BUCKETS, startOfBucket } from '../../time/buckets.ts'
import type { Grain } from '../../time/grain.ts'
import type { NamedMeasure } from '../resolve/resolve-measures.ts'
import { withInputs } from '../resolve/resolve-measures.ts'
import { type QueryCalendar, type Window, windowsOf } from '../resolve/resolve-query.ts'

/**
 * Measures that are computed in the same way over the same stretches of time are one strand of a statement. The strands are
 * then laid beside each other, and what is derived is computed from them.
 */
export type Strand =
  /** Parts, merged by window. */
  | { readonly kind: 'plain'; readonly measures: readonly NamedMeasure[] }
  /** The last value of each thing, then summed. */
  | { readonly kind: 'last'; readonly measures: readonly NamedMeasure[]; readonly per: readonly string[] }
  /** From all raw rows. */
  | { readonly kind: 'exact'; readonly measures: readonly NamedMeasure[] }
  /** A measure over windows that overlap, each of which stands beside one of the statement's. */
  | {
      readonly kind: 'spread'
      readonly name: string
      readonly base: NamedMeasure
      readonly windows: readonly Window[]
      /** What they are made of. */
      readonly pieces: readonly Piece[]
    }
  /** The mean of a measure's values in finer buckets. */
  | {
      readonly kind: 'mean'
      readonly name: string
      readonly base: NamedMeasure
      /** The finer windows, each named by the instant from which on it counts, and how many of each of the statement's have begun. */
      readonly windows: readonly Window[]
      readonly begun: readonly number[]
    }
  /** Of all dimensions' values together. */
  | { readonly kind: 'total'; readonly measures: readonly NamedMeasure[] }

/** Of the time that windows overlap in; it lies in those from the first to the last, which is included. */
interface Piece extends Window {
  readonly first: number
  readonly last: number
}

/** The strands for these measures; values that only others are computed from are among them. */
export function strandsOf(
  measures: readonly NamedMeasure[],
  cube: CubeDefinition,
  windows: readonly Window[],
  calendar: QueryCalendar,
  nowMs: number,
): Strand[] {
  const needed = [...new Map(measures.flatMap((one) => withInputs(one, cube)).map((one) => [one.name, one])).values()]
  const shared = needed.flatMap((one) => baseOfShare(one, cube))
  const all = [...new Map([...needed, ...shared].map((one) => [one.name, one])).values()]
  const ofClass = (...classes: Measure['class'][]) => all.filter(({ measure }) => classes.includes(measure.class))

  const plain = ofClass(...PLAIN)
  const exact = ofClass('exact')
  const lasts = Map.groupBy(ofClass('last_value'), ({ measure }) =>
    measure.class === 'last_value' ? JSON.stringify(measure.per) : '',
  )
  return [
    ...(plain.length > 0 ? [{ kind: 'plain' as const, measures: plain }] : []),
    ...[...lasts].map(([per, measures]) => ({ kind: 'last' as const, measures, per: JSON.parse(per) as string[] })),
    ...(exact.length > 0 ? [{ kind: 'exact' as const, measures: exact }] : []),
    ...ofClass('window').flatMap((one) => windowStrand(one, cube, windows, calendar, nowMs)),
    ...(shared.length > 0 ? [{ kind: 'total' as const, measures: distinct(shared) }] : []),
  ]
}

/** Whether these measures are merged by window and nothing else: then one statement can merge them by longer stretches, too. */
export function arePlain(measures: readonly NamedMeasure[], cube: CubeDefinition): boolean {
  return measures
    .flatMap((one) => withInputs(one, cube))
    .every(({ measure }) => [...PLAIN, 'derived'].includes(measure.class))
}

const PLAIN: readonly Measure['class'][] = ['additive', 'extremal', 'decomposable', 'mergeable']

const distinct = (measures: readonly NamedMeasure[]) => [...new Map(measures.map((one) => [one.name, one])).values()]

function baseOfShare({ measure }: NamedMeasure, cube: CubeDefinition): NamedMeasure[] {
  return measure.class === 'window' && measure.window.kind === 'share' ? [baseOf(measure.measure, cube)] : []
}

function baseOf(name: string, cube: CubeDefinition): NamedMeasure {
  const measure = cube.measures[name]
  if (!measure) throw new Error(`a checked cube has no measure ${name}`)
  return { name, measure }
}

function windowStrand(
  { name, measure }: NamedMeasure,
  cube: CubeDefinition,
  windows: readonly Window[],
  calendar: QueryCalendar,
  nowMs: number,
): Strand[] {
  if (measure.class !== 'window') return []
  const base = baseOf(measure.measure, cube)
  const { window } = measure
  switch (window.kind) {
    case 'trailing':
    case 'to_date': {
      const wide = windows.map((one) => widened(one, window, calendar, nowMs))
      return [{ kind: 'spread', name, base, windows: wide, pieces: piecesOf(name, wide) }]
    }
    case 'mean':
      return [{ kind: 'mean', name, base, ...finerWindows(name, windows, window.grain, calendar, nowMs) }]
    case 'share':
      return []
  }
}

/** As many as a range and four comparisons have buckets at most. */
const MOST_FINER = 5 * MAX_BUCKETS

/** Two neighbours may share a bucket of the finer grain, so it does not go by the start of that. */
function finerWindows(
  name: string,
  windows: readonly Window[],
  grain: Grain,
  calendar: QueryCalendar,
  nowMs: number,
): { windows: Window[]; begun: number[] } {
  const finer: Window[] = []
  const begun = windows.map(({ from, to }) => {
    const inside = windowsOf(zoned(from, calendar), zoned(to, calendar), grain, calendar)
    if (finer.length + inside.length > MOST_FINER) {
      throw tooManyParts(`the mean "${name}" would be taken of more than ${MOST_FINER} buckets by ${grain}`)
    }
    for (const one of inside) finer.push({ ...one, start: one.from })
    return inside.filter(({ from }) => from <= nowMs).length
  })
  return { windows: finer, begun }
}

function tooManyParts(message: string): AppError {
  return new AppError('invalid_query', message, { hint: 'choose a coarser grain or a shorter range' })
}

/** More would keep an engine busy for longer than anybody waits. */
const MOST_OVERLAPS = 2_000_000

/** Time is cut at every border of a window. Both ends of the windows ascend, so those that a piece lies in follow one another. */
function piecesOf(name: string, windows: readonly Window[]): Piece[] {
  const cuts = [...new Set(windows.flatMap(({ from, to }) => [from, to]))].sort((a, b) => a - b)
  const pieces: Piece[] = []
  let first = 0
  let last = -1
  let overlaps = 0
  for (const [i, from] of cuts.entries()) {
    const to = cuts[i + 1]
    if (to === undefined) break
    while ((windows[first] as Window).to <= from) first++
    while ((windows[last + 1]?.from ?? to) < to) last++
    if (last < first) continue
    pieces.push({ start: from, from, to, first, last })
    overlaps += last - first + 1
  }
  if (overlaps <= MOST_OVERLAPS) return pieces
  throw tooManyParts(`each bucket of "${name}" reaches so far back that they have ${overlaps} parts together`)
}

const zoned = (ms: number, { timezone }: QueryCalendar) =>
  Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone)

/**
 * Back from the end of a window, or, while it runs, from the end of the day that it has come to: the days of a month that are
 * still to come have nothing to say of those who are active in it. What such a window is compared with to date looks back from
 * the end of the day that it was cut off in, and ends where it was cut off: 27 days and the morning of the last one on both sides,
 * of which only that morning is not read by the day. Its start stays its name.
 */
function widened(
  { start, from: begin, to, uncutTo }: Window,
  window: Extract<MeasureWindow, { kind: 'trailing' | 'to_date' }>,
  calendar: QueryCalendar,
  nowMs: number,
): Window {
  const endOfDay = (ms: number) => zoned(ms, calendar).startOfDay().add({ days: 1 }).epochMilliseconds
  const isRunning = begin <= nowMs && nowMs < to
  const whole = isRunning ? Math.min(to, endOfDay(nowMs)) : to
  const end = zoned(uncutTo === undefined ? whole : Math.min(uncutTo, endOfDay(to)), calendar)
  const from =
    window.kind === 'trailing'
      ? end.subtract({ days: window.days })
      : startOfBucket(
          end.subtract({ milliseconds: 1 }),
          window.grain,
          calendar.firstDayOfWeek,
          calendar.fiscalYearStart,
        )
  if (uncutTo === undefined) return { start, from: from.epochMilliseconds, to: end.epochMilliseconds }
  // Cut off at the very beginning of what runs to date, it is empty, which no window may be.
  return { start, from: Math.min(from.epochMilliseconds, to - 1), to }
}
