import { column, defineEndpoint, each, value } from 'almanac/endpoints'
import { FROM_TO, RANGE, START_END } from '../lib/range.ts'

const DOWNLOADS = { cube: 'downloads', measures: ['downloads'], ...FROM_TO }

// GET /api/adoption/downloads?start=2026-01-01&end=2026-04-01
export default defineEndpoint({
  path: '/adoption/downloads',
  summary: 'Downloads of releases, by version and by month',
  parameters: RANGE,
  queries: {
    all: DOWNLOADS,
    versions: { ...DOWNLOADS, dimensions: ['version'], order: [{ by: 'version', direction: 'asc' }] },
    months: { ...DOWNLOADS, grain: 'month' },
  },
  answer: {
    ...START_END,
    downloads: value('all', 'downloads', { otherwise: 0 }),
    versions: each('versions', { version: column('version'), downloads: column('downloads') }),
    months: each('months', { month: column('time', { as: 'month' }), downloads: column('downloads') }),
  },
})
