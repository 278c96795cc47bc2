import { VISIBILITIES } from '@almanac/core/boards/board.ts'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { KEPT_DAYS, type Trash } from '../../../boards/trash/trash.ts'
import type { TrashedBoard } from '../../../boards/trash/trash-store.ts'
import { BoardAnswer, boardAnswer } from './board-answers.ts'
import { viewerOf } from './board-viewer.ts'

export interface TrashDeps {
  readonly boardTrash: Trash
  readonly cubes: () => readonly CubeDefinition[]
}

const TrashedBoardAnswer = z
  .object({
    id: z.string().describe('By which it is brought back: several may have had the same address.'),
    slug: z.string().describe('The end of its address before.'),
    title: z.string(),
    description: z.string(),
    folderId: z.string().nullable(),
    visibility: z.enum(VISIBILITIES),
    ownerName: z.string().nullable(),
    deletedAt: z.iso.datetime(),
    deletedBy: z.string().nullable().describe('Null: somebody who is gone.'),
  })
  .meta({ id: 'TrashedBoard' })

const tags = ['Dashboards']
const byId = z.object({ id: z.uuid() })

export function trashRoutes({ boardTrash, cubes }: TrashDeps): FastifyPluginAsyncZod {
  return async (app) => {
    app.get(
      '/api/v1/trash',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'List the boards in the trash',
          description:
            'Those that who asks could see, the latest first. Each is deleted for good when its time is over.',
          tags,
          response: {
            200: z.object({
              boards: z.array(TrashedBoardAnswer),
              keptDays: z.number().describe('How long a board is kept from the moment it was deleted.'),
            }),
          },
        },
      },
      async ({ principal }) => ({
        boards: (await boardTrash.list(viewerOf(principal))).map(trashedBoardAnswer),
        keptDays: KEPT_DAYS,
      }),
    )

    app.post(
      '/api/v1/trash/:id/restore',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Bring a board back from the trash',
          description:
            'With its versions, folder, links, favourites and annotations. It is at its address again, or at one like it where ' +
            'another board has that one by now.',
          tags,
          params: byId,
          response: { 200: BoardAnswer },
        },
      },
      async ({ params: { id }, principal }) => boardAnswer(await boardTrash.restore(id, viewerOf(principal)), cubes()),
    )

    app.delete(
      '/api/v1/trash/:id',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Delete a board in the trash for good',
          description: 'With all of its versions, links and annotations. Nobody can bring it back.',
          tags,
          params: byId,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { id }, principal }, reply) => {
        await boardTrash.remove(id, viewerOf(principal))
        return reply.code(204).send(undefined)
      },
    )
  }
}

function trashedBoardAnswer({ deletedAt, ...board }: TrashedBoard): z.output<typeof TrashedBoardAnswer> {
  return { ...board, deletedAt: deletedAt.toISOString() }
}
