import { READY_BOARDS } from '@almanac/core/boards/ready/ready-boards.ts'
import { createAnnotations } from '../boards/annotations.ts'
import { createBoards } from '../boards/boards.ts'
import { createFixedBoards } from '../boards/fixed-boards.ts'
import { createFolders } from '../boards/folders.ts'
import type { AppDeps } from '../http/app.ts'
import type { Stores } from './open-stores.ts'

type Showing = Pick<AppDeps, 'boards' | 'boardFolders' | 'annotations'>

/** Dashboards, those of the workspace once they are brought in force. */
export function showingBoards({ pool }: Stores): Showing {
  const boards = createBoards({ pool, fixed: createFixedBoards(READY_BOARDS) })
  return { boards, boardFolders: createFolders({ pool }), annotations: createAnnotations({ pool, boards }) }
}
