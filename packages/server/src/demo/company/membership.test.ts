import { expect, test } from 'vitest'
import { isPaymentDay, type Membership, stateOn } from './membership.ts'

const member: Membership = {
  isOnApp: false,
  plan: 'standard',
  isYearly: false,
  signUpDay: 100,
  hasTrial: true,
  paidFrom: 107,
  cancelDay: 150,
  cancelReason: 'too_expensive',
}

test.each([
  { day: 99, state: 'visitor' },
  { day: 100, state: 'trial' },
  { day: 106, state: 'trial' },
  { day: 107, state: 'subscriber' },
  { day: 150, state: 'subscriber' },
  { day: 166, state: 'subscriber' },
  { day: 167, state: 'former' },
])('on day $day the person is a $state: who cancels may watch until the period ends', ({ day, state }) => {
  expect(stateOn(member, day)).toBe(state)
})

test('a month is paid every 30 days until it is cancelled', () => {
  const paid = Array.from({ length: 400 }, (_, day) => day).filter((day) => isPaymentDay(member, day))
  expect(paid).toEqual([107, 137])
})

test('who does not convert is a former member after the trial and never pays', () => {
  const tried = { ...member, paidFrom: undefined, cancelDay: undefined }
  expect(stateOn(tried, 107)).toBe('former')
  expect(isPaymentDay(tried, 107)).toBe(false)
})

test('who signs up without a trial stays registered', () => {
  expect(stateOn({ ...member, hasTrial: false }, 300)).toBe('registered')
})
