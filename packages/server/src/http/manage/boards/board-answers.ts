import { Board, VISIBILITIES } from '@almanac/core/boards/board.ts'
import { checkBoard } from '@almanac/core/boards/check-board.ts'
import type { CubeDefinition } from '@almanac/core/cubes/cube.ts'
import { z } from 'zod'
import { type BoardEntry, type BoardVersion, type FoundBoard, ORIGINS } from '../../../boards/board-entry.ts'

/** Boards as the API tells of them. */

const entry = {
  slug: z.string().describe('The end of its address.'),
  title: z.string(),
  description: z.string(),
  folderId: z.string().nullable(),
  visibility: z
    .enum(VISIBILITIES)
    .describe('private: its owner alone sees it; team: everybody who is signed in; public: whoever has its address.'),
  origin: z
    .enum(ORIGINS)
    .describe('made: here; workspace: a file; ready: comes with Almanac. Only the first can be changed.'),
  ownerName: z.string().nullable(),
  updatedAt: z.iso.datetime().nullable().describe('When it was last saved; null where nobody saves it here.'),
  isFavourite: z.boolean().describe('Of who asks.'),
  mayEdit: z.boolean().describe('Whether who asks may change it.'),
}
export const BoardEntryAnswer = z.object(entry).meta({ id: 'BoardEntry' })
type BoardEntryAnswer = z.output<typeof BoardEntryAnswer>

export const BoardAnswer = z
  .object({
    ...entry,
    version: z.number().describe('What a save has to name.'),
    board: Board,
    problems: z
      .array(z.object({ path: z.array(z.union([z.string(), z.number()])), message: z.string() }))
      .describe('What its widgets ask for and no cube has; they say so, too.'),
  })
  .meta({ id: 'BoardAnswer' })

export const BoardVersionAnswer = z.object({
  version: z.number(),
  savedAt: z.iso.datetime(),
  savedBy: z.string().nullable().describe('Null: somebody who is gone.'),
  note: z.string(),
  title: z.string(),
})

export function boardEntryAnswer({ updatedAt, ...rest }: BoardEntry): BoardEntryAnswer {
  return { ...rest, updatedAt: updatedAt?.toISOString() ?? null }
}

export function boardAnswer(
  { board, version, ...rest }: FoundBoard,
  cubes: readonly CubeDefinition[],
): z.output<typeof BoardAnswer> {
  const problems = checkBoard(board, cubes).map(({ path, message }) => ({ path: [...path], message }))
  return { ...boardEntryAnswer(rest), version, board, problems }
}

export function boardVersionAnswer({ savedAt, ...rest }: BoardVersion): z.output<typeof BoardVersionAnswer> {
  return { ...rest, savedAt: savedAt.toISOString() }
}
