import type { CubeDefinition } from './cube.ts'

/** Visits, each in the hour in which it began, with all that happened in it. */
export const VISITS_CUBE: CubeDefinition = {
  name: 'visits',
  label: 'Visits',
  // A row without events holds signs of life that no visit came before.
  base: { table: 'visits', isReplacing: true, where: 'events > 0', timeColumn: 'started_at' },
  dimensions: {
    entry_page: { label: 'Entry page', sql: 'entry_page', type: 'string' },
    exit_page: { label: 'Exit page', sql: 'exit_page', type: 'string' },
    referrer: { label: 'Referrer', sql: 'referrer_host', type: 'string' },
    campaign_source: { label: 'Campaign source', sql: 'campaign_source', type: 'string' },
    campaign_medium: { label: 'Campaign medium', sql: 'campaign_medium', type: 'string' },
    campaign_name: { label: 'Campaign', sql: 'campaign_name', type: 'string' },
    country: { label: 'Country', sql: 'country', type: 'string' },
    browser: { label: 'Browser', sql: 'browser', type: 'string' },
    device: { label: 'Device', sql: 'device_type', type: 'string' },
    is_bot: { label: 'Bot', sql: 'is_bot', type: 'boolean' },
    source: { label: 'Source', sql: 'source', type: 'string' },
    environment: { label: 'Environment', sql: 'environment', type: 'string' },
  },
  measures: {
    visits: { label: 'Visits', format: 'integer', better: 'higher', class: 'additive', sql: 'count()' },
    visitors: {
      label: 'Visitors',
      format: 'integer',
      better: 'higher',
      class: 'mergeable',
      aggregate: 'uniqExact',
      of: 'person_id',
      only: 'person_id != 0',
      ofType: 'UInt64',
    },
    bounces: { label: 'Bounces', format: 'integer', better: 'lower', class: 'additive', sql: 'countIf(is_bounce)' },
    page_views: { label: 'Page views', format: 'integer', better: 'higher', class: 'additive', sql: 'sum(page_views)' },
    duration: {
      label: 'Duration in seconds',
      format: 'integer',
      better: 'higher',
      class: 'additive',
      sql: 'sum(duration_seconds)',
    },
  },
  defaultFilters: { environment: ['production'] },
}
