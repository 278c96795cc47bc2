import type { Board } from '@almanac/core/boards/board.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { type ApiError, toApiError } from '../../../api/api-error.ts'
import { BOARDS, type BoardAnswer, boardQuery, createBoard, saveBoard } from '../../../api/boards.ts'
import { dropDraft } from './draft-store.ts'

/** What the server has. */
export interface SavedBoard {
  readonly slug: string | undefined
  readonly version: number
  readonly board: Board
}

/** Of a board that was never saved: who may see it, and where it lies. */
export interface NewPlace {
  readonly visibility: BoardAnswer['visibility']
  readonly folderId: string | null
}

interface Options {
  readonly initial: SavedBoard
  readonly board: Board
  readonly place: NewPlace
  /** After the first time, and after a copy: the board has an address now. */
  readonly onMoved: (slug: string) => void
}

export interface Saving {
  readonly saved: SavedBoard
  readonly isChanged: boolean
  readonly isSaving: boolean
  readonly error: ApiError | undefined
  /** Somebody else has saved since. */
  readonly isConflict: boolean
  readonly save: (note?: string, then?: { readonly onSuccess: () => void; readonly onError: () => void }) => void
  readonly saveCopy: () => void
  /** Makes the newest of the server the base; gives it back, to be shown. */
  readonly takeTheirs: () => Promise<Board | undefined>
  readonly forget: () => void
}

export function useBoardSaving({ initial, board, place, onMoved }: Options): Saving {
  const client = useQueryClient()
  const [saved, setSaved] = useState(initial)
  const keep = (answer: BoardAnswer, sent: Board) => {
    setSaved({ slug: answer.slug, version: answer.version, board: sent })
    client.setQueryData(boardQuery(answer.slug).queryKey, answer)
    void client.invalidateQueries({ queryKey: [BOARDS, 'list'] })
    void client.invalidateQueries({ queryKey: [BOARDS, 'versions', answer.slug] })
  }
  const save = useMutation({
    mutationFn: ({ sent, note }: { readonly sent: Board; readonly note: string | undefined }) =>
      saved.slug === undefined
        ? createBoard(sent, place)
        : saveBoard(saved.slug, { board: sent, version: saved.version, ...(note && { note }) }),
    onSuccess: (answer, { sent }) => {
      dropDraft(localStorage, saved.slug)
      keep(answer, sent)
      if (answer.slug !== saved.slug) onMoved(answer.slug)
    },
  })
  const copy = useMutation({
    mutationFn: (sent: Board) => createBoard(sent, place),
    onSuccess: (answer, sent) => {
      dropDraft(localStorage, saved.slug)
      keep(answer, sent)
      onMoved(answer.slug)
    },
  })
  const failure = save.error ?? copy.error
  const error = failure ? toApiError(failure) : undefined
  return {
    saved,
    isChanged: board !== saved.board,
    isSaving: save.isPending || copy.isPending,
    error,
    isConflict: save.error !== null && error?.code === 'conflict' && saved.slug !== undefined,
    save: (note, then) => save.mutate({ sent: board, note }, then),
    saveCopy: () => copy.mutate({ ...board, title: `${board.title.slice(0, 480)} (my version)` }),
    takeTheirs: async () => {
      if (saved.slug === undefined) return undefined
      const theirs = await client.fetchQuery({ ...boardQuery(saved.slug), staleTime: 0 })
      save.reset()
      setSaved({ slug: theirs.slug, version: theirs.version, board: theirs.board })
      return theirs.board
    },
    forget: () => {
      save.reset()
      copy.reset()
    },
  }
}
