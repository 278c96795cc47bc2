import { column, defineEndpoint, each, param, value } from 'almanac/endpoints'
import { FROM_TO, RANGE, START_END } from '../lib/range.ts'

const WEB = {
  cube: 'web',
  measures: ['visitors', 'page_views'],
  filters: [
    { dimension: 'source', values: ['website'] },
    { dimension: 'is_bot', values: [false] },
  ],
}

// GET /api/awareness/webtraffic/week?start=2026-01-05&end=2026-02-02
export default defineEndpoint({
  path: '/awareness/webtraffic/{period}',
  summary: 'Visitors and page views of the website',
  description: 'Somebody who comes in several periods is one visitor in each, and one of all: the total is no sum.',
  parameters: { period: { type: 'choice', oneOf: ['hour', 'day', 'week', 'month', 'quarter', 'year'] }, ...RANGE },
  queries: {
    figures: { ...WEB, grain: param('period'), ...FROM_TO },
    all: { ...WEB, ...FROM_TO },
  },
  answer: {
    ...START_END,
    visitors: value('all', 'visitors', { otherwise: 0 }),
    pageViews: value('all', 'page_views', { otherwise: 0 }),
    figures: each('figures', {
      period: column('time'),
      visitors: column('visitors'),
      pageViews: column('page_views'),
    }),
  },
})
