import type { NativeEventInput } from '@almanac/core/events/native-event.ts'
import { TRIAL_DAYS } from '../company/plans.ts'
import { pickWeighted } from '../random.ts'
import { pause, record, type Session } from './session.ts'
import { userIdOf } from './visitor.ts'

/** The account is made, and with most people the trial starts; from here on the session's events carry the user's id. */
export function signUp(session: Session, fields: Pick<NativeEventInput, 'campaign'> = {}): void {
  const { visitor, random } = session
  const { membership } = visitor
  if (!membership) return
  session.userId = userIdOf(visitor)
  const { method } = pickWeighted(random, METHODS)
  const properties = { method, channel: visitor.channel.name, plan: membership.plan }
  record(session, 'sign_up', { ...fields, properties })
  pause(session, 40)
  if (!membership.hasTrial) return
  const billing = membership.isYearly ? 'yearly' : 'monthly'
  record(session, 'trial_started', { properties: { plan: membership.plan, billing, trialDays: TRIAL_DAYS } })
  pause(session, 10)
}

const METHODS = [
  { method: 'email', weight: 6 },
  { method: 'google', weight: 3 },
  { method: 'apple', weight: 2 },
]
