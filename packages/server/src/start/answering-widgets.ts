import { createAnswerWidgets } from '../boards/answers/answer-widgets.ts'
import { createDataSources } from '../data-sources/data-sources.ts'
import type { AppDeps } from '../http/app.ts'
import { createPublicAnswers } from '../sharing/public-answers.ts'
import { createPublicBoards } from '../sharing/public-boards.ts'
import { createShareLinks } from '../sharing/share-links.ts'
import type { Stores } from './open-stores.ts'

type Answering = Pick<AppDeps, 'answerWidgets' | 'dataSources' | 'shareLinks' | 'publicBoards' | 'publicAnswers'>
type Boards = Pick<AppDeps, 'boards' | 'boardTrash'>
type Asking = Pick<AppDeps, 'cubes' | 'runQueries' | 'runCohorts' | 'sql'>

/** What the widgets of boards show, to those with an account and to those with a link. */
export function answeringWidgets({ pool }: Stores, asking: Asking, { boards, boardTrash }: Boards): Answering {
  const now = Date.now
  const dataSources = createDataSources(pool)
  const answerWidgets = createAnswerWidgets({ ...asking, savedStatements: dataSources.byName, now })
  return {
    answerWidgets,
    dataSources,
    shareLinks: createShareLinks({ pool, boards, now }),
    publicBoards: createPublicBoards({ pool, boards, trash: boardTrash, now }),
    publicAnswers: createPublicAnswers({ answerWidgets, cubes: asking.cubes, now }),
  }
}
