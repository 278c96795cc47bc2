import { Plus } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../ui/button.tsx'
import type { Loadable } from '../widgets/loadable.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'
import type { ListSearch } from './list-search.ts'
import { type BoardList, foundLines, treeOf, withoutLine } from './tree/board-tree.ts'
import { BoardTreeView } from './tree/board-tree-view.tsx'
import { ColumnNames } from './tree/lines.tsx'

interface Props extends Pick<Parameters<typeof BoardTreeView>[0], 'now' | 'onOpen' | 'onStar' | 'onDrop' | 'actions'> {
  readonly list: Loadable<BoardList>
  readonly search: ListSearch
  /** Lines that are about to be deleted. */
  readonly hidden: ReadonlySet<string>
  /** Absent for those who may not. */
  readonly onMake: (() => void) | undefined
  readonly onClear: () => void
}

/** All boards in their folders, or those that were looked for. */
export function BoardListView({ list, search, hidden, onMake, onClear, ...rest }: Props): ReactElement {
  const { data, error, retry } = list
  const shown = data && ofOrigin([...hidden].reduce(withoutLine, data), search)
  const isFlat = search.q !== undefined || search.from !== undefined
  const lines = shown && (isFlat ? foundLines(shown, search.q ?? '') : treeOf(shown))
  return (
    <section aria-label="All dashboards" aria-busy={!data} className="card min-h-60 overflow-hidden">
      {!lines && (error ? <ErrorNote error={error} retry={retry} /> : <RowsSkeleton count={7} />)}
      {lines?.length === 0 && (
        <div className="h-60">
          {isFlat ? (
            <EmptyNote title="No dashboard fits this">
              <p className="text-pretty">It is looked for in titles, descriptions, folders and owners.</p>
              <Button className="mt-2.5" onPress={onClear}>
                Show all
              </Button>
            </EmptyNote>
          ) : (
            <EmptyNote title="There is no dashboard yet">
              <p className="max-w-md text-pretty">A dashboard shows figures side by side, and follows them live.</p>
              {onMake && (
                <Button look="primary" className="mt-2.5" onPress={onMake}>
                  <Plus size={14} aria-hidden /> Make the first one
                </Button>
              )}
            </EmptyNote>
          )}
        </div>
      )}
      {lines && lines.length > 0 && (
        <>
          <ColumnNames />
          <BoardTreeView {...rest} lines={lines} folders={shown?.folders ?? []} isFlat={isFlat} />
        </>
      )}
    </section>
  )
}

function ofOrigin({ boards, folders }: BoardList, { from }: ListSearch): BoardList {
  return { folders, boards: from ? boards.filter(({ origin }) => origin === from) : boards }
}
