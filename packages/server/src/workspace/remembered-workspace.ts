import { readFile } from 'node:fs/promises'
import { readBoard } from '@almanac/core/boards/read-board.ts'
import { checkCube } from '@almanac/core/cubes/define/check-cube.ts'
import { checkEndpoint } from '@almanac/core/endpoints/check-endpoint.ts'
import { z } from 'zod'
import { writeFileDurably } from '../engines/files/durable-file.ts'
import type { WorkspaceContent } from './check-workspace.ts'
import { checkPlacedSegment } from './placed-definitions.ts'

/**
 * The last good state of the workspace, in the data directory. A server that starts while a file is wrong, or that a command starts
 * without naming the folder, has the same cubes, endpoints, boards and segments as before: cubes that nobody defines any more would be dropped.
 */
export interface RememberedWorkspace extends Pick<WorkspaceContent, 'cubes' | 'endpoints' | 'boards' | 'segments'> {
  readonly folder: string
  readonly loadedAt: string
}

const placed = z.array(z.object({ file: z.string(), definition: z.unknown() }))
const placedBoard = z.object({ file: z.string(), definition: z.object({ slug: z.string(), board: z.unknown() }) })
const Stored = z.object({
  folder: z.string(),
  loadedAt: z.string(),
  cubes: placed,
  endpoints: placed,
  // Of a version that knew none of these.
  boards: z.array(placedBoard).default([]),
  segments: placed.default([]),
})

/** `undefined` when there was none, or it cannot be read. A definition that this version would refuse is left out. */
export async function recallWorkspace(path: string): Promise<RememberedWorkspace | undefined> {
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const stored = text === undefined ? undefined : Stored.safeParse(parsed(text)).data
  if (!stored) return undefined
  const { folder, loadedAt } = stored
  return {
    folder,
    loadedAt,
    cubes: stored.cubes.flatMap(({ file, definition }) => {
      const result = checkCube(definition)
      return 'definition' in result ? [{ file, definition: result.definition }] : []
    }),
    endpoints: stored.endpoints.flatMap(({ file, definition }) => {
      const result = checkEndpoint(definition)
      return 'definition' in result ? [{ file, definition: result.definition }] : []
    }),
    boards: stored.boards.flatMap(({ file, definition: { slug, board } }) => {
      const result = readBoard(board)
      return 'board' in result ? [{ file, definition: { slug, board: result.board } }] : []
    }),
    segments: stored.segments.flatMap(({ file, definition }) => {
      const result = checkPlacedSegment(definition, { file, name: 'default' })
      return 'definition' in result ? [{ file, definition: result.definition }] : []
    }),
  }
}

export async function rememberWorkspace(path: string, workspace: RememberedWorkspace): Promise<void> {
  const { folder, loadedAt, cubes, endpoints, boards, segments } = workspace
  await writeFileDurably(path, JSON.stringify({ folder, loadedAt, cubes, endpoints, boards, segments }))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
