import { CohortAnswer, CohortRequest, type CohortRequestInput } from '@almanac/core/cohorts/cohort.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { clientGone } from '../requests/client-gone.ts'

export interface CohortRouteDeps {
  readonly runCohorts: (request: CohortRequest, signal: AbortSignal) => Promise<CohortAnswer>
}

const EXAMPLE: CohortRequestInput = {
  cube: 'mobile',
  start: { events: ['app_installed'] },
  grain: 'week',
  from: '2026-04-06',
  to: '2026-06-01',
  timezone: 'Europe/Berlin',
  periods: 8,
  by: 'channel',
}

export function cohortRoutes({ runCohorts }: CohortRouteDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.post(
      '/api/v1/cohorts',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Ask who came back',
          description:
            'Everybody who began in the same day, week or month, and how many of them came back in each period after it. Counted ' +
            'as persons, exactly.',
          tags: ['Queries'],
          body: CohortRequest.meta({ examples: [EXAMPLE] }),
          response: { 200: CohortAnswer },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ body }, reply) => runCohorts(body, clientGone(reply)),
    )
  }
}
