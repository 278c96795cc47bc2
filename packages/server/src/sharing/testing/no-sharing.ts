import { AppError } from '@almanac/core/errors.ts'
import type { PublicAnswers } from '../public-answers.ts'
import type { PublicBoards } from '../public-boards.ts'
import type { ShareLinks } from '../share-links.ts'

const missing = async () => {
  throw new AppError('not_found', 'There is nothing here')
}

/** For tests of other things: nothing is shared, and nothing can be. */
export function noSharing(): { shareLinks: ShareLinks; publicBoards: PublicBoards; publicAnswers: PublicAnswers } {
  return {
    shareLinks: { list: async () => [], make: missing, remove: missing },
    publicBoards: { open: missing, unlock: missing },
    publicAnswers: { answer: missing, values: missing },
  }
}
