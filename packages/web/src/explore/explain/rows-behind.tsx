import type { Explained, RawRow } from '@almanac/core/explain/explain.ts'
import { useInfiniteQuery } from '@tanstack/react-query'
import { ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { explainedRowsQuery } from '../../api/explore.ts'
import { FailureNote } from '../../lazy/failure-note.tsx'
import { Button } from '../../ui/button.tsx'
import { RowsSkeleton } from '../../widgets/rows-skeleton.tsx'

/** The raw rows that a value takes, page by page, each with all that is set in it. */
export function RowsBehind({ request }: { readonly request: Explained['request'] }): ReactElement {
  const { data, error, refetch, fetchNextPage, hasNextPage, isFetchingNextPage } = useInfiniteQuery(
    explainedRowsQuery({ ...request, limit: ROWS_PER_PAGE }),
  )
  if (error && !data) return <FailureNote error={toApiError(error)} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton count={6} />
  const rows = data.pages.flatMap((page) => page.rows)
  return (
    <div className="flex flex-col gap-2">
      {rows.length === 0 && <p className="text-muted">There are no rows.</p>}
      <ol className="divide-y divide-line rounded-md border border-line">
        {rows.map((row, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: rows have no names, and more only come after them.
          <li key={index}>
            <OneRow row={row} />
          </li>
        ))}
      </ol>
      {error && <p className="text-sm text-negative">{toApiError(error).message}</p>}
      {hasNextPage && (
        <Button className="self-start" isDisabled={isFetchingNextPage} onPress={() => void fetchNextPage()}>
          {isFetchingNextPage ? 'One moment…' : `${ROWS_PER_PAGE} more`}
        </Button>
      )}
    </div>
  )
}

const ROWS_PER_PAGE = 25

function OneRow({ row: { time, counted, columns } }: { readonly row: RawRow }): ReactElement {
  const takes = Object.entries(counted)
  return (
    <details className="group/row">
      <summary className="flex cursor-pointer list-none items-center gap-1.5 px-2 py-1.5 hover:bg-hover">
        <ChevronRight size={13} aria-hidden className="shrink-0 text-faint group-open/row:rotate-90" />
        <span className="figures min-w-0 flex-1 truncate">{time.replace('T', ' ').replace(/\.\d+/, '')}</span>
        <span className="figures max-w-40 truncate text-sm text-muted">
          {takes.map(([, value]) => text(value)).join(', ')}
        </span>
      </summary>
      <dl className="grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-3 gap-y-1 px-3 pt-1 pb-2.5 text-sm">
        {Object.entries(columns).map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="truncate text-muted" title={name}>
              {name}
            </dt>
            <dd className="figures wrap-anywhere">
              <bdi>{text(value)}</bdi>
            </dd>
          </div>
        ))}
      </dl>
    </details>
  )
}

const text = (value: unknown) =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '–')
