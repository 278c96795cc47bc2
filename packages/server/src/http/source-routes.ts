import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Source } from '../accounts/sources.ts'

export interface SourceDeps {
  readonly listSources: () => Promise<readonly Source[]>
  readonly createSource: (name: string, label: string) => Promise<Source>
}

const SourceAnswer = z.object({ name: z.string(), label: z.string(), createdAt: z.iso.datetime() })
const NewSourceRequest = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'expected at most 63 small letters, digits, - and _, such as website')
      .describe('For keys, commands and filters; it cannot be changed.'),
    label: z.string().trim().min(1).max(200).describe('For people.'),
  })
  .meta({ examples: [{ name: 'website', label: 'Our website' }] })

export function sourceRoutes({ listSources, createSource }: SourceDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/sources',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List the sources',
          tags: ['Sources and keys'],
          response: { 200: z.object({ sources: z.array(SourceAnswer) }) },
        },
      },
      async () => ({ sources: (await listSources()).map(sourceAnswer) }),
    )

    app.post(
      '/api/v1/sources',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Make a source',
          tags: ['Sources and keys'],
          body: NewSourceRequest,
          response: { 201: z.object({ source: SourceAnswer }) },
        },
      },
      async ({ body: { name, label } }, reply) => {
        return reply.code(201).send({ source: sourceAnswer(await createSource(name, label)) })
      },
    )
  }
}

function sourceAnswer({ name, label, createdAt }: Source): z.output<typeof SourceAnswer> {
  return { name, label, createdAt: createdAt.toISOString() }
}
