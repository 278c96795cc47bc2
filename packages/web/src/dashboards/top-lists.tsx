import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { cubeQuery } from '../api/queries.ts'
import { loadable } from '../widgets/loadable.ts'
import { TopListView } from '../widgets/top-list.tsx'
import type { FilterDimension } from './dashboard-search.ts'
import { topQuery } from './overview-queries.ts'
import { TopListDialog } from './top-list-dialog.tsx'
import { topRows } from './top-rows.ts'

interface Props {
  readonly scope: Parameters<typeof topQuery>[0]
  readonly range: ZonedRange
  /** For shares; `undefined` while the total is of another question. */
  readonly totalHits: number | undefined
  readonly onSelect: (dimension: FilterDimension, value: string) => void
}

interface ListDefinition {
  readonly dimension: FilterDimension
  readonly title: string
  readonly visible: number
  readonly span: string
}

const LISTS: readonly ListDefinition[] = [
  { dimension: 'path', title: 'Top pages', visible: 9, span: 'lg:col-span-3' },
  { dimension: 'referrer', title: 'Referrers', visible: 9, span: 'lg:col-span-3' },
  { dimension: 'country', title: 'Countries', visible: 7, span: 'lg:col-span-3 xl:col-span-2' },
  { dimension: 'browser', title: 'Browsers', visible: 7, span: 'lg:col-span-3 xl:col-span-2' },
  { dimension: 'status', title: 'Statuses', visible: 7, span: 'lg:col-span-3 xl:col-span-2' },
]

export function TopLists(props: Props): ReactElement {
  return (
    <div className="grid grid-cols-1 gap-3 lg:grid-cols-6">
      {LISTS.map((list) => (
        <div key={list.dimension} className={`grid min-w-0 ${list.span}`}>
          <TopList {...props} {...list} />
        </div>
      ))}
    </div>
  )
}

function TopList({
  scope,
  range,
  totalHits,
  onSelect,
  dimension,
  title,
  visible,
}: Props & ListDefinition): ReactElement {
  const [isOpen, setOpen] = useState(false)
  // One more than there is room for: that says whether there is a rest.
  const query = topQuery(scope, range, { dimension, limit: visible + 1 })
  const result = useQuery({ ...cubeQuery(query), placeholderData: keepPreviousData })
  return (
    <>
      <TopListView
        title={title}
        rows={loadable(result, (answer) => topRows(answer.rows, dimension, totalHits))}
        visible={visible}
        selected={scope.search[dimension] ?? []}
        onSelect={(value) => onSelect(dimension, value)}
        onShowMore={() => setOpen(true)}
      />
      {isOpen && (
        <TopListDialog
          title={title}
          dimension={dimension}
          scope={scope}
          range={range}
          totalHits={totalHits}
          onSelect={(value) => {
            setOpen(false)
            onSelect(dimension, value)
          }}
          onClose={() => setOpen(false)}
        />
      )}
    </>
  )
}
