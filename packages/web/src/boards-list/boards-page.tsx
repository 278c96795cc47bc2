import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { FileUp, FolderPlus, Plus, Trash2 } from 'lucide-react'
import { type ReactElement, useCallback, useState } from 'react'
import { boardsQuery } from '../api/boards.ts'
import { useMayEdit } from '../app/rights.ts'
import { useRecentBoards } from '../app/shell/use-recent-boards.ts'
import { Button } from '../ui/button.tsx'
import type { NoticeText } from '../ui/notice.tsx'
import { Page } from '../ui/page.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { loadable } from '../widgets/loadable.ts'
import { BoardCards } from './board-cards.tsx'
import { BoardListView } from './board-list-view.tsx'
import { ListDialogs, type OpenDialog } from './dialogs/list-dialogs.tsx'
import { ListNotices } from './list-notices.tsx'
import { ListToolbar } from './list-toolbar.tsx'
import { useBoardChanges } from './use-board-changes.ts'
import { useDeletion } from './use-deletion.ts'

const route = getRouteApi('/app/dashboards')
const MOST_CARDS = 8
const QUIET_LINK =
  'inline-flex h-8 items-center gap-1.5 rounded-md px-2.5 font-medium text-muted hover:bg-hover hover:text-ink'

/** All dashboards, to be found and to be kept in order. */
export function BoardsPage(): ReactElement {
  const boards = useQuery(boardsQuery)
  const recent = useRecentBoards()
  const mayEdit = useMayEdit()
  const search = route.useSearch()
  const navigate = useNavigate()
  const [dialog, setDialog] = useState<OpenDialog>()
  const [notice, setNotice] = useState<NoticeText>()
  const closeNotice = useCallback(() => setNotice(undefined), [])
  const openBoard = (slug: string) => void navigate({ to: '/dashboards/$slug', params: { slug } })
  const changes = useBoardChanges(setNotice, openBoard)
  const deletion = useDeletion(changes.remove)
  const make = mayEdit ? () => void navigate({ to: '/dashboards/new' }) : undefined
  useShortcut('n', 'New dashboard', make)

  const isSearching = search.q !== undefined || search.from !== undefined
  const favourites = (boards.data?.boards ?? []).filter(({ isFavourite }) => isFavourite)
  return (
    <Page
      title="Dashboards"
      actions={
        make && (
          <>
            <Link to="/trash" className={QUIET_LINK}>
              <Trash2 size={14} aria-hidden /> Trash
            </Link>
            <Button onPress={() => setDialog({ kind: 'import' })}>
              <FileUp size={14} aria-hidden /> Import
            </Button>
            <Button onPress={() => setDialog({ kind: 'folder', parentId: undefined })}>
              <FolderPlus size={14} aria-hidden /> New folder
            </Button>
            <Button look="primary" onPress={make}>
              <Plus size={14} aria-hidden /> New dashboard
            </Button>
          </>
        )
      }
    >
      <ListToolbar
        search={search}
        onChange={(next) => void navigate({ to: '/dashboards', search: next, replace: true, resetScroll: false })}
      />
      {!isSearching && (
        <BoardCards
          label="Favourites and seen lately"
          boards={[...favourites, ...recent.filter(({ isFavourite }) => !isFavourite)].slice(0, MOST_CARDS)}
        />
      )}
      <BoardListView
        list={loadable(boards, (list) => list)}
        search={search}
        hidden={deletion.hidden}
        now={Temporal.Now.instant()}
        onOpen={openBoard}
        onMake={make}
        onClear={() => void navigate({ to: '/dashboards', search: {} })}
        onStar={changes.star}
        onDrop={mayEdit ? changes.move : undefined}
        actions={
          mayEdit
            ? {
                onRename: (line) => setDialog({ kind: 'rename', line }),
                onMove: (line) => setDialog({ kind: 'move', line }),
                onDuplicate: changes.duplicate,
                onNewFolder: (parentId) => setDialog({ kind: 'folder', parentId }),
                onDelete: deletion.begin,
              }
            : undefined
        }
      />
      <ListDialogs
        dialog={dialog}
        folders={boards.data?.folders ?? []}
        onMove={changes.move}
        onClose={() => setDialog(undefined)}
      />
      <ListNotices deletion={deletion} notice={notice} onClose={closeNotice} />
    </Page>
  )
}
