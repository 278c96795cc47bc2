import { exponential, pickWeighted, type Random, wholeBetween } from '../random.ts'
import type { Channel } from './channels.ts'
import { MONTH_DAYS, PLANS, type Plan, TRIAL_DAYS, YEAR_DAYS } from './plans.ts'

/** The course of an account, in epoch days; a step that never comes is `undefined`. */
export interface Membership {
  readonly isOnApp: boolean
  readonly plan: Plan['name']
  readonly isYearly: boolean
  readonly signUpDay: number
  /** The trial starts with the sign-up, or never. */
  readonly hasTrial: boolean
  /** The first payment: the day the trial ends. */
  readonly paidFrom: number | undefined
  readonly cancelDay: number | undefined
  readonly cancelReason: string
}

export type MemberState = 'visitor' | 'registered' | 'trial' | 'subscriber' | 'former'

const TRIAL_RATE = 0.86
const CANCEL_REASONS = [
  { reason: 'too_expensive', weight: 34 },
  { reason: 'not_enough_to_watch', weight: 26 },
  { reason: 'watched_what_i_came_for', weight: 20 },
  { reason: 'moved_to_another_service', weight: 12 },
  { reason: 'technical_problems', weight: 8 },
]

/** Most who sign up do it on their first visit, the rest within some two weeks. Who watches more, stays longer. */
export function makeMembership(
  random: Random,
  arrivalDay: number,
  channel: Channel,
  engagement: number,
): Membership | undefined {
  if (random() >= channel.signUpRate) return undefined
  const signUpDay = arrivalDay + (random() < 0.62 ? 0 : Math.min(16, 1 + Math.floor(exponential(random, 4))))
  const hasTrial = random() < TRIAL_RATE
  const converts = random() < 0.3 + 0.6 * engagement
  const paidFrom = hasTrial && converts ? signUpDay + TRIAL_DAYS : undefined
  const isYearly = random() < 0.14
  const monthsKept = Math.floor(exponential(random, 4 + 16 * engagement))
  const cancelAfterDays = monthsKept * MONTH_DAYS + wholeBetween(random, 2, MONTH_DAYS - 2)
  return {
    isOnApp: channel.name === 'app_store',
    plan: pickWeighted(random, PLANS).name,
    isYearly,
    signUpDay,
    hasTrial,
    paidFrom,
    cancelDay: paidFrom === undefined ? undefined : paidFrom + cancelAfterDays,
    cancelReason: pickWeighted(random, CANCEL_REASONS).reason,
  }
}

/** What the person is on a day. A cancelled subscription can be watched until the end of the period paid for. */
export function stateOn(membership: Membership | undefined, epochDay: number): MemberState {
  if (!membership || epochDay < membership.signUpDay) return 'visitor'
  if (!membership.hasTrial) return 'registered'
  if (epochDay < membership.signUpDay + TRIAL_DAYS) return 'trial'
  if (membership.paidFrom === undefined) return 'former'
  return epochDay < lastDayOf(membership, membership.paidFrom) ? 'subscriber' : 'former'
}

export function isPaymentDay(membership: Membership, epochDay: number): boolean {
  const { paidFrom, cancelDay } = membership
  if (paidFrom === undefined || epochDay < paidFrom) return false
  if (cancelDay !== undefined && epochDay > cancelDay) return false
  return (epochDay - paidFrom) % periodDays(membership) === 0
}

function lastDayOf(membership: Membership, paidFrom: number): number {
  if (membership.cancelDay === undefined) return Number.POSITIVE_INFINITY
  const days = periodDays(membership)
  return paidFrom + Math.ceil((membership.cancelDay - paidFrom) / days) * days
}

const periodDays = (membership: Membership) => (membership.isYearly ? YEAR_DAYS : MONTH_DAYS)
