import type { CubeDefinition } from './cube.ts'
import { PERSON_JOIN, PERSON_SQL } from './person-sql.ts'

/** Hits on websites: page views that a tracker reports and requests that a web server's log holds. */
export const WEB_CUBE: CubeDefinition = {
  name: 'web',
  label: 'Web',
  base: {
    table: 'events',
    join: PERSON_JOIN,
    where: `name IN ('page_view', 'request')`,
    timeColumn: 'occurred_at',
  },
  dimensions: {
    path: { label: 'Page', sql: 'path', type: 'string' },
    status: { label: 'Status', sql: 'status', type: 'number' },
    country: { label: 'Country', sql: 'country', type: 'string' },
    referrer: { label: 'Referrer', sql: 'referrer_host', type: 'string' },
    browser: { label: 'Browser', sql: 'browser', type: 'string' },
    is_bot: { label: 'Bot', sql: 'is_bot', type: 'boolean' },
    source: { label: 'Source', sql: 'source', type: 'string' },
    environment: { label: 'Environment', sql: 'environment', type: 'string' },
  },
  measures: {
    hits: { label: 'Hits', format: 'integer', better: 'higher', class: 'additive', sql: 'count()' },
    visitors: {
      label: 'Visitors',
      format: 'integer',
      better: 'higher',
      class: 'mergeable',
      aggregate: 'uniqExact',
      of: PERSON_SQL,
      only: 'visitor_id != 0',
      ofType: 'UInt64',
      usesJoin: true,
    },
    bytes: { label: 'Bytes sent', format: 'bytes', better: 'higher', class: 'additive', sql: 'sum(bytes)' },
    errors: { label: 'Errors', format: 'integer', better: 'lower', class: 'additive', sql: 'countIf(status >= 400)' },
  },
  defaultFilters: { environment: ['production'] },
}
