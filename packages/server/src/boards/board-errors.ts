import { AppError } from '@almanac/core/errors.ts'
import type { BoardVersion } from './board-entry.ts'
import type { FixedBoard } from './fixed-boards.ts'

/** Also for a board that somebody may not see: that there is one is nobody's business. */
export function noBoard(slug: string): AppError {
  return new AppError('not_found', `There is no board ${slug}`, { hint: 'GET /api/v1/boards lists those you may see.' })
}

export function deletedBoard(slug: string): AppError {
  return new AppError('gone', `The board ${slug} was deleted`, {
    hint: 'It is in the trash: GET /api/v1/trash lists what is there, and who may edit can bring it back.',
  })
}

export function noVersion(slug: string, version: number): AppError {
  return new AppError('not_found', `There is no version ${version} of the board ${slug}`)
}

export function takenSlug(slug: string): AppError {
  return new AppError('conflict', `There is a board with the address ${slug} already`, { hint: 'Choose another one.' })
}

export function cannotChange({ slug, origin }: FixedBoard): AppError {
  const where = origin === 'workspace' ? 'is a file of the workspace' : 'comes with Almanac'
  return new AppError('forbidden', `The board ${slug} ${where} and cannot be changed here`, {
    hint: 'Duplicate it, and change the copy.',
  })
}

export function savedByAnother(slug: string, seen: number, newest: BoardVersion): AppError {
  const { version, savedAt, savedBy } = newest
  const who = savedBy ?? 'Somebody who is gone'
  const hint = `${who} saved version ${version} at ${savedAt.toISOString()}. Look at it, then save yours on top of it, or as a copy.`
  return new AppError('conflict', `The board ${slug} was saved by somebody else: version ${version}, not ${seen}`, {
    hint,
  })
}

export function onlyItsOwner(slug: string): AppError {
  return new AppError('forbidden', `Only its owner can make the board ${slug} private`, {
    hint: 'Duplicate it, and make the copy private.',
  })
}
