import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, type ReactNode, useState } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { type Environment, healthQuery, type Source, type SourceHealth } from '../../api/sources.ts'
import { ToggleGroup } from '../../ui/toggle-group.tsx'
import { RowsSkeleton } from '../../widgets/rows-skeleton.tsx'
import { Sparkline } from '../../widgets/sparkline.tsx'
import { ErrorNote, StaleBadge } from '../../widgets/widget-notes.tsx'
import { lastEventText } from '../source-row.tsx'
import { healthRows } from './health-rows.ts'
import { formatRate, rejectedCount } from './rate.ts'
import { useRates } from './use-rates.ts'
import { useSeconds } from './use-seconds.ts'

/** How a source is doing, every two seconds. */
export function HealthTab({ source }: { source: Source }): ReactElement {
  const [scope, setScope] = useState<Scope>('both')
  return (
    <div className="flex flex-col gap-4">
      <div>
        <ToggleGroup label="Environment" value={scope} options={SCOPES} onChange={setScope} />
      </div>
      <Health key={scope} source={source} scope={scope} />
    </div>
  )
}

type Scope = Environment | 'both'
const SCOPES: readonly { id: Scope; label: string }[] = [
  { id: 'both', label: 'Both' },
  { id: 'production', label: 'Production' },
  { id: 'sandbox', label: 'Sandbox' },
]

function Health({ source, scope }: { source: Source; scope: Scope }): ReactElement {
  const health = useQuery(healthQuery(source.name, scope === 'both' ? undefined : scope))
  const rates = useRates(health)
  const now = useSeconds()
  const { data, error } = health
  if (data) {
    return (
      <>
        {error && <StaleBadge error={toApiError(error)} />}
        <HealthView health={data} rates={rates} now={now} />
      </>
    )
  }
  return (
    <div className="card min-h-60 py-2">
      {error ? <ErrorNote error={toApiError(error)} retry={() => void health.refetch()} /> : <RowsSkeleton count={6} />}
    </div>
  )
}

interface ViewProps {
  readonly health: SourceHealth
  readonly rates: readonly number[]
  readonly now: Temporal.Instant
}

export function HealthView({ health, rates, now }: ViewProps): ReactElement {
  const rejected = rejectedCount(health.lastHour)
  return (
    <>
      <dl className="grid grid-cols-2 gap-3 lg:grid-cols-4">
        <Figure label="Events now" note="in the last minute or two" graph={rates}>
          {formatRate(health.eventsPerSecond)}
        </Figure>
        <Figure label="Last event" note={clockOf(health.lastEventAt)}>
          {lastEventText(health, now)}
        </Figure>
        <Figure label="Accepted" note="in the last hour">
          {formatNumber(health.lastHour.accepted, 'integer')}
        </Figure>
        <Figure label="Rejected" note="in the last hour" isProblem={rejected > 0}>
          {formatNumber(rejected, 'integer')}
        </Figure>
      </dl>
      <HealthTable health={health} />
      <p className="max-w-prose text-pretty text-muted">
        What was rejected is kept in quarantine with its reason. What the settings leave out is counted and not kept;
        the client is told that all went well, because it can do nothing about it.
      </p>
    </>
  )
}

interface FigureProps {
  readonly label: string
  readonly note: string
  readonly isProblem?: boolean
  readonly graph?: readonly number[]
  readonly children: ReactNode
}

function Figure({ label, note, isProblem = false, graph, children }: FigureProps): ReactElement {
  return (
    <div className="card relative flex min-w-0 flex-col gap-0.5 overflow-hidden p-3 sm:p-4">
      <dt className="text-muted">{label}</dt>
      <dd className={`figures text-xl font-semibold tracking-tight ${isProblem ? 'text-negative' : ''}`}>{children}</dd>
      <dd className="figures text-sm text-faint">{note}</dd>
      {graph && <Sparkline values={graph} className="absolute top-3.5 right-3.5 h-8 w-20 text-accent max-sm:hidden" />}
    </div>
  )
}

function HealthTable({ health }: { health: SourceHealth }): ReactElement {
  return (
    <section aria-label="What came of the events" className="card overflow-x-auto">
      <table className="w-full border-collapse text-left">
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="px-4 py-2.5 font-medium">
              What came of the events
            </th>
            <th scope="col" className="w-24 px-4 py-2.5 text-right font-medium whitespace-nowrap max-sm:pl-0 sm:w-28">
              Last hour
            </th>
            <th scope="col" className="w-24 px-4 py-2.5 text-right font-medium max-sm:pl-0 sm:w-28">
              Today
            </th>
          </tr>
        </thead>
        <tbody>
          {healthRows(health).map((row) => (
            <tr key={row.id} className={row.isReason ? 'text-muted' : 'border-t border-line'}>
              <th
                scope="row"
                className={`px-4 py-2 wrap-anywhere ${row.isReason ? 'pt-0 pl-8 font-normal' : 'font-medium'} ${row.isProblem ? 'text-negative' : ''}`}
              >
                {row.label}
              </th>
              {[row.lastHour, row.today].map((count, index) => (
                <td
                  // biome-ignore lint/suspicious/noArrayIndexKey: the two columns never move.
                  key={index}
                  className={`figures px-4 py-2 text-right align-top max-sm:pl-0 ${row.isReason ? 'pt-0' : ''}`}
                >
                  {formatNumber(count, 'integer', 'exact')}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function clockOf(at: string | null): string {
  if (at === null) return 'none has come so far'
  return new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' }).format(
    Temporal.Instant.from(at).epochMilliseconds,
  )
}
