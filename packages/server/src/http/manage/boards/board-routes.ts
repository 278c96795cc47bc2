import { Board, VISIBILITIES } from '@almanac/core/boards/board.ts'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { SLUG } from '../../../boards/addresses/slug.ts'
import type { FoundBoard } from '../../../boards/board-entry.ts'
import type { Boards } from '../../../boards/boards.ts'
import type { Folders } from '../../../boards/folders/folders.ts'
import { KEPT_DAYS } from '../../../boards/trash/trash.ts'
import { BoardAnswer, BoardEntryAnswer, boardAnswer, boardEntryAnswer } from './board-answers.ts'
import { viewerOf } from './board-viewer.ts'
import { FolderAnswer } from './folder-routes.ts'

export interface BoardDeps {
  readonly boards: Boards
  readonly boardFolders: Folders
  readonly cubes: () => readonly CubeDefinition[]
}

export const BoardSlug = z.string().regex(SLUG, 'expected an address of lower case letters, digits and -')
export const bySlug = z.object({ slug: BoardSlug })
export const boardPlace = { folderId: z.uuid().nullable().optional(), visibility: z.enum(VISIBILITIES).optional() }

const NewBoardBody = z.strictObject({
  board: Board,
  slug: BoardSlug.optional().describe('The end of its address; left out, it is made of the title.'),
  ...boardPlace,
})
const SaveBody = z.strictObject({
  board: Board,
  version: z
    .int()
    .min(1)
    .describe('The version that was changed. When it is not the newest any more, nothing is saved.'),
  note: z.string().max(500).optional().describe('What was changed and why, for the list of versions.'),
})
const ChangeBody = z.strictObject({ slug: BoardSlug.optional(), ...boardPlace })
const tags = ['Dashboards']

export function boardRoutes({ boards, boardFolders, cubes }: BoardDeps): FastifyPluginAsyncZod {
  const answer = (found: FoundBoard) => boardAnswer(found, cubes())
  return async (app) => {
    app.get(
      '/api/v1/boards',
      {
        config: { access: 'read' },
        schema: {
          summary: 'List the boards and their folders',
          description: 'Those that who asks may see. Private boards are seen by their owner alone.',
          tags,
          response: { 200: z.object({ boards: z.array(BoardEntryAnswer), folders: z.array(FolderAnswer) }) },
        },
      },
      async ({ principal }) => {
        const [entries, folders] = await Promise.all([boards.list(viewerOf(principal)), boardFolders.list()])
        return { boards: entries.map(boardEntryAnswer), folders }
      },
    )

    app.post(
      '/api/v1/boards',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Make a board',
          description: 'It belongs to whoever makes it, and everybody who is signed in sees it unless it is private.',
          tags,
          body: NewBoardBody,
          response: { 201: BoardAnswer },
        },
      },
      async ({ body, principal }, reply) => reply.code(201).send(answer(await boards.make(body, viewerOf(principal)))),
    )

    app.get(
      '/api/v1/boards/:slug',
      {
        config: { access: 'read' },
        schema: {
          summary: 'Read a board',
          description:
            'An address that the board had before leads to it, until another board takes it; so it does wherever a board is ' +
            'named. The answer and its header content-location have the address of now.',
          tags,
          params: bySlug,
          response: { 200: BoardAnswer },
        },
      },
      async ({ params: { slug }, principal }, reply) => {
        const found = await boards.find(slug, viewerOf(principal))
        if (found.slug !== slug) reply.header('content-location', `/api/v1/boards/${found.slug}`)
        return answer(found)
      },
    )

    app.put(
      '/api/v1/boards/:slug',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Save a board',
          description:
            'Every save is a version and is kept; one that says what the newest says is none. Restoring a version is a save of it. ' +
            'When somebody else has saved in between, the answer is a conflict and nothing is saved.',
          tags,
          params: bySlug,
          body: SaveBody,
          response: { 200: BoardAnswer },
        },
      },
      async ({ params: { slug }, body, principal }) => answer(await boards.save(slug, body, viewerOf(principal))),
    )

    app.patch(
      '/api/v1/boards/:slug',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Move a board, rename its address, or say who sees it',
          tags,
          params: bySlug,
          body: ChangeBody,
          response: { 200: BoardAnswer },
        },
      },
      async ({ params: { slug }, body, principal }) => answer(await boards.change(slug, body, viewerOf(principal))),
    )

    app.delete(
      '/api/v1/boards/:slug',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Delete a board',
          description:
            'It goes to the trash with all of its versions, links and the annotations that are on it alone, and is deleted for ' +
            `good after ${KEPT_DAYS} days. Its address is free at once, and its links say that it was deleted.`,
          tags,
          params: bySlug,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { slug }, principal }, reply) => {
        await boards.remove(slug, viewerOf(principal))
        return reply.code(204).send(undefined)
      },
    )

    app.post(
      '/api/v1/boards/:slug/duplicate',
      {
        config: { access: 'edit' },
        schema: {
          summary: 'Make a copy of a board',
          description:
            'Also of one that cannot be changed itself. The copy has one version, and is as private as its original.',
          tags,
          params: bySlug,
          response: { 201: BoardAnswer },
        },
      },
      async ({ params: { slug }, principal }, reply) =>
        reply.code(201).send(answer(await boards.duplicate(slug, viewerOf(principal)))),
    )

    app.put(
      '/api/v1/boards/:slug/favourite',
      {
        config: { access: 'session' },
        schema: { summary: 'Make a board a favourite', tags, params: bySlug, response: { 204: z.undefined() } },
      },
      async ({ params: { slug }, principal }, reply) => {
        await boards.setFavourite(slug, true, viewerOf(principal))
        return reply.code(204).send(undefined)
      },
    )

    app.delete(
      '/api/v1/boards/:slug/favourite',
      {
        config: { access: 'session' },
        schema: {
          summary: 'Make a board no favourite any more',
          tags,
          params: bySlug,
          response: { 204: z.undefined() },
        },
      },
      async ({ params: { slug }, principal }, reply) => {
        await boards.setFavourite(slug, false, viewerOf(principal))
        return reply.code(204).send(undefined)
      },
    )
  }
}
