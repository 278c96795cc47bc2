import { AppError } from '@almanac/core/errors.ts'
import type { Annotations } from '../annotations/annotations.ts'
import type { Boards } from '../boards.ts'
import type { Folders } from '../folders/folders.ts'
import type { Trash } from '../trash/trash.ts'

const missing = async () => {
  throw new AppError('not_found', 'There is nothing here')
}

/** For tests of other things: no boards, and none can be made. */
export function noBoards(): { boards: Boards; boardFolders: Folders; boardTrash: Trash; annotations: Annotations } {
  return {
    boards: {
      list: async () => [],
      find: missing,
      currentSlug: async (slug) => slug,
      read: async () => undefined,
      readById: async () => undefined,
      make: missing,
      save: missing,
      change: missing,
      remove: missing,
      duplicate: missing,
      versions: missing,
      version: missing,
      setFavourite: missing,
      replaceWorkspace: async () => {},
    },
    boardTrash: {
      list: async () => [],
      restore: missing,
      remove: missing,
      has: async () => false,
      empty: async () => 0,
    },
    boardFolders: { list: async () => [], make: missing, change: missing, remove: missing },
    annotations: { list: async () => [], make: missing, change: missing, remove: missing },
  }
}
