import { column, defineEndpoint, type EndpointInput, each, param } from '@almanac/core/endpoints/define-endpoint.ts'
import type { PlacedEndpoint } from '../endpoints/endpoints.ts'

/** For tests: leads by week or month. */
export function pipelineEndpoint(change: Partial<EndpointInput> = {}): PlacedEndpoint {
  const definition = defineEndpoint({
    path: '/pipeline/{period}',
    summary: 'Leads by week or month',
    parameters: {
      period: { type: 'choice', oneOf: ['week', 'month'] },
      start: { type: 'date' },
      end: { type: 'date', after: 'start', description: 'Not included.' },
    },
    queries: {
      figures: { cube: 'leads', measures: ['leads'], grain: param('period'), from: param('start'), to: param('end') },
    },
    answer: {
      start: param('start'),
      end: param('end'),
      figures: each('figures', { period: column('time', { as: 'date' }), leads: column('leads') }),
    },
    ...change,
  })
  return { file: 'endpoints/pipeline.ts', definition }
}
