import { endOfBucket, startOfBucket } from './buckets.ts'
import type { Grain } from './grain.ts'

/**
 * One end of a range as people type it: `now`, `now-7d/d`, `now/w`, `now-1fy/fy`, `2026`, `2026-03`, `2026-03-12`,
 * `2026-03-12T10:00` (in the reader's zone) or an instant with an offset.
 *
 * `+` and `-` move by calendar units; `/unit` rounds: as the beginning of a range down, as its end up, so `now/d to now/d` is
 * today as a whole. Steps are taken from left to right.
 */
export type MomentExpression =
  | { readonly kind: 'now'; readonly steps: readonly Step[] }
  /** The first moment of a year, a month or a day, or a local time. */
  | { readonly kind: 'local'; readonly at: Temporal.PlainDateTime; readonly unit: 'year' | 'month' | 'day' | 'time' }
  | { readonly kind: 'instant'; readonly at: Temporal.Instant }

export type Step =
  | { readonly kind: 'shift'; readonly count: number; readonly unit: Unit }
  | { readonly kind: 'round'; readonly unit: Unit }

export type Unit = keyof typeof UNITS

export interface MomentContext {
  readonly now: Temporal.ZonedDateTime
  /** 1 is Monday. */
  readonly firstDayOfWeek: number
  /** 1 to 12. */
  readonly fiscalYearStart: number
}

interface UnitMeaning {
  readonly words: string
  readonly span: (count: number) => Temporal.DurationLike
  /** Seconds have no buckets. */
  readonly grain: Grain | undefined
  readonly isFiscal?: true
}

export const UNITS = {
  s: { words: 'second', span: (seconds) => ({ seconds }), grain: undefined },
  m: { words: 'minute', span: (minutes) => ({ minutes }), grain: 'minute' },
  h: { words: 'hour', span: (hours) => ({ hours }), grain: 'hour' },
  d: { words: 'day', span: (days) => ({ days }), grain: 'day' },
  w: { words: 'week', span: (weeks) => ({ weeks }), grain: 'week' },
  M: { words: 'month', span: (months) => ({ months }), grain: 'month' },
  q: { words: 'quarter', span: (count) => ({ months: 3 * count }), grain: 'quarter' },
  y: { words: 'year', span: (years) => ({ years }), grain: 'year' },
  fq: { words: 'fiscal quarter', span: (count) => ({ months: 3 * count }), grain: 'quarter', isFiscal: true },
  fy: { words: 'fiscal year', span: (years) => ({ years }), grain: 'year', isFiscal: true },
} as const satisfies Record<string, UnitMeaning>

const STEP = /\s*(?:([+-])\s*(\d{1,6})|(\/))\s*(fq|fy|[smhdwMqy])/y

/** `undefined` when it is none. */
export function parseMomentExpression(text: string): MomentExpression | undefined {
  const trimmed = text.trim()
  return /^now/i.test(trimmed) ? parseNow(trimmed.slice(3)) : (parseLocal(trimmed) ?? parseInstant(trimmed))
}

function parseNow(text: string): MomentExpression | undefined {
  const steps: Step[] = []
  let at = 0
  while (at < text.length) {
    STEP.lastIndex = at
    const match = STEP.exec(text)
    if (!match) return undefined
    const [whole, sign, count, slash, unit] = match as unknown as [string, string?, string?, string?, Unit?]
    if (slash) steps.push({ kind: 'round', unit: unit as Unit })
    else steps.push({ kind: 'shift', count: (sign === '-' ? -1 : 1) * Number(count), unit: unit as Unit })
    at += whole.length
  }
  return { kind: 'now', steps }
}

const LOCAL = /^(\d{4})(?:-(\d\d)(?:-(\d\d)(?:[T ](\d\d):(\d\d)(?::(\d\d))?)?)?)?$/

function parseLocal(text: string): MomentExpression | undefined {
  const match = LOCAL.exec(text)
  if (!match) return undefined
  const [year = 0, month, day, hour, minute, second] = match.slice(1).map((part) => (part ? Number(part) : undefined))
  const unit = month === undefined ? 'year' : day === undefined ? 'month' : hour === undefined ? 'day' : 'time'
  try {
    const fields = { year, month: month ?? 1, day: day ?? 1, hour: hour ?? 0, minute: minute ?? 0, second: second ?? 0 }
    return { kind: 'local', at: Temporal.PlainDateTime.from(fields, { overflow: 'reject' }), unit }
  } catch {
    return undefined
  }
}

function parseInstant(text: string): MomentExpression | undefined {
  try {
    return { kind: 'instant', at: Temporal.Instant.from(text) }
  } catch {
    return undefined
  }
}

/** Where the expression lies. `base` stands for `now` where nothing rounds it. */
export function momentOf(
  expression: MomentExpression,
  end: 'from' | 'to',
  context: MomentContext,
  base: Temporal.ZonedDateTime = context.now,
): Temporal.ZonedDateTime {
  const { timeZoneId } = context.now
  if (expression.kind === 'instant') return expression.at.toZonedDateTimeISO(timeZoneId)
  if (expression.kind === 'local') {
    // A date's first moment is not midnight where the clocks change at midnight.
    if (expression.unit === 'time') return expression.at.toZonedDateTime(timeZoneId)
    return expression.at.toPlainDate().toZonedDateTime(timeZoneId)
  }
  const start = isRounded(expression) ? context.now : base
  return expression.steps.reduce((at, step) => taken(at, step, end, context), start)
}

export function isRounded(expression: MomentExpression): boolean {
  return expression.kind !== 'now' || expression.steps.some(({ kind }) => kind === 'round')
}

function taken(at: Temporal.ZonedDateTime, step: Step, end: 'from' | 'to', context: MomentContext) {
  const { span, grain, ...unit } = UNITS[step.unit]
  if (step.kind === 'shift') return at.add(span(step.count))
  if (grain === undefined) return at.round({ smallestUnit: 'second', roundingMode: end === 'from' ? 'floor' : 'ceil' })
  const { firstDayOfWeek } = context
  const start = startOfBucket(at, grain, firstDayOfWeek, 'isFiscal' in unit ? context.fiscalYearStart : 1)
  return end === 'from' ? start : endOfBucket(start, grain, firstDayOfWeek)
}
