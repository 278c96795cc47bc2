import { AppError } from '@almanac/core/errors.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'

export interface VisitsDeps {
  readonly visits: {
    readonly status: () => Promise<VisitsAnswer>
    /** Of one source, or of all of them. */
    readonly rebuild: (source: string | undefined) => Promise<VisitsAnswer['rebuilds']>
    /** False when there is no such link. */
    readonly unlink: (link: UnlinkRequest) => Promise<boolean>
  }
}

const VisitsAnswer = z.object({
  pending: z.number().describe('Batches, persons and parts of rebuilds that are not yet in the visits.'),
  rebuilds: z.array(z.object({ source: z.string(), parts: z.number(), done: z.number() })),
})
export type VisitsAnswer = z.output<typeof VisitsAnswer>

const id = z.string().min(1).max(200)
const UnlinkRequest = z
  .strictObject({
    user: id.describe('The user whom the other id was joined to.'),
    device: id.optional().describe('The anonymous id of a device'),
    alias: id.optional().describe('or the name that the user had before.'),
  })
  .refine(({ device, alias }) => (device === undefined) !== (alias === undefined), {
    message: 'expected either a device or an alias',
  })
  .meta({ examples: [{ user: 'ada', device: 'f3b1c2' }] })
export type UnlinkRequest = z.output<typeof UnlinkRequest>

export function visitsRoutes({ visits }: VisitsDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/visits',
      {
        config: { access: 'read' },
        schema: {
          summary: 'How far the visits are up to date',
          tags: ['Visits and persons'],
          response: { 200: VisitsAnswer },
        },
      },
      async () => visits.status(),
    )

    app.post(
      '/api/v1/visits/rebuild',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Make the visits anew from all events',
          description: 'It is done in the background and goes on after a restart. Figures stay right meanwhile.',
          tags: ['Visits and persons'],
          body: z.strictObject({ source: id.optional().describe('Left out: every source that has events.') }),
          response: { 202: VisitsAnswer.pick({ rebuilds: true }) },
        },
      },
      async ({ body }, reply) => reply.code(202).send({ rebuilds: await visits.rebuild(body.source) }),
    )

    app.post(
      '/api/v1/identity/unlink',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Part two ids that were joined',
          description: 'For good: the next event that names both does not join them again.',
          tags: ['Visits and persons'],
          body: UnlinkRequest,
          response: { 204: z.null() },
        },
      },
      async ({ body }, reply) => {
        if (await visits.unlink(body)) return reply.code(204).send(null)
        throw new AppError('not_found', `Nothing joins ${body.device ?? body.alias} to the user ${body.user}`)
      },
    )
  }
}
