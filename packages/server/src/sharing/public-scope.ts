import type { Board } from '@almanac/core/boards/board.ts'
import type { BoardScope } from '@almanac/core/boards/widget-query.ts'
import { AppError } from '@almanac/core/errors.ts'
import { effectiveGrain } from '@almanac/core/time/grain-choice.ts'
import { parseMoment, zonedText } from '@almanac/core/time/moment.ts'
import { ALL_TIME, LONG_AGO_TO_NOW, parseRange } from '@almanac/core/time/range-expression.ts'
import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { ALLOWED_CHOICES } from './share-link.ts'

/**
 * What the reader of a shared board sees. Nothing is taken from a request but what the link allows, so there is nothing that a
 * request could widen; filters never are allowed. Where the reader may not choose the range, the zone and the first day of the
 * week are not the reader's, either: both move its edges.
 */
export interface PublicScopeRequest {
  readonly board: Board
  readonly allowed: readonly string[]
  /** Of boards without one. */
  readonly timezone: string
  /** What the reader asks for; without it, all is the board's own. */
  readonly asked: BoardScope | undefined
  readonly now: Temporal.Instant
}

export function publicScope({ board, allowed, timezone: ownZone, asked, now }: PublicScopeRequest): BoardScope {
  const choices = new Set(allowed)
  const mayChooseRange = choices.has('range') && asked !== undefined
  const timezone = board.timezone ?? (mayChooseRange ? asked.timezone : ownZone)
  const firstDayOfWeek = mayChooseRange ? asked.firstDayOfWeek : MONDAY
  const range = mayChooseRange
    ? { from: parseMoment(asked.from, timezone), to: parseMoment(asked.to, timezone) }
    : ownRange(board, timezone, now)
  return {
    from: zonedText(range.from),
    to: zonedText(range.to),
    grain: choices.has('grain') && asked ? asked.grain : ownGrain(board, range),
    timezone,
    firstDayOfWeek,
    compare: choices.has('compare') && asked ? asked.compare : board.compare,
    filters: board.filters,
    variables: chosenValues(board, choices, asked),
  }
}

const MONDAY = 1

function ownRange({ range: text }: Board, timezone: string, now: Temporal.Instant): ZonedRange {
  const own = text.trim() === ALL_TIME ? LONG_AGO_TO_NOW : text
  const parsed = parseRange(own, parseMoment(now.toString(), timezone), MONDAY, 1)
  if ('range' in parsed) return parsed.range
  throw new AppError('invalid_query', `The range of this board is not one: ${parsed.problem}`)
}

const ownGrain = ({ grain }: Board, range: ZonedRange) => effectiveGrain(range, grain === 'auto' ? undefined : grain)

function chosenValues({ variables }: Board, choices: ReadonlySet<string>, asked: BoardScope | undefined) {
  return Object.fromEntries(
    variables.map(({ name, values }) => [name, (mayChoose(name, choices) && own(asked?.variables, name)) || values]),
  )
}

/** A variable that is called like another choice is not allowed by its name. */
export function mayChoose(variable: string, choices: ReadonlySet<string>): boolean {
  return choices.has(variable) && !ALLOWED_CHOICES.some((choice) => choice === variable)
}

const own = <T>(table: Readonly<Record<string, T>> | undefined, name: string) =>
  table !== undefined && Object.hasOwn(table, name) ? table[name] : undefined
