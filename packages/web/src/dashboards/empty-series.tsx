import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { useQuery } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { Button } from '../ui/button.tsx'
import { formatRange } from '../widgets/format-time.ts'
import { EmptyNote } from '../widgets/widget-notes.tsx'
import { clearFilters, type DashboardSearch, FILTER_DIMENSIONS } from './dashboard-search.ts'
import { extentQuery } from './extent.ts'

interface Props {
  readonly scope: { readonly search: DashboardSearch; readonly timezone: string }
  readonly range: { readonly label: string }
  readonly onChange: (search: DashboardSearch) => void
}

/** Asks where data is, to say why there is none here. */
export function EmptySeries({ scope, range, onChange }: Props): ReactElement | null {
  const { search } = scope
  const { data: extent, isPending } = useQuery(extentQuery(search.source, scope.timezone))
  if (isPending) return null
  return (
    <EmptySeriesView
      rangeLabel={range.label}
      extent={extent ?? undefined}
      hasFilters={search.bots !== undefined || FILTER_DIMENSIONS.some((dimension) => search[dimension])}
      onShowAll={() => {
        const { from: _, to: __, ...others } = search
        onChange({ ...others, range: 'all' })
      }}
      onClearFilters={() => onChange(clearFilters(search))}
    />
  )
}

interface ViewProps {
  readonly rangeLabel: string
  readonly extent: ZonedRange | undefined
  readonly hasFilters: boolean
  readonly onShowAll: () => void
  readonly onClearFilters: () => void
}

export function EmptySeriesView({
  rangeLabel,
  extent,
  hasFilters,
  onShowAll,
  onClearFilters,
}: ViewProps): ReactElement {
  if (!extent) {
    return (
      <EmptyNote title="No hits have arrived yet">
        <p>Import a web server’s log, or send events to this server:</p>
        <code className="mt-1 rounded-sm bg-sunken px-2 py-1 font-mono text-sm text-ink select-all">
          npx almanac import access.log --format combined --source website
        </code>
      </EmptyNote>
    )
  }
  return (
    <EmptyNote title={`No hits in this range: ${rangeLabel}`}>
      <p className="figures">
        {hasFilters ? 'With these filters nothing is left. ' : ''}There is data for {formatRange(extent)}.
      </p>
      <div className="mt-2.5 flex gap-2">
        {hasFilters && <Button onPress={onClearFilters}>Clear filters</Button>}
        <Button onPress={onShowAll}>Show all time</Button>
      </div>
    </EmptyNote>
  )
}
