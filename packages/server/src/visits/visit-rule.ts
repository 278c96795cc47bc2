/**
 * When a visit ends. By the standard rule: after thirty minutes without a sign of life, whatever the clock says. Matomo's rule
 * ends it at midnight of the source's time zone too, and where a page is opened by another campaign; other events may tell the
 * campaign that they are owed to, and part nothing.
 */
export interface VisitRule {
  readonly rule: 'standard' | 'matomo'
  /** IANA name; only Matomo's rule asks for it. */
  readonly timezone: string
}

export const STANDARD_RULE: VisitRule = { rule: 'standard', timezone: 'UTC' }

/** A gap of exactly this long begins a new visit, as with Matomo. */
export const GAP_MS = 30 * 60_000

/** Say that somebody is still there, and nothing else: they lengthen a visit and never begin one. */
export const SIGNS_OF_LIFE = ['ping', 'page_ping', 'engagement', 'session_duration', 'end_session'] as const

export const PAGE_VIEWS = ['page_view', 'screen_view'] as const

/** What clients and servers tell by themselves, without anybody having done anything on the page. */
export const NOT_INTERACTIVE = [
  ...PAGE_VIEWS,
  ...SIGNS_OF_LIFE,
  'request',
  'identify',
  'alias',
  'group',
  'attribution',
  'begin_session',
  'content_impression',
] as const

/** The first and the last millisecond of the days that a span touches. */
export function wholeDays(fromMs: number, toMs: number, timezone: string): { fromMs: number; toMs: number } {
  const day = (ms: number) => Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone).startOfDay()
  return { fromMs: day(fromMs).epochMilliseconds, toMs: day(toMs).add({ days: 1 }).startOfDay().epochMilliseconds - 1 }
}
