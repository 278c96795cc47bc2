import { column, defineCube, last } from 'almanac/cubes'

export default defineCube({
  name: 'github',
  label: 'GitHub',
  description: 'Stars, forks and watchers of repositories',
  base: { table: 'metric_values', time: 'measured_at', where: `source = 'github'`, isReplacing: true },
  dimensions: {
    kind: column('metric', { description: 'stars, forks or watchers' }),
    repository: column(`dimensions['repository']`),
    environment: column('environment'),
  },
  measures: { total: last('value', { per: ['kind', 'repository'], format: 'integer' }) },
  defaultFilters: { environment: ['production'] },
  always: ['kind', 'repository'],
  rollups: [{ dimensions: [] }],
})
