import { exampleOf } from '@almanac/core/endpoints/check-endpoint.ts'
import { type EndpointDefinition, pathParameters } from '@almanac/core/endpoints/endpoint.ts'
import type { RawParameters } from '@almanac/core/endpoints/read-parameters.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { FastifyRequest } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Endpoints, FoundEndpoint, PlacedEndpoint } from '../../workspace/endpoints/endpoints.ts'
import { clientGone } from '../requests/client-gone.ts'

export interface EndpointDeps {
  readonly endpoints: Endpoints
}

const EndpointsAnswer = z.object({
  endpoints: z.array(
    z.object({
      path: z.string().describe('With its parameters in braces.'),
      summary: z.string(),
      description: z.string().optional(),
      isPublic: z.boolean().describe('Anybody may ask.'),
      parameters: z.array(
        z.object({
          name: z.string(),
          in: z.enum(['path', 'query']),
          type: z.string(),
          required: z.boolean(),
          oneOf: z.array(z.string()).optional(),
          description: z.string().optional(),
        }),
      ),
      example: z.string().describe('An address that answers.'),
      definedIn: z.string(),
    }),
  ),
})

/** Named endpoints. Every other route goes first; what none of them and no endpoint takes is not found. */
export function endpointRoutes({ endpoints }: EndpointDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/endpoints',
      {
        config: { access: 'read' },
        schema: {
          summary: 'The named endpoints of the workspace',
          tags: ['Endpoints'],
          response: { 200: EndpointsAnswer },
        },
      },
      async () => ({ endpoints: endpoints.list().map(describeEndpoint) }),
    )

    const find = (request: FastifyRequest) => endpoints.find(addressOf(request))
    app.get(
      '/api/*',
      // An address that nothing answers is no secret: it is not found, whoever asks.
      { config: { access: 'read', isOpen: (request) => isOpenTo(find(request)) }, schema: { hide: true } },
      async (request, reply) => {
        const found = find(request)
        if (!found) throw new AppError('not_found', `There is no route GET ${request.url.split('?', 1)[0]}`)
        const { body, etag } = await endpoints.answer(found, request.query as RawParameters, clientGone(reply))
        reply.header('etag', etag).header('cache-control', cacheControl(found.endpoint.definition))
        if (isKnown(etag, request.headers['if-none-match'])) return reply.code(304).send()
        return reply.type('application/json; charset=utf-8').send(body)
      },
    )
  }
}

const isOpenTo = (found: FoundEndpoint | undefined) => found === undefined || found.endpoint.definition.isPublic

function addressOf({ url }: FastifyRequest): string {
  return (url.split('?', 1)[0] ?? '').slice('/api'.length)
}

function cacheControl({ isPublic, maxAgeSeconds }: EndpointDefinition): string {
  return `${isPublic ? 'public' : 'private'}, max-age=${maxAgeSeconds}${maxAgeSeconds === 0 ? ', must-revalidate' : ''}`
}

/** Proxies that compress may have changed a tag from weak to strong and back. */
function isKnown(etag: string, header: string | undefined): boolean {
  const bare = (tag: string) => tag.trim().replace(/^W\//, '')
  return header !== undefined && (header.trim() === '*' || header.split(',').map(bare).includes(bare(etag)))
}

function describeEndpoint({ definition, file }: PlacedEndpoint) {
  const { path, summary, description, isPublic, parameters } = definition
  const inPath = pathParameters(path)
  return {
    path: `/api${path}`,
    summary,
    ...(description !== undefined && { description }),
    isPublic,
    parameters: Object.entries(parameters).map(([name, parameter]) => ({
      name,
      in: inPath.includes(name) ? ('path' as const) : ('query' as const),
      type: parameter.type,
      required: parameter.default === undefined && !parameter.optional,
      ...(parameter.type === 'choice' && { oneOf: [...parameter.oneOf] }),
      ...(parameter.description !== undefined && { description: parameter.description }),
    })),
    example: exampleAddress(definition),
    definedIn: file,
  }
}

function exampleAddress({ path, parameters }: EndpointDefinition): string {
  const examples = Object.entries(parameters).map(([name, parameter]) => [name, String(exampleOf(parameter))] as const)
  const inPath = pathParameters(path)
  const address = path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    encodeURIComponent(new Map(examples).get(name) ?? ''),
  )
  const query = new URLSearchParams(
    examples.flatMap(([name, example]) =>
      inPath.includes(name) || parameters[name]?.optional ? [] : [[name, example]],
    ),
  )
  return `/api${address}${query.size > 0 ? `?${query}` : ''}`
}
