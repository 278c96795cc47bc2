import { column, count, defineCube, formula, persons, property, sum } from '../define/define-cube.ts'

/** Money: every event with an amount. Amounts of different currencies are not the same thing: ask by currency, or for one. */
export const REVENUE_CUBE = defineCube({
  name: 'revenue',
  label: 'Revenue',
  description: 'Payments and refunds, each in its own currency',
  base: { table: 'events', time: 'occurred_at', where: 'revenue != 0', person: 'visitor_id' },
  dimensions: {
    currency: column('currency'),
    event: column('name', { label: 'Event' }),
    plan: property('plan'),
    category: property('category'),
    method: property('method', { label: 'Way of payment' }),
    country: column('country'),
    channel: column('channel'),
    campaign: column('campaign_name', { label: 'Campaign' }),
    source: column('source'),
    environment: column('environment'),
  },
  measures: {
    revenue: sum('revenue', { number: 'decimal', format: 'currency' }),
    payments: count({ only: 'revenue > 0' }),
    refunds: count({ only: 'revenue < 0', better: 'lower' }),
    refunded: sum('-revenue', { only: 'revenue < 0', number: 'decimal', format: 'currency', better: 'lower' }),
    payers: persons({ only: 'revenue > 0' }),
    revenue_per_payer: formula('revenue / payers', { format: 'currency' }),
  },
  defaultFilters: { environment: ['production'] },
  always: ['source', 'currency'],
})
