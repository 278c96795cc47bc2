import type { Channel } from './channels.ts'
import { DAY_MS, HOUR_MS, weekdayOf } from './epoch-day.ts'

/**
 * What happened to the company, counted in days of its history: day 0 is the first one shown, day 89 the last of the
 * ninety. The company is older than its history and goes on after it, so every function answers for any day.
 */
export interface Calendar {
  /** The epoch day that is day 0. */
  readonly firstDay: number
}

export interface Campaign {
  readonly name: string
  readonly landingPath: string
  readonly channels: readonly Channel['name'][]
  /** First day, and the first day after it. */
  readonly from: number
  readonly to: number
  /** What it makes of the arrivals of its channels. */
  readonly factor: number
}

export const HISTORY_DAYS = 90

export const CAMPAIGNS: readonly Campaign[] = [
  {
    name: 'first-month-free',
    landingPath: '/offers/first-month-free',
    channels: ['paid_social', 'paid_search'],
    from: 18,
    to: 31,
    factor: 3.4,
  },
  {
    name: 'come-back-week',
    landingPath: '/offers/come-back',
    channels: ['newsletter', 'partner'],
    from: 44,
    to: 48,
    factor: 4,
  },
]
export const ALWAYS_ON = 'always-on'

export const RELEASE_DAY = 62
export const OUTAGE_DAY = 75
const WEEKDAYS = [0.88, 0.85, 0.87, 0.91, 1.06, 1.24, 1.19]

export function historyDayOf(calendar: Calendar, epochDay: number): number {
  return epochDay - calendar.firstDay
}

/** Arrivals compared with day 0: up to 1.85 on day 90, then ever more slowly, so that an old demo does not explode. */
export function growthOn(calendar: Calendar, epochDay: number): number {
  const day = historyDayOf(calendar, epochDay)
  if (day < 0) return Math.max(0.4, 1 + day * 0.0035)
  if (day <= HISTORY_DAYS) return 1 + (day / HISTORY_DAYS) * 0.85
  return 1.85 + 0.3 * (1 - Math.exp((HISTORY_DAYS - day) / 90))
}

/** Mondays are quiet, Saturdays are not; the average week is 1. */
export function weekdayFactor(epochDay: number): number {
  return WEEKDAYS[weekdayOf(epochDay)] as number
}

export function campaignOn(calendar: Calendar, epochDay: number, channel: Channel['name']): Campaign | undefined {
  const day = historyDayOf(calendar, epochDay)
  return CAMPAIGNS.find(({ from, to, channels }) => day >= from && day < to && channels.includes(channel))
}

/** How many days the hit has been out; `undefined` before its release. */
export function daysSinceRelease(calendar: Calendar, epochDay: number): number | undefined {
  const days = historyDayOf(calendar, epochDay) - RELEASE_DAY
  return days < 0 ? undefined : days
}

/** What the hit makes of a day's arrivals and visits: half as many again on the first evening, gone after two weeks. */
export function releaseFactor(calendar: Calendar, epochDay: number): number {
  const days = daysSinceRelease(calendar, epochDay)
  return days === undefined ? 1 : 1 + 0.5 * Math.exp(-days / 4)
}

/** Two hours of one evening in which the players and most pages answer 503. Milliseconds since 1970, half-open. */
export function outageOf(calendar: Calendar): { readonly from: number; readonly to: number } {
  const from = (calendar.firstDay + OUTAGE_DAY) * DAY_MS + 18 * HOUR_MS
  return { from, to: from + 2 * HOUR_MS }
}

export function isInOutage(calendar: Calendar, instantMs: number): boolean {
  const { from, to } = outageOf(calendar)
  return instantMs >= from && instantMs < to
}
