import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Search } from 'lucide-react'
import { type ReactElement, useDeferredValue, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import { cubeQuery } from '../api/queries.ts'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { SEARCH_INPUT } from '../ui/search-select.tsx'
import { loadable } from '../widgets/loadable.ts'
import { ColumnHeads, RowsSkeleton, TopRowsView } from '../widgets/top-list.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'
import type { FilterDimension } from './dashboard-search.ts'
import { topQuery } from './overview-queries.ts'
import { topRows } from './top-rows.ts'

interface Props {
  readonly title: string
  readonly dimension: FilterDimension
  readonly scope: Parameters<typeof topQuery>[0]
  readonly range: ZonedRange
  readonly totalHits: number | undefined
  readonly onSelect: (value: string) => void
  readonly onClose: () => void
}

const STEPS = [100, 1000, 10_000, 100_000] as const

/** The whole list, with a search over all of it: nothing is cut off into "others". */
export function TopListDialog({ title, dimension, scope, range, totalHits, onSelect, onClose }: Props): ReactElement {
  const [step, setStep] = useState(0)
  const [typed, setTyped] = useState('')
  const containing = useDeferredValue(typed)
  const limit = STEPS[step] ?? 100
  const query = topQuery(scope, range, { dimension, limit, ...(isText(dimension) ? { containing } : {}) })
  const result = useQuery({ ...cubeQuery(query), placeholderData: keepPreviousData })
  const rows = loadable(result, (answer) => topRows(answer.rows, dimension, totalHits))
  return (
    <Dialog title={title} isOpen onClose={onClose}>
      {isText(dimension) && (
        <SearchField
          aria-label={`Search ${title.toLowerCase()}`}
          value={typed}
          onChange={setTyped}
          className="relative border-b border-line p-2"
        >
          <Search size={14} aria-hidden className="absolute top-4.5 left-4.5 text-faint" />
          <Input placeholder="Search…" className={SEARCH_INPUT} />
        </SearchField>
      )}
      <div className="@container flex px-4 pt-3 pb-1">
        <ColumnHeads />
      </div>
      <div
        className={`@container h-128 min-h-0 overflow-auto pb-2 max-sm:h-auto max-sm:flex-1 ${rows.isSuperseded ? 'superseded' : ''}`}
      >
        {!rows.data && (rows.error ? <ErrorNote error={rows.error} retry={rows.retry} /> : <RowsSkeleton count={12} />)}
        {rows.data?.length === 0 && <EmptyNote title="Nothing has this in its name" />}
        {rows.data && (
          <TopRowsView title={title} rows={rows.data} selected={scope.search[dimension] ?? []} onSelect={onSelect} />
        )}
        {rows.data && rows.data.length >= limit && step < STEPS.length - 1 && (
          <div className="flex justify-center p-3">
            <Button onPress={() => setStep(step + 1)}>Show more</Button>
          </div>
        )}
      </div>
    </Dialog>
  )
}

function isText(dimension: FilterDimension): boolean {
  return dimension !== 'status' && dimension !== 'country'
}
