import { column, defineCube, formula, sum } from 'almanac/cubes'

/** Salesforce: what came in, by the day on which it did. */
export default defineCube({
  name: 'pipeline',
  label: 'Pipeline',
  description: 'Leads, MQLs and opportunities of Salesforce',
  base: { table: 'metric_values', time: 'measured_at', where: `source = 'salesforce'`, isReplacing: true },
  dimensions: {
    lead_source: column(`dimensions['lead_source']`),
    country: column(`dimensions['country']`),
    environment: column('environment'),
  },
  measures: {
    leads: sum('value', { only: `metric = 'leads'`, format: 'integer' }),
    mqls: sum('value', { label: 'MQLs', only: `metric = 'mqls'`, format: 'integer' }),
    opportunities: sum('value', { only: `metric = 'opportunities'`, format: 'integer' }),
    amount: sum('value', { only: `metric = 'amount'`, format: 'currency', currency: 'USD' }),
    mql_rate: formula('mqls / leads', { label: 'MQLs per lead', format: 'percent' }),
  },
  defaultFilters: { environment: ['production'] },
})
