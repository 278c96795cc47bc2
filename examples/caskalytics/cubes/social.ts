import { column, defineCube, first, formula, last } from 'almanac/cubes'

/** How many subscribe to an account: a level, which is looked up now and then and never added up over time. */
const LEVEL = { per: ['network', 'account'], format: 'integer' } as const

export default defineCube({
  name: 'social',
  label: 'Social media',
  description: 'Subscribers on YouTube, followers on LinkedIn and Twitter',
  base: { table: 'metric_values', time: 'measured_at', where: `metric = 'subscribers'`, isReplacing: true },
  dimensions: {
    network: column('source'),
    account: column(`dimensions['account']`),
    environment: column('environment'),
  },
  measures: {
    subscribers: last('value', LEVEL),
    subscribers_before: first('value', { ...LEVEL, label: 'Subscribers at the beginning' }),
    gained: formula('subscribers - subscribers_before', { format: 'integer' }),
  },
  defaultFilters: { environment: ['production'] },
  // A level is kept for each thing that has one.
  always: ['network', 'account'],
  rollups: [{ dimensions: [] }],
})
