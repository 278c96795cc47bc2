import { type Calendar, historyDayOf, isInOutage, outageOf, releaseFactor, weekdayFactor } from '../company/calendar.ts'
import { type Cohort, FOLLOWED_DAYS, followedOn } from '../company/cohort.ts'
import { HOUR_MS } from '../company/epoch-day.ts'
import { stateOn } from '../company/membership.ts'
import { type HourShares, pickInstant } from '../company/rhythm.ts'
import { draw, PURPOSE, randomFor } from '../random.ts'
import { prefersApp, type Visitor } from './visitor.ts'

/** One person's coming, decided before it is played out: who, when, where and what for. */
export interface Visit {
  readonly visitor: Visitor
  readonly epochDay: number
  /** 0 for the person's first visit of the day. */
  readonly ordinal: number
  readonly startAt: number
  readonly surface: 'web' | 'app'
  readonly isFirst: boolean
  readonly isSignUp: boolean
  /** The app is new on the person's phone. */
  readonly isInstall: boolean
  /** The mailing that brought the person back, if one did. */
  readonly isFromMailing: boolean
  /** The phone was offline, and its events came in only this long after the start. */
  readonly lateMs: number | undefined
}

export interface VisitPlan {
  readonly calendar: Calendar
  readonly cohortOf: (epochDay: number) => Cohort
  readonly hourSharesOf: (epochDay: number, timezone: string) => HourShares
}

/** The longest that a phone keeps events before it is online again. */
export const MAX_LATE_DAYS = 3
const LATE_RATE = 0.035
/** The win-back mailing goes out on this day of the history and works for two days. */
const MAILING_DAY = 44

/** All visits that start on the day, in no particular order. */
export function planVisits(plan: VisitPlan, epochDay: number): Visit[] {
  const visits: Visit[] = []
  for (let ageDays = 0; ageDays <= FOLLOWED_DAYS; ageDays++) {
    for (const visitor of followedOn(plan.cohortOf(epochDay - ageDays), ageDays)) {
      if (!comesOn(plan.calendar, visitor, epochDay)) continue
      visits.push(planVisit(plan, visitor, epochDay, 0))
      if (comesTwice(visitor, epochDay)) visits.push(planVisit(plan, visitor, epochDay, 1))
    }
  }
  return visits
}

function comesOn(calendar: Calendar, visitor: Visitor, epochDay: number): boolean {
  return draw(PURPOSE.visits, visitor.arrivalDay, visitor.number, epochDay) < visitChance(calendar, visitor, epochDay)
}

function visitChance(calendar: Calendar, visitor: Visitor, epochDay: number): number {
  const ageDays = epochDay - visitor.arrivalDay
  if (ageDays === 0 || epochDay === visitor.membership?.signUpDay) return 1
  const usual = usualChance(visitor, epochDay) * mailingFactor(calendar, visitor, epochDay)
  return usual * weekdayFactor(epochDay) * releaseFactor(calendar, epochDay)
}

function usualChance(visitor: Visitor, epochDay: number): number {
  const ageDays = epochDay - visitor.arrivalDay
  switch (stateOn(visitor.membership, epochDay)) {
    case 'visitor':
      return 0.002 + 0.1 * Math.exp(-ageDays / 6)
    case 'registered':
      return 0.04
    case 'trial':
      return 0.3 + 0.45 * visitor.engagement
    case 'subscriber':
      return 0.1 + 0.6 * visitor.engagement
    case 'former':
      return 0.01
  }
}

function mailingFactor(calendar: Calendar, visitor: Visitor, epochDay: number): number {
  return isReachedByMailing(calendar, visitor, epochDay) ? 12 : 1
}

function isReachedByMailing(calendar: Calendar, visitor: Visitor, epochDay: number): boolean {
  const days = historyDayOf(calendar, epochDay) - MAILING_DAY
  if (days < 0 || days > 1) return false
  const state = stateOn(visitor.membership, epochDay)
  return state === 'registered' || state === 'former'
}

function comesTwice(visitor: Visitor, epochDay: number): boolean {
  if (epochDay === visitor.membership?.signUpDay) return false
  const state = stateOn(visitor.membership, epochDay)
  const chance = state === 'subscriber' || state === 'trial' ? 0.3 : 0.06
  return draw(PURPOSE.visit, visitor.arrivalDay, visitor.number, epochDay) < chance
}

/** What the visit is like follows from the person, the day and the ordinal; the trickle sets its own `startAt`. */
export function planVisit(plan: VisitPlan, visitor: Visitor, epochDay: number, ordinal: number): Visit {
  const random = randomFor(PURPOSE.visit, visitor.arrivalDay, visitor.number, epochDay * 2 + ordinal)
  const shares = plan.hourSharesOf(epochDay, visitor.city.timezone)
  const isSignUp = ordinal === 0 && epochDay === visitor.membership?.signUpDay
  const surface = prefersApp(visitor, epochDay) ? 'app' : 'web'
  const isInstall = surface === 'app' && ordinal === 0 && epochDay === installDay(plan.calendar, visitor, epochDay)
  const isLate = surface === 'app' && !isSignUp && !isInstall && random() < LATE_RATE
  const startAt = pickInstant(random, epochDay, shares)
  return {
    visitor,
    epochDay,
    ordinal,
    startAt: isSignUp ? afterOutage(plan.calendar, startAt) : startAt,
    surface,
    isFirst: ordinal === 0 && epochDay === visitor.arrivalDay,
    isSignUp,
    isInstall,
    isFromMailing: isReachedByMailing(plan.calendar, visitor, epochDay),
    lateMs: isLate ? HOUR_MS * (MAX_LATE_DAYS * 24) ** random() : undefined,
  }
}

/** The first day up to `until` on which the person comes by the app: who has an account gets it some time after. */
function installDay(calendar: Calendar, visitor: Visitor, until: number): number {
  let day = visitor.channel.name === 'app_store' ? visitor.arrivalDay : (visitor.membership?.signUpDay ?? until) + 1
  while (day < until && !(prefersApp(visitor, day) && comesOn(calendar, visitor, day))) day++
  return day
}

/** Who meant to sign up during the outage did it when it was over, so that the account's later steps stay true. */
function afterOutage(calendar: Calendar, startAt: number): number {
  return isInOutage(calendar, startAt)
    ? startAt + 2 * HOUR_MS + Math.floor((startAt - outageOf(calendar).from) / 4)
    : startAt
}
