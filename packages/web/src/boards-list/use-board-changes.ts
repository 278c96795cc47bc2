import { useMutation, useQueryClient } from '@tanstack/react-query'
import { toApiError } from '../api/api-error.ts'
import {
  BOARDS,
  boardQuery,
  changeFolder,
  deleteBoard,
  deleteFolder,
  duplicateBoard,
  moveBoard,
  saveBoard,
  setFavourite,
  trashQuery,
} from '../api/boards.ts'
import type { NoticeText } from '../ui/notice.tsx'
import type { TreeLine } from './tree/board-tree.ts'

export interface BoardChanges {
  readonly star: (slug: string, isFavourite: boolean) => void
  readonly duplicate: (slug: string) => void
  readonly move: (line: TreeLine, folderId: string | null) => void
  readonly remove: (line: TreeLine) => Promise<void>
}

/** What can be done with the lines of the list at once. What the server refuses is told by a notice. */
export function useBoardChanges(onNotice: (notice: NoticeText) => void, onOpen: (slug: string) => void): BoardChanges {
  const client = useQueryClient()
  const change = useMutation({
    mutationFn: (run: () => Promise<NoticeText | undefined>) => run(),
    onSuccess: (notice) => notice && onNotice(notice),
    onError: (error) => onNotice({ text: [toApiError(error).message, toApiError(error).hint].join(' '), isBad: true }),
    onSettled: async () => {
      // Whoever opens the trash while a board is put into it asks too early, and a first answer that is on its way is never asked for again.
      await client.cancelQueries({ queryKey: trashQuery.queryKey })
      return client.invalidateQueries({ queryKey: [BOARDS] })
    },
  })
  return {
    star: (slug, isFavourite) => change.mutate(() => setFavourite(slug, isFavourite).then(() => undefined)),
    duplicate: (slug) =>
      change.mutate(() =>
        duplicateBoard(slug).then((copy) => ({
          text: `Copied as “${copy.title}”.`,
          onOpen: () => onOpen(copy.slug),
        })),
      ),
    move: (line, folderId) =>
      change.mutate(() =>
        line.kind === 'board'
          ? moveBoard(line.board.slug, { folderId }).then(() => undefined)
          : changeFolder(line.folder.id, { parentId: folderId }).then(() => undefined),
      ),
    remove: (line) =>
      change
        .mutateAsync(() =>
          (line.kind === 'board' ? deleteBoard(line.board.slug) : deleteFolder(line.folder.id)).then(() => undefined),
        )
        .then(
          () => undefined,
          () => undefined,
        ),
  }
}

/** A title is part of the board, so that a new one is a new version. */
export function useRename(): (slug: string, title: string) => Promise<void> {
  const client = useQueryClient()
  return async (slug, title) => {
    const { board, version } = await client.fetchQuery({ ...boardQuery(slug), staleTime: 0 })
    const saved = await saveBoard(slug, { board: { ...board, title }, version, note: 'Renamed' })
    client.setQueryData(boardQuery(slug).queryKey, saved)
    await client.invalidateQueries({ queryKey: [BOARDS, 'list'] })
  }
}
