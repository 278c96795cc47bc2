import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ENVIRONMENTS } from '../accounts/api-key.ts'
import type { SourceName } from '../accounts/source-names.ts'
import type { Source } from '../accounts/sources.ts'

export interface SourceDeps {
  readonly listSources: () => Promise<readonly Source[]>
  readonly createSource: (name: string, label: string) => Promise<Source>
  readonly listSourceNames: () => Promise<readonly SourceName[]>
  readonly addSourceName: (name: SourceName) => Promise<SourceName>
}

const environment = z.enum(ENVIRONMENTS)
const SourceNameAnswer = z.strictObject({
  protocol: z.string().min(1).max(50).describe('Such as matomo, plausible, umami or ga4.'),
  name: z.string().min(1).max(500),
  source: z.string(),
  environment,
})

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

export function sourceRoutes({
  listSources,
  createSource,
  listSourceNames,
  addSourceName,
}: SourceDeps): FastifyPluginAsyncZod {
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

    app.get(
      '/api/v1/source-names',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List what clients of other systems call the sources',
          tags: ['Sources and keys'],
          response: { 200: z.object({ names: z.array(SourceNameAnswer) }) },
        },
      },
      async () => ({ names: [...(await listSourceNames())] }),
    )

    app.post(
      '/api/v1/source-names',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Say what clients of another system call a source',
          description: 'Such as the site number 1 of Matomo or a domain of Plausible. An ingest key needs no name.',
          tags: ['Sources and keys'],
          body: SourceNameAnswer.extend({ environment: environment.default('production') }),
          response: { 201: z.object({ name: SourceNameAnswer }) },
        },
      },
      async ({ body }, reply) => reply.code(201).send({ name: await addSourceName(body) }),
    )
  }
}

function sourceAnswer({ name, label, createdAt }: Source): z.output<typeof SourceAnswer> {
  return { name, label, createdAt: createdAt.toISOString() }
}
