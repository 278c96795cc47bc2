import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'

export function openapiRoutes(): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/openapi.json',
      {
        config: { access: 'anyone' },
        schema: {
          summary: 'This document',
          tags: ['Operation'],
          response: { 200: z.unknown().describe('OpenAPI 3.1') },
        },
        serializerCompiler: () => JSON.stringify,
      },
      async () => app.swagger(),
    )
  }
}
