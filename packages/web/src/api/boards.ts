import type { Board, BoardInput, Visibility } from '@almanac/core/boards/board.ts'
import type { Issue } from '@almanac/core/errors.ts'
import { queryOptions } from '@tanstack/react-query'
import { request, requestText } from './request.ts'

/** Boards, as they lie on the server. */
export interface BoardEntry {
  readonly slug: string
  readonly title: string
  readonly description: string
  readonly folderId: string | null
  readonly visibility: Visibility
  /** `made` here, from the `workspace` folder, or delivered `ready`: only the first can be changed in place. */
  readonly origin: 'made' | 'workspace' | 'ready'
  readonly ownerName: string | null
  readonly updatedAt: string | null
  readonly isFavourite: boolean
  readonly mayEdit: boolean
}

export interface BoardAnswer extends BoardEntry {
  readonly version: number
  readonly board: Board
  /** Widgets whose cube, measure or dimension is gone. */
  readonly problems: readonly Issue[]
}

/** A deleted board, which can still be brought back. */
export interface TrashedBoard {
  readonly id: string
  /** Its address before. */
  readonly slug: string
  readonly title: string
  readonly visibility: Visibility
  readonly ownerName: string | null
  readonly deletedAt: string
  readonly deletedBy: string | null
}

export interface BoardFolder {
  readonly id: string
  readonly name: string
  readonly parentId: string | null
}

export interface BoardVersion {
  readonly version: number
  readonly savedAt: string
  readonly savedBy: string | null
  readonly note: string
  readonly title: string
}

interface BoardPlace {
  readonly slug?: string
  readonly folderId?: string | null
  readonly visibility?: Visibility
}

/** Before the first key of all questions about boards: a change invalidates `[BOARDS]`. */
export const BOARDS = 'boards'

export const boardsQuery = queryOptions({
  queryKey: [BOARDS, 'list'],
  queryFn: ({ signal }) => request<{ boards: BoardEntry[]; folders: BoardFolder[] }>('/api/v1/boards', { signal }),
  staleTime: 30_000,
})

export function boardQuery(slug: string) {
  return queryOptions({
    queryKey: [BOARDS, 'one', slug],
    queryFn: ({ signal }) => request<BoardAnswer>(boardPath(slug), { signal }),
    staleTime: 30_000,
  })
}

export function boardVersionsQuery(slug: string) {
  return queryOptions({
    queryKey: [BOARDS, 'versions', slug],
    queryFn: ({ signal }) =>
      request<{ versions: BoardVersion[] }>(`${boardPath(slug)}/versions`, { signal }).then(({ versions }) => versions),
  })
}

export function boardVersionQuery(slug: string, version: number) {
  return queryOptions({
    queryKey: [BOARDS, 'version', slug, version],
    queryFn: ({ signal }) =>
      request<{ version: number; board: Board }>(`${boardPath(slug)}/versions/${version}`, { signal }),
    // What was saved once never changes.
    staleTime: Number.POSITIVE_INFINITY,
  })
}

export async function createBoard(board: BoardInput, place: BoardPlace = {}): Promise<BoardAnswer> {
  return request('/api/v1/boards', { method: 'POST', body: { board, ...place } })
}

/** Refused with `conflict` when `version` is not the newest. */
export async function saveBoard(
  slug: string,
  { board, version, note }: { readonly board: BoardInput; readonly version: number; readonly note?: string },
): Promise<BoardAnswer> {
  return request(boardPath(slug), { method: 'PUT', body: { board, version, ...(note && { note }) } })
}

/** Its place and who may see it; what is on it stays. */
export async function moveBoard(slug: string, place: BoardPlace): Promise<BoardAnswer> {
  return request(boardPath(slug), { method: 'PATCH', body: place })
}

/** Into the trash. */
export async function deleteBoard(slug: string): Promise<void> {
  await request<unknown>(boardPath(slug), { method: 'DELETE' })
}

export const trashQuery = queryOptions({
  queryKey: [BOARDS, 'trash'],
  queryFn: ({ signal }) => request<{ boards: TrashedBoard[]; keptDays: number }>('/api/v1/trash', { signal }),
})

/** At an address like its own, where that one is taken. */
export async function restoreBoard(id: string): Promise<BoardAnswer> {
  return request(`/api/v1/trash/${encodeURIComponent(id)}/restore`, { method: 'POST', body: {} })
}

export async function deleteForGood(id: string): Promise<void> {
  await request<unknown>(`/api/v1/trash/${encodeURIComponent(id)}`, { method: 'DELETE' })
}

export async function duplicateBoard(slug: string): Promise<BoardAnswer> {
  return request(`${boardPath(slug)}/duplicate`, { method: 'POST', body: {} })
}

export async function setFavourite(slug: string, isFavourite: boolean): Promise<void> {
  await request<unknown>(`${boardPath(slug)}/favourite`, { method: isFavourite ? 'PUT' : 'DELETE' })
}

/** The board as TypeScript. */
export async function boardCode(slug: string): Promise<string> {
  return requestText(`${boardPath(slug)}/code`)
}

export async function importBoard(code: string): Promise<BoardAnswer> {
  return request('/api/v1/boards/import', { method: 'POST', body: { code } })
}

export async function createFolder(name: string, parentId?: string): Promise<BoardFolder> {
  return request('/api/v1/folders', { method: 'POST', body: { name, ...(parentId && { parentId }) } })
}

export async function changeFolder(
  id: string,
  change: { readonly name?: string; readonly parentId?: string | null },
): Promise<BoardFolder> {
  return request(folderPath(id), { method: 'PATCH', body: change })
}

/** The boards in it move up. */
export async function deleteFolder(id: string): Promise<void> {
  await request<unknown>(folderPath(id), { method: 'DELETE' })
}

const boardPath = (slug: string) => `/api/v1/boards/${encodeURIComponent(slug)}`
const folderPath = (id: string) => `/api/v1/folders/${encodeURIComponent(id)}`
