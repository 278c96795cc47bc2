import { AppError } from '@almanac/core/errors.ts'
import type { Refreshes } from '../refresh/refreshes.ts'
import type { Uploads } from '../uploads.ts'

const missing = async () => {
  throw new AppError('not_found', 'There is no such upload')
}

/** For tests of other things: there are no uploads, and there can be none. */
export function noUploads(): { uploads: Uploads; uploadRefreshes: Refreshes } {
  return {
    uploads: {
      list: async () => [],
      find: missing,
      receive: missing,
      propose: missing,
      define: missing,
      load: missing,
      remove: missing,
    },
    uploadRefreshes: {
      list: async () => new Map(),
      find: async () => undefined,
      fetchFirst: missing,
      follow: missing,
      forget: missing,
      refresh: missing,
    },
  }
}
