import type { Board } from '@almanac/core/boards/board.ts'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { BOARDS, type BoardAnswer, boardQuery, saveBoard } from '../../api/boards.ts'
import VersionsDialog from './versions-dialog.tsx'

interface Props {
  readonly answer: BoardAnswer
  readonly onClose: () => void
}

/** The versions of a board that is looked at; who may edit it can go back to one. */
export default function BoardVersions({ answer, onClose }: Props): ReactElement {
  const client = useQueryClient()
  const { slug, version } = answer
  const restore = useMutation({
    mutationFn: (old: { readonly version: number; readonly board: Board }) =>
      saveBoard(slug, { board: old.board, version, note: `Back to version ${old.version}` }),
    onSuccess: (saved) => {
      client.setQueryData(boardQuery(slug).queryKey, saved)
      void client.invalidateQueries({ queryKey: [BOARDS, 'list'] })
      void client.invalidateQueries({ queryKey: [BOARDS, 'versions', slug] })
      onClose()
    },
  })
  return (
    <VersionsDialog
      slug={slug}
      board={answer.board}
      problem={restore.error ? toApiError(restore.error) : undefined}
      {...(answer.mayEdit && {
        onRestore: (number: number, board: Board) => restore.mutate({ version: number, board }),
      })}
      onClose={onClose}
    />
  )
}
