import { average, column, defineCube, imported, last, max, min, sum } from '../define/define-cube.ts'

/** What is in the map of dimensions under this key; empty where it has none. */
const key = (name: string, options = {}) => column(`dimensions['${name}']`, options)

/**
 * Figures that other systems have computed, as they were sent to `POST /api/v1/metrics`. Figures of different metrics are not
 * the same thing: ask by metric, or for one.
 */
export const METRICS_CUBE = defineCube({
  name: 'metrics',
  label: 'Metrics',
  description: 'Figures that other systems have computed, by metric',
  base: { table: 'metric_values', time: 'measured_at', isReplacing: true },
  dimensions: {
    metric: column('metric'),
    source: column('source'),
    grain: column('grain', { label: 'Reported by', description: 'Whether the figure is of an hour or of a day' }),
    channel: key('channel'),
    account: key('account'),
    country: key('country'),
    product: key('product'),
    version: key('version'),
    category: key('category'),
    campaign: key('campaign'),
    title: key('title', { wide: true }),
    series: column('series', { wide: true, description: 'All dimensions of the figure, as JSON' }),
    environment: column('environment'),
  },
  measures: {
    daily: sum('value', { label: 'Sum of daily figures', only: `grain = 'day'` }),
    hourly: sum('value', { label: 'Sum of hourly figures', only: `grain = 'hour'` }),
    minimum: min('value'),
    maximum: max('value'),
    average: average('value', { description: 'Of the figures that were sent, each with the same weight' }),
    last: last('value', {
      label: 'Last figure',
      description: 'Of each series, added up over them: followers, balances, stock',
      // The series has all dimensions, also those that this cube does not name.
      per: ['metric', 'source', 'series'],
    }),
    figure: imported(`if(grain = 'day', value, NULL)`, {
      label: 'Daily figure as it was sent',
      description: 'For what does not add up, such as a reach',
      grain: 'day',
      by: ['metric', 'source', 'series'],
    }),
  },
  defaultFilters: { environment: ['production'] },
  always: ['metric'],
  rollups: [
    { dimensions: [], step: 'hour' },
    {
      dimensions: [
        'source',
        'grain',
        'channel',
        'account',
        'country',
        'product',
        'version',
        'category',
        'campaign',
        'title',
        'series',
      ],
      step: 'hour',
    },
  ],
})
