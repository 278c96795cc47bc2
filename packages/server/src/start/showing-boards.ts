import { READY_BOARDS } from '@almanac/core/boards/ready/ready-boards.ts'
import { createAnnotations } from '../boards/annotations/annotations.ts'
import { createBoards } from '../boards/boards.ts'
import { createFixedBoards } from '../boards/fixed-boards.ts'
import { createFolders } from '../boards/folders/folders.ts'
import { createTrash } from '../boards/trash/trash.ts'
import { startTrashLoop } from '../boards/trash/trash-loop.ts'
import { createUsualCurrency } from '../boards/usual-currency.ts'
import type { AppDeps } from '../http/app.ts'
import type { Stores } from './open-stores.ts'
import type { Stops } from './stops.ts'

type Showing = Pick<AppDeps, 'boards' | 'boardFolders' | 'boardTrash' | 'annotations'>

/** Dashboards, those of the workspace once they are brought in force. */
export function showingBoards(
  { pool, logger }: Stores,
  { runQuery }: Pick<AppDeps, 'runQuery'>,
  stops: Stops,
): Showing {
  const fixed = createFixedBoards(READY_BOARDS, createUsualCurrency({ runQuery, logger, now: Date.now }))
  const boards = createBoards({ pool, fixed })
  const boardTrash = createTrash({ pool, fixed, boards })
  const loop = startTrashLoop({ trash: boardTrash, logger, now: Date.now })
  stops.push(() => loop.stop())
  const annotations = createAnnotations({ pool, boards })
  return { boards, boardFolders: createFolders({ pool }), boardTrash, annotations }
}
