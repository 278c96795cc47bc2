import { useQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { ChevronRight } from 'lucide-react'
import type { ReactElement } from 'react'
import { toApiError } from '../api/api-error.ts'
import { healthQuery, type Source, type SourceHealth, sourceQuery } from '../api/sources.ts'
import { Tabs } from '../ui/tabs.tsx'
import { useTitle } from '../ui/use-title.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { ErrorNote } from '../widgets/widget-notes.tsx'
import { HealthTab } from './health/health-tab.tsx'
import { formatRate } from './health/rate.ts'
import { useSeconds } from './health/use-seconds.ts'
import { LiveDot } from './live/live-dot.tsx'
import { LiveTab } from './live/live-tab.tsx'
import { SettingsTab } from './settings/settings-tab.tsx'
import { SetupTab } from './setup/setup-tab.tsx'
import { KINDS } from './source-kinds.tsx'
import { lastEventText } from './source-row.tsx'
import { SOURCE_TABS, type SourceSearch } from './source-search.ts'

const route = getRouteApi('/app/sources/$name')

/** One source: how to send to it, what arrives, how it is doing, and its settings. */
export function SourcePage(): ReactElement {
  const { name } = route.useParams()
  const source = useQuery(sourceQuery(name))
  useTitle(source.data?.label || name)
  return (
    <main className="mx-auto flex w-full max-w-6xl flex-col gap-4 px-3 pt-3 pb-8 sm:px-6 sm:pt-5">
      {source.data && <Opened key={name} source={source.data} />}
      {!source.data && (
        <div className="card min-h-60 py-2">
          {source.error ? (
            <ErrorNote error={toApiError(source.error)} retry={() => void source.refetch()} />
          ) : (
            <RowsSkeleton count={6} />
          )}
        </div>
      )}
    </main>
  )
}

function Opened({ source }: { source: Source }): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const go = (next: SourceSearch) => void navigate({ search: next, resetScroll: false })
  const health = useQuery(healthQuery(source.name))
  const tab = search.tab ?? 'setup'
  return (
    <>
      <SourceHeaderView source={source} health={health.data} now={useSeconds()} />
      <Tabs
        label={source.label}
        value={tab}
        tabs={SOURCE_TABS}
        onChange={(next) => go({ ...search, tab: next === 'setup' ? undefined : next })}
      >
        {tab === 'setup' && <SetupTab source={source} search={search} onChange={go} />}
        {tab === 'live' && <LiveTab source={source} />}
        {tab === 'health' && <HealthTab source={source} />}
        {tab === 'settings' && <SettingsTab source={source} />}
      </Tabs>
    </>
  )
}

interface HeaderProps {
  readonly source: Source
  readonly health: SourceHealth | undefined
  readonly now: Temporal.Instant
}

function SourceHeaderView({ source, health, now }: HeaderProps): ReactElement {
  const { label, Icon } = KINDS[source.kind]
  return (
    <header className="flex flex-col gap-1">
      <nav aria-label="Breadcrumb" className="flex items-center gap-1 text-sm text-muted">
        <Link to="/sources" className="rounded-sm hover:text-ink hover:underline">
          Sources
        </Link>
        <ChevronRight size={12} aria-hidden className="text-faint" />
        <span className="truncate font-mono text-xs">{source.name}</span>
      </nav>
      <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <h1 className="min-w-0 truncate text-lg font-semibold tracking-tight">
          <bdi>{source.label || source.name}</bdi>
        </h1>
        {/* On a phone the last event has a line of its own, or it would go there and back as its words grow. */}
        <p className="figures flex flex-wrap items-center gap-x-3 gap-y-1 text-muted max-sm:w-full">
          <span className="flex items-center gap-1.5">
            <Icon size={14} aria-hidden /> {label}
          </span>
          {health && (
            <>
              <span className="flex items-center gap-2">
                <LiveDot isLive={health.eventsPerSecond > 0} />
                {health.eventsPerSecond > 0 ? formatRate(health.eventsPerSecond) : 'Quiet'}
              </span>
              <span className="max-sm:basis-full">
                {health.lastEventAt ? `Last event ${lastEventText(health, now)}` : 'No event yet'}
              </span>
            </>
          )}
        </p>
      </div>
    </header>
  )
}
