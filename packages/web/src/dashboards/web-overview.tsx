import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { toApiError } from '../api/api-error.ts'
import { cubeQuery } from '../api/queries.ts'
import { sourcesQuery } from '../api/sources.ts'
import { ChartSkeleton } from '../widgets/series-widget.tsx'
import { ErrorNote } from '../widgets/widget-notes.tsx'
import { dashboardRange, isRunning } from './dashboard-range.ts'
import { clearFilters, type DashboardSearch, toggleFilter } from './dashboard-search.ts'
import { extentQuery } from './extent.ts'
import { FilterChipsView } from './filter-chips.tsx'
import { effectiveGrain } from './grain-choice.ts'
import { Headlines } from './headlines.tsx'
import { AwayBannerView, LiveIndicatorView } from './live-indicator.tsx'
import { totalsQuery } from './overview-queries.ts'
import { OverviewSeries } from './overview-series-widget.tsx'
import { Toolbar } from './toolbar.tsx'
import { TopLists } from './top-lists.tsx'
import { useLive } from './use-live.ts'
import { useNow } from './use-now.ts'
import { WEB_CUBE } from './web-cube.ts'

const route = getRouteApi('/app/dashboards/web')
const OWN_TIMEZONE = Temporal.Now.timeZoneId()
const FIRST_DAY_OF_WEEK = 1

/** What a running range is compared with goes on with the clock, also when nothing happens. A failure is tried again sooner. */
const everyMinute = ({ state }: { readonly state: { readonly error: Error | null } }) => (state.error ? 5000 : 60_000)

/** The one dashboard there is: what the web cube holds, for the range and filters of the address. */
export function WebOverview(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (next: DashboardSearch) => void navigate({ search: next, resetScroll: false })
  const timezone = search.timezone ?? OWN_TIMEZONE
  const now = useNow(timezone)
  const live = useLive(search.refresh !== 'off')
  const scope = { search, timezone, firstDayOfWeek: FIRST_DAY_OF_WEEK }

  const extent = useQuery({ ...extentQuery(search.source, timezone), enabled: search.range === 'all' })
  // Nothing at all: then all time is today.
  const known = extent.data === null ? { from: now.startOfDay(), to: now.startOfDay().add({ days: 1 }) } : extent.data
  const range = dashboardRange(search, now, FIRST_DAY_OF_WEEK, known)
  const grain = range && effectiveGrain(range, search.grain)
  const totals = useQuery({
    ...cubeQuery(totalsQuery(scope, range ?? { from: now, to: now, comparison: undefined })),
    enabled: range !== undefined,
    placeholderData: keepPreviousData,
    ...(range && isRunning(range, now) && live !== 'off' && { refetchInterval: everyMinute }),
  })
  const sources = useQuery(sourcesQuery)
  const asOf = totals.data && Temporal.Instant.from(totals.data.meta.freshness.asOf)
  const toggleLive = () => {
    const { refresh, ...others } = search
    go(refresh === 'off' ? others : { ...others, refresh: 'off' })
  }

  return (
    <main className="mx-auto flex w-full max-w-[104rem] flex-col gap-3 px-3 pt-3 pb-8 sm:px-6 sm:pt-5">
      <header className="flex min-h-8 items-center justify-between gap-3">
        <h1 className="text-lg font-semibold tracking-tight">{WEB_CUBE.label} overview</h1>
        <LiveIndicatorView state={live} asOf={asOf} timezone={timezone} onToggle={toggleLive} />
      </header>
      {live === 'reconnecting' && <AwayBannerView asOf={asOf} timezone={timezone} />}
      <Toolbar
        search={search}
        range={range}
        grain={grain}
        timezone={timezone}
        ownTimezone={OWN_TIMEZONE}
        sources={sources.data ?? []}
        onChange={go}
      />
      <FilterChipsView
        search={search}
        onRemove={(dimension, value) => go(toggleFilter(search, dimension, value))}
        onClear={() => go(clearFilters(search))}
      />
      {!range && (
        <div className="card h-97">
          {extent.error ? (
            <ErrorNote error={toApiError(extent.error)} retry={() => void extent.refetch()} />
          ) : (
            <ChartSkeleton />
          )}
        </div>
      )}
      {range && grain && (
        <>
          <div className="card overflow-hidden">
            <Headlines scope={scope} range={range} grain={grain} now={now} totals={totals} onChange={go} />
            <OverviewSeries scope={scope} range={range} grain={grain} now={now} onChange={go} />
          </div>
          <TopLists
            scope={scope}
            range={range}
            totalHits={totals.isPlaceholderData ? undefined : Number(totals.data?.rows[0]?.hits ?? 0)}
            onSelect={(dimension, value) => go(toggleFilter(search, dimension, value))}
          />
        </>
      )}
    </main>
  )
}
