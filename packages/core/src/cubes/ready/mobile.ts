import { average, column, count, defineCube, mean, persons, trailing } from '../define/define-cube.ts'

/** What clients call the first start of an app. */
const INSTALLS = `'install', 'app_installed', 'Application Installed', 'first_open', '$ae_first_open'`

/** Apps: who installed them through which channel, and what came of it. */
export const MOBILE_CUBE = defineCube({
  name: 'mobile',
  label: 'Mobile',
  description: 'Installs, registrations and sessions by network, campaign, ad group and creative',
  base: { table: 'events', time: 'occurred_at', where: `app_platform != ''`, person: 'visitor_id' },
  dimensions: {
    network: column('campaign_source', { label: 'Network' }),
    campaign: column('campaign_name', { label: 'Campaign' }),
    adgroup: column('campaign_content', { label: 'Ad group' }),
    creative: column('campaign_term', { label: 'Creative' }),
    channel: column('channel'),
    event: column('name', { label: 'Event' }),
    platform: column('app_platform', { label: 'Platform' }),
    app: column('app_name', { label: 'App' }),
    app_version: column('app_version'),
    country: column('country'),
    source: column('source'),
    environment: column('environment'),
  },
  measures: {
    events: count(),
    installs: count({ only: `name IN (${INSTALLS})` }),
    registrations: count({ only: `name IN ('registration', 'register', 'sign_up', 'signup')` }),
    sessions: count({ only: `name IN ('session', 'session_start')` }),
    average_session: average('duration_ms', {
      label: 'Average session duration',
      only: `name = 'session' AND duration_ms > 0`,
      format: 'milliseconds',
    }),
    users: persons(),
    dau: mean('users', 'day', { label: 'Daily active users', format: 'integer' }),
    wau: trailing('users', 7, { label: 'Weekly active users' }),
    mau: trailing('users', 28, { label: 'Monthly active users' }),
  },
  defaultFilters: { environment: ['production'] },
  always: ['source', 'platform'],
  rollups: [
    { dimensions: [], step: 'hour' },
    { dimensions: ['network', 'campaign', 'adgroup', 'creative'], step: 'hour' },
    ...['channel', 'event', 'country', 'app_version'].map((dimension) => ({
      dimensions: [dimension],
      step: 'hour' as const,
    })),
  ],
})
