import { MAX_LATE_DAYS, planVisits, type Visit, type VisitPlan } from '../people/visits.ts'
import { rememberRecent } from '../remember.ts'
import type { Calendar } from './calendar.ts'
import { FOLLOWED_DAYS, makeCohort } from './cohort.ts'
import { TIME_ZONES } from './countries.ts'
import { epochDayOf } from './epoch-day.ts'
import { hourShares } from './rhythm.ts'

/**
 * Tidelight, the company of the demo: a video-streaming service with a website and an app that does not exist. It is a
 * function of its first day: people arrive (`cohort.ts`), come back or not (`visits.ts`), some make an account and pay
 * (`membership.ts`, `billing.ts`), and things happen to all of them at once (`calendar.ts`).
 */
export interface Company extends VisitPlan {
  readonly visitsOn: (epochDay: number) => readonly Visit[]
}

/** The company whose history begins on `firstDay`. Keep the day: another one is another company. */
export function createCompany(firstDay: Temporal.PlainDate): Company {
  const calendar: Calendar = { firstDay: epochDayOf(firstDay) }
  const cohortOf = rememberRecent(FOLLOWED_DAYS + MAX_LATE_DAYS + 8, (day) => makeCohort(calendar, day))
  const sharesOn = rememberRecent(
    MAX_LATE_DAYS + 8,
    (day) => new Map(TIME_ZONES.map((timezone) => [timezone, hourShares(day, timezone)])),
  )
  const hourSharesOf: VisitPlan['hourSharesOf'] = (day, timezone) => {
    const shares = sharesOn(day).get(timezone)
    if (!shares) throw new Error(`no city of the company is in the time zone ${timezone}`)
    return shares
  }
  const plan: VisitPlan = { calendar, cohortOf, hourSharesOf }
  return { ...plan, visitsOn: rememberRecent(MAX_LATE_DAYS + 8, (day) => planVisits(plan, day)) }
}
