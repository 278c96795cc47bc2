import { Board } from '@almanac/core/boards/board.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { BoardVersionAnswer, boardVersionAnswer } from './board-answers.ts'
import { type BoardDeps, bySlug } from './board-routes.ts'
import { viewerOf } from './board-viewer.ts'

const tags = ['Dashboards']

export function boardVersionRoutes({ boards }: Pick<BoardDeps, 'boards'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/boards/:slug/versions',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List the versions of a board',
          description: 'The newest first; none of a board that nobody saves here.',
          tags,
          params: bySlug,
          response: { 200: z.object({ versions: z.array(BoardVersionAnswer) }) },
        },
      },
      async ({ params: { slug }, principal }) => ({
        versions: (await boards.versions(slug, viewerOf(principal))).map(boardVersionAnswer),
      }),
    )

    app.get(
      '/api/v1/boards/:slug/versions/:version',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Read a board as it was',
          tags,
          params: bySlug.extend({ version: z.coerce.number().int().min(1).max(2_147_483_647) }),
          response: { 200: z.object({ version: z.number(), board: Board }) },
        },
      },
      async ({ params: { slug, version }, principal }) => ({
        version,
        board: await boards.version(slug, version, viewerOf(principal)),
      }),
    )
  }
}
