import { SourceKind, SourceSettings, SourceSettingsChange } from '@almanac/core/sources/source-settings.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { ENVIRONMENTS } from '../../../accounts/keys/api-key.ts'
import type { SourceName } from '../../../accounts/sources/source-names.ts'
import type { NewSource, Source, SourceChange } from '../../../accounts/sources/sources.ts'

export interface SourceDeps {
  readonly listSources: () => Promise<readonly Source[]>
  readonly findSource: (name: string) => Promise<Source>
  readonly createSource: (source: NewSource) => Promise<Source>
  readonly changeSource: (name: string, change: SourceChange) => Promise<Source>
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

const SourceAnswer = z.object({
  name: z.string(),
  label: z.string(),
  kind: SourceKind,
  settings: SourceSettings,
  createdAt: z.iso.datetime(),
})
const OneSourceAnswer = z.object({ source: SourceAnswer })
const byName = z.object({ name: z.string().max(63) })

const label = z.string().trim().min(1).max(200).describe('For people.')
const settings = SourceSettingsChange.describe('What is not said keeps its value, or has its default.')
const NewSourceRequest = z
  .strictObject({
    name: z
      .string()
      .regex(/^[a-z0-9][a-z0-9_-]{0,62}$/, 'expected at most 63 small letters, digits, - and _, such as website')
      .describe('For keys, commands and filters; it cannot be changed.'),
    label,
    kind: SourceKind.optional().describe('A website, unless it is said.'),
    settings: settings.optional(),
  })
  .meta({ examples: [{ name: 'website', label: 'Our website', settings: { privacy: 'masked' } }] })
const SourceChangeRequest = z
  .strictObject({ label: label.optional(), kind: SourceKind.optional(), settings: settings.optional() })
  .meta({ examples: [{ settings: { allowedOrigins: ['www.example.com'], blockedPaths: ['/admin/*'] } }] })

export function sourceRoutes(deps: SourceDeps): FastifyPluginAsyncZod {
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
      async () => ({ sources: (await deps.listSources()).map(sourceAnswer) }),
    )

    app.post(
      '/api/v1/sources',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Make a source',
          tags: ['Sources and keys'],
          body: NewSourceRequest,
          response: { 201: OneSourceAnswer },
        },
      },
      async ({ body }, reply) => reply.code(201).send({ source: sourceAnswer(await deps.createSource(body)) }),
    )

    app.get(
      '/api/v1/sources/:name',
      {
        config: { access: 'read' },
        schema: {
          summary: 'A source and its settings',
          tags: ['Sources and keys'],
          params: byName,
          response: { 200: OneSourceAnswer },
        },
      },
      async ({ params: { name } }) => ({ source: sourceAnswer(await deps.findSource(name)) }),
    )

    app.patch(
      '/api/v1/sources/:name',
      {
        config: { access: 'admin' },
        schema: {
          summary: 'Change a source',
          description:
            'What is not said stays as it is. It holds for what comes after about two seconds, and changes nothing that is ' +
            'stored.',
          tags: ['Sources and keys'],
          params: byName,
          body: SourceChangeRequest,
          response: { 200: OneSourceAnswer },
        },
      },
      async ({ params: { name }, body }) => ({ source: sourceAnswer(await deps.changeSource(name, body)) }),
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
      async () => ({ names: [...(await deps.listSourceNames())] }),
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
      async ({ body }, reply) => reply.code(201).send({ name: await deps.addSourceName(body) }),
    )
  }
}

function sourceAnswer({ name, label, kind, settings, createdAt }: Source): z.output<typeof SourceAnswer> {
  return { name, label, kind, settings, createdAt: createdAt.toISOString() }
}
