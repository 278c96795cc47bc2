import type { HealthKind } from './health-counts.ts'

export interface ReasonCount {
  readonly reason: string
  readonly count: number
}

/** Of a span of time. */
export interface HealthTotals {
  readonly accepted: number
  /** Accepted, and known already: an event that a client sent again. */
  readonly duplicates: number
  readonly rejected: readonly ReasonCount[]
  readonly filtered: readonly ReasonCount[]
}

export interface SourceHealthFigures {
  /** Accepted ones, over the last one to two minutes. */
  readonly eventsPerSecond: number
  readonly lastEventAt: Date | undefined
  readonly lastHour: HealthTotals
  readonly today: HealthTotals
}

/** Where the spans begin, in milliseconds; counts are kept by the minute. */
export interface HealthSpans {
  readonly nowMs: number
  readonly rateFromMs: number
  readonly hourFromMs: number
  readonly todayFromMs: number
}

export interface HealthRow {
  readonly kind: HealthKind
  readonly reason: string
  readonly recent: number
  readonly lastHour: number
  readonly today: number
}

const MINUTE_MS = 60_000

export function healthSpans(nowMs: number, timezone: string): HealthSpans {
  const thisMinuteMs = Math.floor(nowMs / MINUTE_MS) * MINUTE_MS
  const local = Temporal.Instant.fromEpochMilliseconds(Math.floor(nowMs)).toZonedDateTimeISO(timezone)
  return {
    nowMs,
    rateFromMs: thisMinuteMs - MINUTE_MS,
    hourFromMs: thisMinuteMs - 59 * MINUTE_MS,
    todayFromMs: local.startOfDay().epochMilliseconds,
  }
}

export function healthFigures(
  { rows, lastEventAt }: { readonly rows: readonly HealthRow[]; readonly lastEventAt: Date | undefined },
  { nowMs, rateFromMs }: HealthSpans,
): SourceHealthFigures {
  const recent = sum(rows, 'accepted', 'recent')
  const eventsPerSecond = Math.round((recent / ((nowMs - rateFromMs) / 1000)) * 100) / 100
  return { eventsPerSecond, lastEventAt, lastHour: totals(rows, 'lastHour'), today: totals(rows, 'today') }
}

type Span = 'recent' | 'lastHour' | 'today'

function totals(rows: readonly HealthRow[], span: Span): HealthTotals {
  return {
    accepted: sum(rows, 'accepted', span),
    duplicates: sum(rows, 'duplicate', span),
    rejected: reasons(rows, 'rejected', span),
    filtered: reasons(rows, 'filtered', span),
  }
}

function sum(rows: readonly HealthRow[], kind: HealthKind, span: Span): number {
  return rows.reduce((total, row) => (row.kind === kind ? total + row[span] : total), 0)
}

/** The most frequent first. */
function reasons(rows: readonly HealthRow[], kind: HealthKind, span: Span): ReasonCount[] {
  return rows
    .filter((row) => row.kind === kind && row[span] > 0)
    .map((row) => ({ reason: row.reason, count: row[span] }))
    .sort((a, b) => b.count - a.count || (a.reason < b.reason ? -1 : 1))
}
