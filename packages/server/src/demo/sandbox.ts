import { DAY_MS, HOUR_MS, weekdayOf } from './company/epoch-day.ts'
import type { DemoEvent } from './demo-event.ts'
import { PURPOSE, randomFor, wholeBetween } from './random.ts'

const STEPS = [
  'page_view',
  'sign_up',
  'trial_started',
  'subscription_started',
  'payment',
  'play_started',
  'play_finished',
]

/** The company's own testers, on working days: a few events that must never show among the real ones. */
export function sandboxEventsOn(epochDay: number): DemoEvent[] {
  if (weekdayOf(epochDay) >= 5) return []
  const random = randomFor(PURPOSE.sandbox, epochDay, 0)
  const userId = `tester-${wholeBetween(random, 1, 4)}`
  let at = epochDay * DAY_MS + wholeBetween(random, 8, 14) * HOUR_MS
  return STEPS.map((name, n) => {
    at += wholeBetween(random, 2000, 90_000)
    const event = {
      id: `sandbox-${epochDay.toString(36)}-${n}`,
      name,
      time: at,
      environment: 'sandbox' as const,
      userId,
      country: 'DE',
      ...(name === 'page_view' && { url: 'https://staging.tidelight.example/sign-up', status: 200, bytes: 24_113 }),
      ...(name === 'payment' && { revenue: { amount: 9.99, currency: 'EUR' } }),
    }
    return { source: 'website', receivedAt: at + 120, event }
  })
}
