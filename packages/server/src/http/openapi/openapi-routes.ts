import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { FastifyInstance } from 'fastify'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Endpoints, PlacedEndpoint } from '../../workspace/endpoints/endpoints.ts'
import { mayUse } from '../access/access.ts'
import { endpointPaths } from '../ask/endpoint-documents.ts'

export interface OpenapiDeps {
  readonly endpoints: Pick<Endpoints, 'list'>
  readonly cubes: () => readonly CubeDefinition[]
}

export function openapiRoutes({ endpoints, cubes }: OpenapiDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/openapi.json',
      {
        config: { access: 'anyone', knowsSession: true },
        schema: {
          summary: 'This document',
          tags: ['Operation'],
          response: { 200: z.unknown().describe('OpenAPI 3.1') },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async ({ principal }) => {
        const shown = endpoints.list().filter(({ definition }) => definition.isPublic || mayUse('read', principal))
        return withEndpoints(app, shown, cubes())
      },
    )
  }
}

/** The routes are the same for the life of the server; the endpoints of the workspace change with its files. */
function withEndpoints(
  app: FastifyInstance,
  endpoints: readonly PlacedEndpoint[],
  cubes: readonly CubeDefinition[],
): object {
  const document = app.swagger()
  const definitions = endpoints.map(({ definition }) => definition)
  return { ...document, paths: { ...document.paths, ...endpointPaths(definitions, cubes) } }
}
