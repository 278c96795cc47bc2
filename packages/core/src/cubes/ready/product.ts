import { column, count, defineCube, formula, mean, persons, property, trailing } from '../define/define-cube.ts'

/** What clients call the moment from which on a product is of use to somebody. */
const ACTIVATIONS = `'activation', 'activated', 'onboarding_completed', 'Onboarding Completed', 'trial_started', 'Trial Started'`
const CONVERSIONS = `'subscription_started', 'Subscription Started', 'first_payment', 'converted'`
const REFERRALS = `'invite', 'invite_sent', 'Invite Sent', 'referral', 'share'`

/** What people do with a product: every event that a person stands behind, but for requests in a web server's log. */
export const PRODUCT_CUBE = defineCube({
  name: 'product',
  label: 'Product',
  description: 'Active users and what they do',
  base: { table: 'events', time: 'occurred_at', where: `name != 'request'`, person: 'visitor_id' },
  dimensions: {
    event: column('name', { label: 'Event' }),
    platform: column('app_platform', { label: 'Platform' }),
    app_version: column('app_version'),
    country: column('country'),
    device: column('device_type', { label: 'Device' }),
    language: column('language'),
    plan: property('plan'),
    is_bot: column('is_bot', { label: 'Bot', type: 'boolean' }),
    source: column('source'),
    environment: column('environment'),
  },
  measures: {
    events: count(),
    users: persons(),
    events_per_user: formula('events / users', { format: 'decimal' }),
    dau: mean('users', 'day', { label: 'Daily active users', format: 'integer' }),
    wau: trailing('users', 7, { label: 'Weekly active users' }),
    mau: trailing('users', 28, { label: 'Monthly active users' }),
    stickiness: formula('dau / mau', { format: 'percent' }),
    sign_ups: count({ only: `name IN ('sign_up', 'signup', 'register', 'registration')`, label: 'Sign-ups' }),
    activations: count({
      only: `name IN (${ACTIVATIONS})`,
      description: 'New accounts that get going: a trial, the end of the first steps, or an event named activated',
    }),
    activation_rate: formula('activations / sign_ups', { format: 'percent' }),
    conversions: count({ only: `name IN (${CONVERSIONS})`, label: 'New customers' }),
    referrals: count({
      only: `name IN (${REFERRALS})`,
      description: 'Invitations and recommendations by people who use it',
    }),
  },
  defaultFilters: { environment: ['production'], is_bot: [false] },
  always: ['source'],
  rollups: [
    { dimensions: [], step: 'hour' },
    ...['event', 'platform', 'country', 'plan'].map((dimension) => ({
      dimensions: [dimension],
      step: 'hour' as const,
    })),
  ],
})
