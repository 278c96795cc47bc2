import { LoaderCircle, Plus, X } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../ui/button.tsx'
import { type SqlTabs, tabName } from './sql-tabs.ts'
import type { SqlRun } from './use-sql-runs.ts'

interface Props {
  readonly tabs: SqlTabs
  readonly runs: ReadonlyMap<string, SqlRun>
  readonly onOpen: (id: string) => void
  readonly onAdd: () => void
  readonly onClose: (id: string) => void
}

/** The statements that are open, side by side. */
export function SqlTabStrip({ tabs: { tabs, open }, runs, onOpen, onAdd, onClose }: Props): ReactElement {
  return (
    <div className="flex items-center gap-1 overflow-x-auto border-b border-line bg-sunken px-2 py-1.5">
      <ul aria-label="Statements" className="flex items-center gap-1">
        {tabs.map((tab) => {
          const isOpen = tab.id === open
          const name = tabName(tab)
          return (
            <li key={tab.id} className={`${TAB} ${isOpen ? OPEN : 'text-muted hover:bg-hover hover:text-ink'}`}>
              <button
                type="button"
                aria-current={isOpen || undefined}
                className="flex h-full min-w-0 items-center gap-1.5 rounded-l-md pr-1 pl-2.5 font-medium"
                onClick={() => onOpen(tab.id)}
              >
                {runs.get(tab.id)?.isRunning && (
                  <LoaderCircle size={13} aria-label="running" className="shrink-0 animate-spin text-accent" />
                )}
                <bdi className="max-w-40 truncate">{name}</bdi>
              </button>
              <button
                type="button"
                aria-label={`Close ${name}`}
                className="grid h-full w-6 place-items-center rounded-r-md text-faint hover:text-ink"
                onClick={() => onClose(tab.id)}
              >
                <X size={12} aria-hidden />
              </button>
            </li>
          )
        })}
      </ul>
      <Button look="quiet" isIcon aria-label="New statement" className="size-7!" onPress={onAdd}>
        <Plus size={15} aria-hidden />
      </Button>
    </div>
  )
}

const TAB = 'flex h-7 shrink-0 items-center rounded-md border border-transparent'
const OPEN = 'border-line! bg-surface text-ink'
