import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useState } from 'react'
import { BOARDS, boardQuery, restoreBoard, type TrashedBoard, trashQuery } from '../api/boards.ts'
import { NotForRolePage } from '../app/errors/not-for-role-page.tsx'
import { useMayEdit } from '../app/rights.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Page } from '../ui/page.tsx'
import { loadable } from '../widgets/loadable.ts'
import { ForGoodDialog } from './for-good-dialog.tsx'
import { TrashList } from './trash-list.tsx'

/** Dashboards that were deleted, until they are brought back or their time is over. */
export function TrashPage(): ReactElement {
  const mayEdit = useMayEdit()
  const trash = useQuery({ ...trashQuery, enabled: mayEdit })
  const [ending, setEnding] = useState<TrashedBoard>()
  const restore = useRestore()
  if (!mayEdit) {
    return (
      <NotForRolePage title="Trash" reason="Only editors and admins see deleted dashboards">
        Ask one of them to bring a dashboard back.
      </NotForRolePage>
    )
  }
  const keptDays = trash.data?.keptDays ?? 30
  return (
    <Page
      title="Trash"
      intro={`Deleted dashboards stay here for ${keptDays} days, with their versions and links. Then they are deleted for good.`}
      actions={
        <Link to="/dashboards" className={LINK}>
          All dashboards
        </Link>
      }
    >
      <FormError error={restore.error} />
      <TrashList
        boards={loadable(trash, ({ boards }) => boards)}
        keptDays={keptDays}
        now={Temporal.Now.instant()}
        onRestore={restore.isPending ? undefined : restore.mutate}
        onEnd={setEnding}
      />
      {ending && <ForGoodDialog board={ending} onClose={() => setEnding(undefined)} />}
    </Page>
  )
}

/** Brings a board back, and opens it. */
function useRestore() {
  const client = useQueryClient()
  const navigate = useNavigate()
  return useMutation({
    mutationFn: ({ id }: TrashedBoard) => restoreBoard(id),
    onSuccess: async (board) => {
      client.setQueryData(boardQuery(board.slug).queryKey, board)
      await navigate({ to: '/dashboards/$slug', params: { slug: board.slug } })
    },
    // Also when somebody else was first.
    onSettled: () => client.invalidateQueries({ queryKey: [BOARDS] }),
  })
}

const LINK =
  'inline-flex h-8 items-center gap-1.5 rounded-md px-2.5 font-medium text-muted hover:bg-hover hover:text-ink'
