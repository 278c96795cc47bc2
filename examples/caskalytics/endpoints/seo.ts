import { column, defineEndpoint, each, groups, keyed } from 'almanac/endpoints'
import { FROM_TO, RANGE, START_END } from '../lib/range.ts'

// GET /api/awareness/seo?start=2026-01-05&end=2026-03-30
export default defineEndpoint({
  path: '/awareness/seo',
  summary: 'Positions in search engines, and the share of voice',
  parameters: RANGE,
  queries: {
    weeks: { cube: 'seo', measures: ['average_position', 'first_page'], grain: 'week', ...FROM_TO },
    keywords: {
      cube: 'seo',
      measures: ['average_position', 'best_position'],
      dimensions: ['keyword'],
      filters: [{ dimension: 'keyword', op: 'not_empty' }],
      order: [{ by: 'keyword', direction: 'asc' }],
      ...FROM_TO,
    },
    voice: {
      cube: 'seo',
      measures: ['share_of_voice'],
      dimensions: ['brand'],
      filters: [{ dimension: 'brand', op: 'not_empty' }],
      grain: 'week',
      ...FROM_TO,
    },
  },
  answer: {
    ...START_END,
    weeks: each('weeks', {
      week: column('time', { as: 'week' }),
      averagePosition: column('average_position', { digits: 2 }),
      firstPageKeywords: column('first_page'),
    }),
    keywords: each('keywords', {
      keyword: column('keyword'),
      averagePosition: column('average_position', { digits: 2 }),
      bestPosition: column('best_position'),
    }),
    shareOfVoice: groups('voice', [column('time', { as: 'week' })], {
      week: column('time', { as: 'week' }),
      brands: keyed(null, 'brand', column('share_of_voice')),
    }),
  },
})
