import { column, defineCube, sum } from 'almanac/cubes'

export default defineCube({
  name: 'video',
  label: 'Videos',
  description: 'Views on YouTube',
  base: { table: 'metric_values', time: 'measured_at', where: `metric = 'video_views'`, isReplacing: true },
  dimensions: { title: column(`dimensions['title']`), environment: column('environment') },
  measures: { views: sum('value', { format: 'integer' }) },
  defaultFilters: { environment: ['production'] },
})
