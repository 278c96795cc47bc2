import type { Board } from '@almanac/core/boards/board.ts'
import { AppError, type Issue } from '@almanac/core/errors.ts'
import { isTimeZone } from '@almanac/core/time/moment.ts'
import type { Pool } from 'pg'
import { hashPassword } from '../accounts/sign-in/password.ts'
import { newToken } from '../accounts/sign-in/secret-token.ts'
import type { Boards } from '../boards/boards.ts'
import type { Viewer } from '../boards/viewer.ts'
import { ALLOWED_CHOICES, type NewShareLink, type ShareLink } from './share-link.ts'
import { deleteLink, insertLink, type LinkedBoard, listLinks } from './share-link-store.ts'

/** The links of a board, for those who may see the board. */
export interface ShareLinks {
  /** Newest first; also those whose time is over. */
  list(slug: string, viewer: Viewer): Promise<ShareLink[]>
  /** The token is in the answer and nowhere else: it cannot be shown a second time. */
  make(slug: string, link: NewShareLink, viewer: Viewer): Promise<{ readonly link: ShareLink; readonly token: string }>
  /** It works no more, also in browsers that have it open. */
  remove(slug: string, id: string, viewer: Viewer): Promise<void>
}

interface ShareLinksDeps {
  readonly pool: Pool
  readonly boards: Pick<Boards, 'find' | 'read'>
  readonly now: () => number
}

export function createShareLinks({ pool, boards, now }: ShareLinksDeps): ShareLinks {
  const linked = async (slug: string, viewer: Viewer) => {
    await boards.find(slug, viewer)
    const read = await boards.read(slug)
    if (!read) throw new AppError('not_found', `There is no board ${slug}`)
    const key: LinkedBoard = read.id === undefined ? { slug } : { id: read.id }
    return { key, board: read.board }
  }
  return {
    list: async (slug, viewer) => listLinks(pool, (await linked(slug, viewer)).key),
    async make(slug, link, viewer) {
      const { key, board } = await linked(slug, viewer)
      refuseUnusable(link, board, now())
      const token = newToken()
      const passwordHash = link.password === undefined ? undefined : await hashPassword(link.password)
      const { label, allowed, timezone, expiresAt } = link
      const row = { token, label, passwordHash, allowed, timezone, createdBy: viewer.name, expiresAt }
      return { link: await insertLink(pool, key, row), token }
    },
    async remove(slug, id, viewer) {
      const { key } = await linked(slug, viewer)
      if (!(await deleteLink(pool, key, id))) {
        throw new AppError('not_found', `The board ${slug} has no link ${id}`)
      }
    },
  }
}

function refuseUnusable({ allowed, timezone, expiresAt }: NewShareLink, { variables }: Board, nowMs: number): void {
  const known = new Set<string>([...ALLOWED_CHOICES, ...variables.map(({ name }) => name)])
  const issues: Issue[] = [...allowed.entries()]
    .filter(([, name]) => !known.has(name))
    .map(([i, name]) => ({
      path: ['allow', i],
      message: `expected one of ${[...known].join(', ')}, got "${name}"`,
    }))
  if (!isTimeZone(timezone)) {
    issues.push({ path: ['timezone'], message: `expected a time zone such as Europe/Berlin, got "${timezone}"` })
  }
  if (expiresAt !== undefined && expiresAt.getTime() <= nowMs) {
    issues.push({ path: ['expiresAt'], message: 'expected a time that is still to come' })
  }
  if (issues.length === 0) return
  const count = issues.length === 1 ? 'a problem' : `${issues.length} problems`
  throw new AppError('invalid_request', `The link has ${count}`, { issues })
}
