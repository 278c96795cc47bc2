import type { Board } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import type { Grain } from '@almanac/core/time/grain.ts'
import { effectiveGrain } from '@almanac/core/time/grain-choice.ts'
import { isTimeZone } from '@almanac/core/time/moment.ts'
import { ALL_TIME, isRelative, parseRange, rangeLabel } from '@almanac/core/time/range-expression.ts'
import { RANGE_PRESETS, type ZonedRange } from '@almanac/core/time/range-preset.ts'
import { type BoardSearch, comparisonsOf, filtersOf, type Refresh, variablesOf } from './board-search.ts'

/** What a reader sees of a board: the address, and where it is silent, the board. */
export interface ReaderChoice {
  readonly scope: BoardScope
  readonly range: ZonedRange
  /** As it was chosen, such as `28d`. */
  readonly rangeText: string
  /** `Last 28 days`; `undefined` for a range that has only its dates. */
  readonly rangeName: string | undefined
  /** Why another range is shown than the address says. */
  readonly problem: string | undefined
  readonly chosenGrain: Grain | 'auto'
  readonly refresh: Refresh
  readonly hasAnnotations: boolean
  /** Whether the range moves with the clock, and holds the present. */
  readonly isRunning: boolean
  /** Where the range lies is still being found out: nothing is asked yet. */
  readonly isPending: boolean
}

const FIRST_DAY_OF_WEEK = 1

/** `extent` is where data is; it counts for all time alone. `null`: nowhere. `undefined`: not known yet. */
export function readerChoice(
  board: Board,
  search: BoardSearch,
  at: Temporal.Instant,
  ownTimezone: string,
  extent?: ZonedRange | null,
): ReaderChoice {
  const timezone = chosenTimezone(board, search, ownTimezone)
  const now = at.toZonedDateTimeISO(timezone)
  const firstDayOfWeek = search.week ?? FIRST_DAY_OF_WEEK
  const { range, rangeText, problem } = chosenRange([search.range, board.range], now, firstDayOfWeek, extent)
  const chosenGrain = search.grain ?? board.grain
  const name = rangeLabel(rangeText)
  return {
    scope: {
      from: range.from.toInstant().toString(),
      to: range.to.toInstant().toString(),
      grain: effectiveGrain(range, chosenGrain === 'auto' ? undefined : chosenGrain),
      timezone,
      firstDayOfWeek,
      compare: comparisonsOf(search) ?? board.compare,
      filters: filtersOf(search) ?? board.filters,
      variables: chosenVariables(board, search),
    },
    range,
    rangeText,
    rangeName: name === rangeText ? undefined : name,
    problem,
    chosenGrain,
    refresh: search.refresh ?? board.refresh,
    hasAnnotations: search.annotations === undefined ? board.annotations.isShown : search.annotations === 'on',
    isRunning: isRelative(rangeText) && holds(range, now),
    isPending: rangeText === ALL_TIME && extent === undefined,
  }
}

/** The zone of the address, of the board, or of the browser. */
export function chosenTimezone(board: Board, search: BoardSearch, own: string): string {
  return search.tz ?? (board.timezone && isTimeZone(board.timezone) ? board.timezone : own)
}

export const wantsAllTime = (board: Board, search: BoardSearch) => (search.range ?? board.range) === ALL_TIME

/** The first that can be read; the board's may be wrong, too. */
function chosenRange(
  texts: readonly (string | undefined)[],
  now: Temporal.ZonedDateTime,
  firstDayOfWeek: number,
  extent: ZonedRange | null | undefined,
): Pick<ReaderChoice, 'range' | 'rangeText' | 'problem'> {
  let problem: string | undefined
  for (const text of texts) {
    if (text === undefined) continue
    if (text === ALL_TIME) return { range: upToToday(extent, now), rangeText: text, problem }
    const parsed = parseRange(text, now, firstDayOfWeek)
    if ('range' in parsed) return { range: parsed.range, rangeText: text, problem }
    problem ??= parsed.problem
  }
  return { range: RANGE_PRESETS['28d'].range(now), rangeText: '28d', problem }
}

/** What is still to come of the last week is empty for sure. */
function upToToday(extent: ZonedRange | null | undefined, now: Temporal.ZonedDateTime): ZonedRange {
  if (!extent) return RANGE_PRESETS['12mo'].range(now)
  const tomorrow = now.startOfDay().add({ days: 1 })
  const isAhead = Temporal.ZonedDateTime.compare(tomorrow, extent.to) < 0
  return isAhead && Temporal.ZonedDateTime.compare(extent.from, now) < 0 ? { from: extent.from, to: tomorrow } : extent
}

/** Only the board's own: others in an old address mean nothing any more. */
function chosenVariables(board: Board, search: BoardSearch): Record<string, readonly string[]> {
  const chosen = variablesOf(search)
  // A variable may be called "constructor".
  const valuesOf = (name: string) => (Object.hasOwn(chosen, name) ? chosen[name] : undefined)
  return Object.fromEntries(board.variables.map(({ name, values }) => [name, valuesOf(name) ?? values]))
}

function holds({ from, to }: ZonedRange, now: Temporal.ZonedDateTime): boolean {
  const { compare } = Temporal.ZonedDateTime
  return compare(from, now) <= 0 && compare(now, to) < 0
}
