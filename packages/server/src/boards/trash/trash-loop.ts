import type { Logger } from 'pino'
import { startWorkLoop, type WorkLoop } from '../../background/work-loop.ts'
import type { Trash } from './trash.ts'

interface TrashLoopOptions {
  readonly trash: Pick<Trash, 'empty'>
  readonly logger: Logger
  readonly now: () => number
}

const HOUR_MS = 3_600_000

/** Deletes for good, once an hour, what has been in the trash too long. */
export function startTrashLoop({ trash, logger, now }: TrashLoopOptions): WorkLoop {
  return startWorkLoop({
    run: async () => {
      const count = await trash.empty(new Date(now()))
      if (count > 0) logger.info({ boards: count }, 'boards that were in the trash too long are deleted for good')
      return false
    },
    logger,
    onFailure: 'the trash could not be emptied; it is tried again',
    pauseMs: HOUR_MS,
  })
}
