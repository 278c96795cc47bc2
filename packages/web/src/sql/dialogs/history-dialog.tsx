import { type ReactElement, useState } from 'react'
import { GridList, GridListItem } from 'react-aria-components'
import { Dialog } from '../../ui/dialog.tsx'
import { ListSearch } from '../../ui/list-search.tsx'
import { type PastStatement, searchHistory } from '../sql-history.ts'

interface Props {
  readonly history: readonly PastStatement[]
  readonly onOpen: (past: PastStatement) => void
  readonly onClose: () => void
}

/** What was run in this browser, to be opened again. */
export function HistoryDialog({ history, onOpen, onClose }: Props): ReactElement {
  const [typed, setTyped] = useState('')
  const found = searchHistory(history, typed)
  return (
    <Dialog title="History" isOpen onClose={onClose}>
      <ListSearch label="Search the history" placeholder="Search statements…" value={typed} onChange={setTyped} />
      <GridList
        aria-label="Statements"
        items={found.map((past, index) => ({ ...past, id: index }))}
        onAction={(key) => {
          const past = found[Number(key)]
          if (!past) return
          onOpen(past)
          onClose()
        }}
        renderEmptyState={() => (
          <p className="p-6 text-center text-muted">
            {history.length === 0 ? 'What you run is kept here, in this browser.' : 'No statement has these words.'}
          </p>
        )}
        className="min-h-0 flex-1 overflow-auto p-2 outline-none"
      >
        {({ id, sql, atMs, rows }) => (
          <GridListItem id={id} textValue={sql} className={ITEM}>
            <code className="line-clamp-3 font-mono text-sm whitespace-pre-wrap wrap-anywhere">{sql}</code>
            <span className="figures text-sm text-faint">
              {MOMENT.format(atMs)} · {rows === undefined ? 'failed' : `${COUNT.format(rows)} rows`}
            </span>
          </GridListItem>
        )}
      </GridList>
    </Dialog>
  )
}

const MOMENT = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })
const COUNT = new Intl.NumberFormat()
const ITEM = [
  'flex cursor-pointer flex-col gap-0.5 rounded-md px-3 py-2 outline-none hover:bg-hover',
  'data-[focus-visible]:outline-2 data-[focus-visible]:-outline-offset-2',
].join(' ')
