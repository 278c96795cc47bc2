import { column, defineEndpoint, each, param } from 'almanac/endpoints'
import { FROM_TO, RANGE, START_END } from '../lib/range.ts'

// GET /api/pipeline/month?start=2026-02-01&end=2026-04-01&compare=previous_month
export default defineEndpoint({
  path: '/pipeline/{period}',
  summary: 'Leads, MQLs and opportunities by week or month',
  description: 'Each beside those of another time, which `compare` names.',
  parameters: {
    period: { type: 'choice', oneOf: ['week', 'month'] },
    ...RANGE,
    compare: {
      type: 'choice',
      oneOf: ['previous_period', 'previous_week', 'previous_month', 'previous_quarter', 'previous_year'],
      default: 'previous_period',
      description: 'The range before this one, or this one a week, a month, … earlier.',
    },
  },
  queries: {
    figures: {
      cube: 'pipeline',
      measures: ['leads', 'mqls', 'opportunities', 'amount', 'mql_rate'],
      grain: param('period'),
      compare: [{ with: param('compare'), as: 'before' }],
      ...FROM_TO,
    },
  },
  answer: {
    ...START_END,
    figures: each('figures', {
      period: column('time', { as: 'date' }),
      leads: column('leads'),
      mqls: column('mqls'),
      opportunities: column('opportunities'),
      amount: column('amount', { digits: 2 }),
      mqlRate: column('mql_rate', { digits: 4 }),
      before: {
        leads: column('leads:before', { otherwise: 0 }),
        mqls: column('mqls:before', { otherwise: 0 }),
        opportunities: column('opportunities:before', { otherwise: 0 }),
        amount: column('amount:before', { digits: 2, otherwise: 0 }),
      },
    }),
  },
})
