import { average, column, count, defineCube, persons, ratio, sum } from '../define/define-cube.ts'

/** Visits, each in the hour in which it began, with all that happened in it. */
export const VISITS_CUBE = defineCube({
  name: 'visits',
  label: 'Visits',
  description: 'What one person did without a longer pause',
  // A row without events holds signs of life that no visit came before.
  base: { table: 'visits', time: 'started_at', where: 'events > 0', person: 'person_id', isReplacing: true },
  dimensions: {
    entry_page: column('entry_page', { wide: true }),
    exit_page: column('exit_page', { wide: true }),
    referrer: column('referrer_host', { label: 'Referrer' }),
    channel: column('channel'),
    campaign_source: column('campaign_source'),
    campaign_medium: column('campaign_medium'),
    campaign_name: column('campaign_name', { label: 'Campaign' }),
    country: column('country'),
    browser: column('browser'),
    device: column('device_type', { label: 'Device' }),
    is_bot: column('is_bot', { label: 'Bot', type: 'boolean' }),
    source: column('source'),
    environment: column('environment'),
  },
  measures: {
    visits: count(),
    visitors: persons(),
    bounces: count({ only: 'is_bounce', better: 'lower' }),
    bounce_rate: ratio({ only: 'is_bounce' }, {}, { format: 'percent', better: 'lower' }),
    page_views: sum('page_views', { number: 'integer' }),
    pages_per_visit: average('page_views', { format: 'decimal' }),
    duration: sum('duration_seconds', { number: 'integer', label: 'Time spent', format: 'seconds' }),
    average_duration: average('duration_seconds', { format: 'seconds' }),
  },
  defaultFilters: { environment: ['production'] },
  always: ['source', 'is_bot'],
})
