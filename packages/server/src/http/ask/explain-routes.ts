import { ChangeAnswer, ChangeRequest, type ChangeRequestInput } from '@almanac/core/explain/change.ts'
import {
  ExplainedPersons,
  ExplainedRows,
  ExplainRequest,
  type ExplainRequestInput,
  ExplainRowsRequest,
  Explanation,
} from '@almanac/core/explain/explain.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { clientGone } from '../requests/client-gone.ts'

export interface ExplainDeps {
  readonly explainNumber: (request: ExplainRequest, signal: AbortSignal) => Promise<Explanation>
  readonly explainRows: (request: ExplainRowsRequest, signal: AbortSignal) => Promise<ExplainedRows>
  readonly explainPersons: (request: ExplainRowsRequest, signal: AbortSignal) => Promise<ExplainedPersons>
  readonly explainChange: (request: ChangeRequest, signal: AbortSignal) => Promise<ChangeAnswer>
}

const QUERY: ExplainRequestInput['query'] = {
  cube: 'web',
  measures: ['visitors'],
  dimensions: ['country'],
  grain: 'day',
  from: '2026-05-01',
  to: '2026-06-01',
  timezone: 'Europe/Berlin',
}
const EXAMPLE: ExplainRequestInput = {
  query: QUERY,
  cell: { time: '2026-05-17T00:00:00+02:00', dimensions: { country: 'DE' } },
}
const CHANGE_EXAMPLE: ChangeRequestInput = {
  cube: 'web',
  measure: 'hits',
  current: { from: '2026-05-11', to: '2026-05-18' },
  previous: { from: '2026-05-04', to: '2026-05-11' },
}

const TAGS = ['Queries']

/** Figures are for everybody who may ask for them. The rows can hold what is personal, as in SQL. */
export function explainRoutes(deps: ExplainDeps): FastifyPluginAsyncZod {
  const { explainNumber, explainRows, explainPersons, explainChange } = deps
  return async (app) => {
    app.post(
      '/api/v1/explain',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Explain a number',
          description:
            'One value of a query: its SQL, its definition in words, what it is computed from, the buckets of the cube and when ' +
            'they were computed, and the batches that brought the rows.',
          tags: TAGS,
          body: ExplainRequest.meta({ examples: [EXAMPLE] }),
          response: { 200: Explanation },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body }, reply) => explainNumber(body, clientGone(reply)),
    )

    app.post(
      '/api/v1/explain/rows',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Read the raw rows behind a number',
          description:
            'Page by page, oldest first, with all columns that are set. Of a count there are as many as it says.',
          tags: TAGS,
          body: ExplainRowsRequest.meta({ examples: [EXAMPLE] }),
          response: { 200: ExplainedRows },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body }, reply) => explainRows(body, clientGone(reply)),
    )

    app.post(
      '/api/v1/explain/persons',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Read the persons behind a number',
          description: 'Page by page. Of a count of persons there are as many as it says.',
          tags: TAGS,
          body: ExplainRowsRequest.meta({ examples: [EXAMPLE] }),
          response: { 200: ExplainedPersons },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body }, reply) => explainPersons(body, clientGone(reply)),
    )

    app.post(
      '/api/v1/explain/change',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Explain a change',
          description:
            'The slices that account for the difference between two stretches of time, over all dimensions, ranked. For ' +
            'measures that add up and for ratios of two that do.',
          tags: TAGS,
          body: ChangeRequest.meta({ examples: [CHANGE_EXAMPLE] }),
          response: { 200: ChangeAnswer },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body }, reply) => explainChange(body, clientGone(reply)),
    )
  }
}
