import type { Board } from '@almanac/core/boards/board.ts'
import { AppError } from '@almanac/core/errors.ts'
import type { Pool } from 'pg'
import { verifyPassword } from '../accounts/sign-in/password.ts'
import { newToken } from '../accounts/sign-in/secret-token.ts'
import type { Boards } from '../boards/boards.ts'
import type { Trash } from '../boards/trash/trash.ts'
import { findLink, insertUnlock, isUnlocked, type LinkedBoard, type StoredLink, touchLink } from './share-link-store.ts'

/** Boards for people without an account: by the token of a link, or by `board-` and the address of a board that is public. */
export interface PublicBoards {
  /**
   * Throws `not_found` in the same words for what never was there, what is over and what is public no more, and `gone` for a
   * board in the trash, which may come back. The ticket is that of a browser in which the password was given.
   */
  open(token: string, ticket: string | undefined): Promise<OpenBoard | 'locked'>
  /** A ticket for this browser. Throws `unauthorized` when the password is another. */
  unlock(token: string, password: string): Promise<{ readonly ticket: string; readonly expiresAt: Date }>
}

export interface OpenBoard {
  readonly board: Board
  readonly allowed: readonly string[]
  readonly timezone: string
}

interface PublicBoardsDeps {
  readonly pool: Pool
  readonly boards: Pick<Boards, 'read' | 'readById'>
  readonly trash: Pick<Trash, 'has'>
  readonly now: () => number
}

/** Long enough for a day at work. */
const UNLOCKED_HOURS = 12
const HOUR_MS = 3_600_000
const PUBLIC_PREFIX = 'board-'

export function createPublicBoards({ pool, boards, trash, now }: PublicBoardsDeps): PublicBoards {
  const linked = async (token: string) => {
    const link = await findLink(pool, token, new Date(now()))
    const board = link && (await linkedBoard(boards, link.board))
    if (link && !board && 'id' in link.board && (await trash.has(link.board))) throw deleted()
    return link && board && { link, board }
  }

  return {
    async open(token, ticket) {
      const found = await linked(token)
      if (!found) return openPublic(boards, trash, token)
      const { link, board } = found
      if (link.passwordHash !== null) {
        const isOpen = ticket !== undefined && (await isUnlocked(pool, link.id, ticket, new Date(now())))
        if (!isOpen) return 'locked'
      }
      await noteUse(pool, link, now())
      return { board, allowed: link.allowed, timezone: link.timezone }
    },
    async unlock(token, password) {
      const found = await linked(token)
      if (!found || found.link.passwordHash === null) throw nothingThere()
      const { id, passwordHash } = found.link
      if (!(await verifyPassword(password, passwordHash))) {
        throw new AppError('unauthorized', 'This is not the password', { hint: 'Ask whoever gave you the address.' })
      }
      const ticket = newToken()
      const expiresAt = new Date(now() + UNLOCKED_HOURS * HOUR_MS)
      await insertUnlock(pool, id, ticket, expiresAt, new Date(now()))
      return { ticket, expiresAt }
    },
  }
}

async function linkedBoard(boards: PublicBoardsDeps['boards'], linked: LinkedBoard): Promise<Board | undefined> {
  if ('id' in linked) return (await boards.readById(linked.id))?.board
  const found = await boards.read(linked.slug)
  // One that somebody has made under the address of one that is gone is not meant.
  return found?.id === undefined ? found?.board : undefined
}

/** A board that everybody may see is shown as it is: for choices, a link is made. */
async function openPublic(boards: Pick<Boards, 'read'>, trash: Pick<Trash, 'has'>, token: string): Promise<OpenBoard> {
  if (!token.startsWith(PUBLIC_PREFIX)) throw nothingThere()
  const slug = token.slice(PUBLIC_PREFIX.length)
  const found = await boards.read(slug)
  if (!found && (await trash.has({ slug }))) throw deleted()
  if (found?.visibility !== 'public') throw nothingThere()
  return { board: found.board, allowed: [], timezone: 'UTC' }
}

const TOUCH_AFTER_MS = 60_000

async function noteUse(pool: Pool, { id, lastUsedAt }: StoredLink, nowMs: number): Promise<void> {
  if (lastUsedAt === null || nowMs - lastUsedAt.getTime() >= TOUCH_AFTER_MS) await touchLink(pool, id, new Date(nowMs))
}

function deleted(): AppError {
  return new AppError('gone', 'This board was deleted', {
    hint: 'If it is brought back, it is at this address again. Ask whoever gave it to you.',
  })
}

function nothingThere(): AppError {
  return new AppError('not_found', 'There is no board at this address', {
    hint: 'The link may have ended. Ask whoever gave it to you for another one.',
  })
}
