import type { Board } from '@almanac/core/boards/board.ts'
import { boardCode } from '@almanac/core/boards/board-code.ts'
import { readBoardCode } from '@almanac/core/boards/read-board-code.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { BoardAnswer, boardAnswer } from './board-answers.ts'
import { type BoardDeps, BoardSlug, boardPlace, bySlug } from './board-routes.ts'
import { viewerOf } from './board-viewer.ts'

const ImportBody = z.strictObject({
  code: z
    .string()
    .min(1)
    .max(1_000_000)
    .describe('As `GET /api/v1/boards/:slug/code` answers: read as data, and never run.'),
  slug: BoardSlug.optional(),
  ...boardPlace,
})

const tags = ['Dashboards']

/** Boards as TypeScript. */
export function boardCodeRoutes({ boards, cubes }: Pick<BoardDeps, 'boards' | 'cubes'>): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/boards/:slug/code',
      {
        config: { access: 'read' },
        schema: {
          summary: 'A board as TypeScript',
          description: 'A file for the folder `boards` of a workspace. Imported, it makes the same board.',
          tags,
          params: bySlug,
          response: { 200: z.string() },
        },
      },
      async ({ params: { slug }, principal }, reply) => {
        const { board } = await boards.find(slug, viewerOf(principal))
        return reply.type('text/typescript; charset=utf-8').send(boardCode(board))
      },
    )
    app.post(
      '/api/v1/boards/import',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Make a board out of code',
          description: 'The code is read as data and never run: nothing in it may be computed.',
          tags,
          body: ImportBody,
          response: { 201: BoardAnswer },
        },
      },
      async ({ body: { code, ...rest }, principal }, reply) => {
        const made = await boards.make({ ...rest, board: importedBoard(code) }, viewerOf(principal))
        return reply.code(201).send(boardAnswer(made, cubes()))
      },
    )
  }
}

function importedBoard(code: string): Board {
  const read = readBoardCode(code)
  if ('board' in read) return read.board
  const { issues } = read
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
  throw new AppError('invalid_request', `The code has ${count}`, {
    issues,
    hint: 'Expected a file as a board is exported: export default defineBoard({ … }), with nothing computed in it.',
  })
}
