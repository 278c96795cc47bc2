import { Check } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { TopRow } from '../dashboards/top-rows.ts'
import { Button } from '../ui/button.tsx'
import { formatNumber } from './format-number.ts'
import type { Loadable } from './loadable.ts'
import { EmptyNote, ErrorNote, StaleBadge } from './widget-notes.tsx'

interface Props {
  readonly title: string
  readonly rows: Loadable<readonly TopRow[]>
  /** As many lines as the card has room for; one row more than that means that there is a rest to show. */
  readonly visible: number
  readonly selected: readonly string[]
  readonly onSelect: (value: string) => void
  readonly onShowMore: () => void
}

/** The most frequent values of a dimension. Its height is that of `visible` lines, however many there are. */
export function TopListView({ title, rows, visible, selected, onSelect, onShowMore }: Props): ReactElement {
  const hasMore = (rows.data?.length ?? 0) > visible
  return (
    <section
      aria-label={title}
      aria-busy={!rows.data || rows.isSuperseded}
      className="card @container flex min-w-0 flex-col"
    >
      <header className="flex h-11 items-center gap-2 px-4">
        <h2 className="truncate font-medium">{title}</h2>
        <StaleBadge error={rows.data && rows.error} />
        <ColumnHeads />
      </header>
      <div style={{ height: `${visible * 1.875}rem` }} className={rows.isSuperseded ? 'superseded' : ''}>
        <Content title={title} rows={rows} visible={visible} selected={selected} onSelect={onSelect} />
      </div>
      <footer className="flex h-10 items-center px-2">
        {hasMore && (
          <Button look="quiet" onPress={onShowMore} aria-label={`Show more: ${title}`}>
            Show more
          </Button>
        )}
      </footer>
    </section>
  )
}

function Content({ title, rows, visible, selected, onSelect }: Omit<Props, 'onShowMore'>): ReactNode {
  if (!rows.data)
    return rows.error ? <ErrorNote error={rows.error} retry={rows.retry} /> : <RowsSkeleton count={visible} />
  if (rows.data.length === 0) return <EmptyNote title="Nothing in this range" />
  return <TopRowsView title={title} rows={rows.data.slice(0, visible)} selected={selected} onSelect={onSelect} />
}

interface RowsProps {
  readonly title: string
  readonly rows: readonly TopRow[]
  readonly selected: readonly string[]
  readonly onSelect: (value: string) => void
}

/** The lines alone. Each is a switch: it filters the whole dashboard by its value. */
export function TopRowsView({ title, rows, selected, onSelect }: RowsProps): ReactElement {
  return (
    <ol aria-label={title} className="px-2">
      {rows.map((row) => (
        <li key={row.value}>
          <button
            type="button"
            aria-pressed={selected.includes(row.value)}
            title={row.label}
            onClick={() => onSelect(row.value)}
            className={ROW}
          >
            <RowLabel row={row} isSelected={selected.includes(row.value)} />
            <span className={`${HITS} figures font-medium`}>{formatNumber(row.hits, 'integer')}</span>
            <span className={`${SHARE} figures text-muted`}>
              {row.share === undefined ? '' : formatNumber(row.share, 'percent')}
            </span>
            <span className={`${VISITORS} figures text-muted`}>{formatNumber(row.visitors, 'integer')}</span>
          </button>
        </li>
      ))}
    </ol>
  )
}

function RowLabel({ row, isSelected }: { row: TopRow; isSelected: boolean }): ReactElement {
  return (
    <span className="relative flex h-6 min-w-0 flex-1 items-center gap-2 px-2">
      <span style={{ width: `${row.bar * 100}%` }} className={BAR} />
      {isSelected && <Check size={13} aria-hidden className="relative shrink-0 text-accent" />}
      {row.mark && <span className="figures relative w-6 shrink-0 text-sm text-muted">{row.mark}</span>}
      <bdi className="relative truncate">{row.label}</bdi>
    </span>
  )
}

export function ColumnHeads(): ReactElement {
  return (
    <span aria-hidden className="ml-auto flex items-center text-xs text-faint">
      <span className={HITS}>Hits</span>
      <span className={SHARE}>Share</span>
      <span className={VISITORS}>Visitors</span>
    </span>
  )
}

export function RowsSkeleton({ count }: { count: number }): ReactElement {
  return (
    <div role="status" aria-label="Loading" className="flex flex-col px-4">
      {Array.from({ length: count }, (_, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines are all alike and never move.
        <div key={index} className="flex h-7.5 items-center">
          <div style={{ width: `${80 - index * 7}%` }} className="skeleton h-4" />
        </div>
      ))}
    </div>
  )
}

const ROW =
  'flex h-7.5 w-full items-center rounded-sm pr-2 text-left hover:bg-hover focus-visible:-outline-offset-2 aria-pressed:bg-accent-soft'
const BAR = 'absolute inset-y-0 left-0 rounded-sm bg-bar transition-[width] duration-300'
const HITS = 'w-16 shrink-0 text-right'
const SHARE = 'hidden w-16 shrink-0 text-right @md:block'
const VISITORS = 'w-18 shrink-0 text-right'
