import { column, defineEndpoint, each, eachOfGroup, groups, total } from 'almanac/endpoints'
import { FROM_TO, RANGE, START_END } from '../lib/range.ts'

// GET /api/awareness/socialmedia/subscribers?start=2026-01-01&end=2026-04-01
export default defineEndpoint({
  path: '/awareness/socialmedia/subscribers',
  summary: 'Subscribers and followers by network',
  description: 'As of the last day of the range, how many more than on its first one, and as of the end of each month.',
  parameters: RANGE,
  queries: {
    networks: {
      cube: 'social',
      measures: ['subscribers', 'gained'],
      dimensions: ['network'],
      totals: [[]],
      order: [{ by: 'network', direction: 'asc' }],
      ...FROM_TO,
    },
    months: {
      cube: 'social',
      measures: ['subscribers'],
      dimensions: ['network'],
      grain: 'month',
      order: [
        { by: 'time', direction: 'asc' },
        { by: 'network', direction: 'asc' },
      ],
      ...FROM_TO,
    },
  },
  answer: {
    ...START_END,
    subscribers: total('networks', 'subscribers', { otherwise: 0 }),
    networks: each('networks', {
      network: column('network'),
      subscribers: column('subscribers'),
      gained: column('gained'),
    }),
    months: groups('months', [column('time', { as: 'month' })], {
      month: column('time', { as: 'month' }),
      networks: eachOfGroup({ network: column('network'), subscribers: column('subscribers') }),
    }),
  },
})
