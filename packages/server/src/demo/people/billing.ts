import type { NativeEventInput } from '@almanac/core/events/native-event.ts'
import { type Cohort, FOLLOWED_DAYS } from '../company/cohort.ts'
import { DAY_MS, HOUR_MS } from '../company/epoch-day.ts'
import { isPaymentDay, type Membership } from '../company/membership.ts'
import { priceOf, TRIAL_DAYS } from '../company/plans.ts'
import type { DemoEvent } from '../demo-event.ts'
import { PURPOSE, type Random, randomFor, wholeBetween } from '../random.ts'
import { deviceIdOf, keyOf, userIdOf, type Visitor } from './visitor.ts'

/** What the billing service reports: subscriptions that start and end, payments, refunds. Nobody need be visiting. */
export function billingEventsOn(cohortOf: (epochDay: number) => Cohort, epochDay: number): DemoEvent[] {
  const events: DemoEvent[] = []
  for (let ageDays = 1; ageDays <= FOLLOWED_DAYS; ageDays++) {
    for (const visitor of cohortOf(epochDay - ageDays).members) events.push(...billingOf(visitor, epochDay))
  }
  return events
}

function billingOf(visitor: Visitor, epochDay: number): DemoEvent[] {
  const { membership } = visitor
  if (!membership?.hasTrial) return []
  const steps = stepsOn(membership, visitor, epochDay)
  return steps.map(({ name, at, ...fields }, n) => {
    const id = `bill-${keyOf(visitor)}-${epochDay.toString(36)}-${n}`
    const event = { id, name, time: at, userId: userIdOf(visitor), country: visitor.country.code, ...fields }
    const device = membership.isOnApp ? { anonymousId: deviceIdOf(visitor) } : {}
    const receivedAt = at + wholeBetween(randomFor(PURPOSE.bill, at, n), 30, 400)
    return { source: membership.isOnApp ? 'mobile-app' : 'website', receivedAt, event: { ...event, ...device } }
  })
}

interface Step extends NativeEventInput {
  readonly at: number
}

function stepsOn(membership: Membership, visitor: Visitor, epochDay: number): Step[] {
  const { signUpDay, paidFrom, cancelDay, cancelReason, plan } = membership
  if (epochDay === signUpDay + TRIAL_DAYS && paidFrom === undefined) {
    return [{ name: 'trial_expired', at: instantOn(visitor, epochDay), properties: { plan } }]
  }
  if (isPaymentDay(membership, epochDay)) return paymentSteps(membership, visitor, epochDay)
  if (epochDay === cancelDay) {
    const properties = { plan, reason: cancelReason, daysSubscribed: epochDay - (paidFrom ?? epochDay) }
    return [{ name: 'subscription_cancelled', at: instantOn(visitor, epochDay), properties }]
  }
  return []
}

function paymentSteps(membership: Membership, visitor: Visitor, epochDay: number): Step[] {
  const random = randomFor(PURPOSE.bill, visitor.arrivalDay, visitor.number, epochDay)
  const at = instantOn(visitor, epochDay)
  const { plan, isYearly, isOnApp } = membership
  const { currency } = visitor.country
  const price = priceOf(plan, currency, isYearly)
  const isFirst = epochDay === membership.paidFrom
  const properties = {
    plan,
    category: isFirst ? 'new subscription' : isYearly ? 'yearly renewal' : 'renewal',
    billing: isYearly ? 'yearly' : 'monthly',
    method: methodOf(random, isOnApp),
    isFirst,
  }
  const isFailed = random() < 0.03
  const paidAt = isFailed ? at + 2 * HOUR_MS : at + 2000
  return [
    ...(isFirst ? [{ name: 'subscription_started', at, properties }] : []),
    ...(isFailed ? [{ name: 'payment_failed', at: at + 1000, properties }] : []),
    { name: 'payment', at: paidAt, revenue: { amount: price, currency }, properties },
    ...(random() < 0.008
      ? [
          {
            name: 'refund',
            at: paidAt + HOUR_MS,
            revenue: { amount: -price, currency },
            properties: { plan, category: 'refund' },
          },
        ]
      : []),
  ]
}

// Always at the same time of the day, and early enough for a second try and a refund before midnight.
function instantOn({ arrivalDay, number }: Visitor, epochDay: number): number {
  const timeOfDay = randomFor(PURPOSE.bill, arrivalDay, number)() * (DAY_MS - 4 * HOUR_MS)
  return epochDay * DAY_MS + Math.floor(timeOfDay)
}

function methodOf(random: Random, isOnApp: boolean): string {
  if (isOnApp) return 'app_store_billing'
  return random() < 0.6 ? 'card' : random() < 0.7 ? 'paypal' : 'direct_debit'
}
