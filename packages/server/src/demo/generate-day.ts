import { botEventsOn } from './bots/bots.ts'
import type { Calendar } from './company/calendar.ts'
import type { Company } from './company/company.ts'
import { DAY_MS, epochDayOf, HOUR_MS } from './company/epoch-day.ts'
import type { DemoEvent } from './demo-event.ts'
import { playAppVisit } from './people/app-session.ts'
import { billingEventsOn } from './people/billing.ts'
import { MAX_LATE_DAYS, type Visit } from './people/visits.ts'
import { playWebVisit } from './people/web-session.ts'
import { sandboxEventsOn } from './sandbox.ts'

/** No visit lasts longer: three episodes or films, twice, and the time between. */
const LONGEST_VISIT_MS = 18 * HOUR_MS

/**
 * What the company's server receives on a UTC day, in the order of receipt: the day's own events, the rest of visits
 * that began the day before, and what phones that were offline for up to three days send at last. The days of a history
 * one after the other give every event once. One day is held in memory, no more.
 */
export function* generateDay(day: Temporal.PlainDate, company: Company): Generator<DemoEvent> {
  const epochDay = epochDayOf(day)
  const from = epochDay * DAY_MS
  const isReceived = ({ receivedAt }: DemoEvent) => receivedAt >= from && receivedAt < from + DAY_MS
  const events: DemoEvent[] = []
  for (let ageDays = 0; ageDays <= MAX_LATE_DAYS + 1; ageDays++) {
    for (const visit of company.visitsOn(epochDay - ageDays)) {
      if (mayReach(visit, from)) events.push(...playVisit(company.calendar, visit).filter(isReceived))
    }
  }
  for (const started of [epochDay - 1, epochDay]) {
    events.push(...botEventsOn(company.calendar, started).filter(isReceived))
  }
  events.push(...billingEventsOn(company.cohortOf, epochDay).filter(isReceived))
  events.push(...sandboxEventsOn(epochDay))
  yield* events.sort((a, b) => a.receivedAt - b.receivedAt)
}

export function playVisit(calendar: Calendar, visit: Visit, key?: string): DemoEvent[] {
  return visit.surface === 'app' ? playAppVisit(calendar, visit, key) : playWebVisit(calendar, visit, key)
}

/** Spares playing out the visits of earlier days that were over before `from`. */
function mayReach({ startAt, lateMs }: Visit, from: number): boolean {
  return startAt + (lateMs ?? 0) + LONGEST_VISIT_MS >= from
}
