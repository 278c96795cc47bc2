import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getRouteApi, useNavigate } from '@tanstack/react-router'
import { type ReactElement, useCallback, useEffect, useState } from 'react'
import { BOARDS, type BoardAnswer, boardQuery, duplicateBoard } from '../../api/boards.ts'
import { cubesQuery } from '../../api/cubes.ts'
import { useMayEdit } from '../../app/rights.ts'
import { Lazily } from '../../lazy/lazily.tsx'
import { LazyDialog } from '../../lazy/lazy-dialog.tsx'
import { lazyPart } from '../../lazy/lazy-part.ts'
import { BoardView } from './board-view.tsx'
import { type BoardSearch, changed } from './choice/board-search.ts'
import { CodeDialog } from './head/code-dialog.tsx'
import { BoardFailed } from './notes/board-failed.tsx'
import { BoardSkeleton } from './notes/board-skeleton.tsx'

const route = getRouteApi('/app/dashboards/$slug')

/** For those who arrange boards; a reader does not load it. */
const BOARD_EDITOR = lazyPart(async () => ({ default: (await import('../edit/board-editor.tsx')).BoardEditor }))

const BOARD_VERSIONS = lazyPart(() => import('../versions/board-versions.tsx'))
const SHARE_DIALOG = lazyPart(() => import('../../sharing/share-dialog.tsx'))

/** A board by its address: to be looked at, or with `?edit=true` to be arranged. */
export function BoardPage(): ReactElement {
  const { slug } = route.useParams()
  const board = useQuery(boardQuery(slug))
  // The names in the toolbar are the cubes': without waiting for them it would move when they come.
  const cubes = useQuery(cubesQuery)
  if (board.data && board.data.slug !== slug) return <ToItsAddress answer={board.data} />
  if (board.data && !cubes.isPending) return <FoundBoard key={slug} answer={board.data} />
  if (!board.error) return <BoardSkeleton />
  return <BoardFailed error={board.error} retry={() => void board.refetch()} />
}

/** Found at an address that it had before. */
function ToItsAddress({ answer }: { answer: BoardAnswer }): ReactElement {
  const { slug } = answer
  const client = useQueryClient()
  const navigate = useNavigate()
  const search = route.useSearch()
  useEffect(() => {
    client.setQueryData(boardQuery(slug).queryKey, answer)
    void navigate({ to: '/dashboards/$slug', params: { slug }, search, replace: true })
  }, [client, navigate, answer, slug, search])
  return <BoardSkeleton />
}

function FoundBoard({ answer }: { answer: BoardAnswer }): ReactElement {
  const { slug } = answer
  const search = route.useSearch()
  const navigate = useNavigate()
  const go = useCallback(
    (next: BoardSearch) =>
      void navigate({ to: '/dashboards/$slug', params: { slug }, search: next, resetScroll: false }),
    [navigate, slug],
  )
  if (!search.edit || !answer.mayEdit) return <ShownBoard answer={answer} search={search} go={go} />
  return (
    <Lazily
      part={BOARD_EDITOR}
      props={{
        answer,
        search,
        onSearch: go,
        onMoved: (moved) => void navigate({ to: '/dashboards/$slug', params: { slug: moved }, search }),
        onLeave: () => go(changed(search, { edit: undefined })),
      }}
      fallback={<BoardSkeleton />}
    />
  )
}

interface ShownProps {
  readonly answer: BoardAnswer
  readonly search: BoardSearch
  readonly go: (search: BoardSearch) => void
}

function ShownBoard({ answer, search, go }: ShownProps): ReactElement {
  const { slug } = answer
  const mayEdit = useMayEdit()
  const duplicate = useDuplicate()
  const [areVersionsOpen, setVersionsOpen] = useState(false)
  const [isCodeOpen, setCodeOpen] = useState(false)
  const [isShareOpen, setShareOpen] = useState(false)
  const edit = answer.mayEdit ? () => go(changed(search, { edit: true })) : () => duplicate(slug)
  return (
    <>
      <BoardView
        answer={answer}
        search={search}
        onSearch={go}
        editLabel={answer.mayEdit ? 'Edit' : 'Copy to edit'}
        actions={{
          onEdit: mayEdit ? edit : undefined,
          onShare: mayEdit ? () => setShareOpen(true) : undefined,
          onDuplicate: mayEdit ? () => duplicate(slug) : undefined,
          onVersions: answer.origin === 'made' ? () => setVersionsOpen(true) : undefined,
          onCode: () => setCodeOpen(true),
          onKiosk: () => window.location.assign(`/kiosk?boards=${encodeURIComponent(slug)}`),
        }}
      />
      {areVersionsOpen && (
        <LazyDialog part={BOARD_VERSIONS} props={{ answer, onClose: () => setVersionsOpen(false) }} />
      )}
      {isShareOpen && <LazyDialog part={SHARE_DIALOG} props={{ answer, onClose: () => setShareOpen(false) }} />}
      {isCodeOpen && <CodeDialog slug={slug} onClose={() => setCodeOpen(false)} />}
    </>
  )
}

/** Makes a copy of one's own, and begins to edit it. */
function useDuplicate(): (slug: string) => void {
  const client = useQueryClient()
  const navigate = useNavigate()
  const { mutate } = useMutation({
    mutationFn: duplicateBoard,
    onSuccess: async (copy) => {
      client.setQueryData(boardQuery(copy.slug).queryKey, copy)
      void client.invalidateQueries({ queryKey: [BOARDS, 'list'] })
      await navigate({ to: '/dashboards/$slug', params: { slug: copy.slug }, search: { edit: true } })
    },
  })
  return mutate
}
