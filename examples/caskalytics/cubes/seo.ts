import { average, column, defineCube, imported, min, uniq } from 'almanac/cubes'

/** Ranks in search engines, and the share of voice: a figure of the ranking service that cannot be added up. */
export default defineCube({
  name: 'seo',
  label: 'Search engines',
  description: 'Positions of keywords, and the share of voice of brands',
  base: { table: 'metric_values', time: 'measured_at', where: `source = 'search'`, isReplacing: true },
  dimensions: {
    keyword: column(`dimensions['keyword']`),
    brand: column(`dimensions['brand']`),
    environment: column('environment'),
  },
  measures: {
    average_position: average('value', { only: `metric = 'position'`, better: 'lower' }),
    best_position: min('value', { only: `metric = 'position'`, better: 'lower', format: 'integer' }),
    first_page: uniq(`dimensions['keyword']`, {
      label: 'Keywords on the first page',
      only: `metric = 'position' AND value <= 10`,
    }),
    share_of_voice: imported(`if(metric = 'share_of_voice', value, NULL)`, {
      grain: 'week',
      by: ['brand'],
      format: 'percent',
    }),
  },
  defaultFilters: { environment: ['production'] },
})
