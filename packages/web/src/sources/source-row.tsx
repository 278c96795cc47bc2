import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { healthQuery, type Source, type SourceHealth } from '../api/sources.ts'
import { Sparkline } from '../widgets/sparkline.tsx'
import { formatRate, rejectedCount } from './health/rate.ts'
import { useRates } from './health/use-rates.ts'
import { useSeconds } from './health/use-seconds.ts'
import { LiveDot } from './live/live-dot.tsx'
import { KINDS } from './source-kinds.tsx'

/** A line of the list that follows its source. */
export function SourceRow({ source }: { source: Source }): ReactElement {
  const health = useQuery({ ...healthQuery(source.name), refetchInterval: 5000 })
  return <SourceRowView source={source} health={health.data} rates={useRates(health)} now={useSeconds()} />
}

interface Props {
  readonly source: Source
  /** Absent until it is known. */
  readonly health: SourceHealth | undefined
  readonly rates: readonly number[]
  readonly now: Temporal.Instant
}

function SourceRowView({ source, health, rates, now }: Props): ReactElement {
  const { label, Icon } = KINDS[source.kind]
  const lastEvent = health && lastEventText(health, now)
  return (
    <tr className="relative border-t border-line hover:bg-hover">
      <th scope="row" className="px-4 py-2.5 font-medium">
        <span className="flex items-center gap-3">
          <Icon size={16} aria-hidden className="shrink-0 text-muted" />
          <span className="min-w-0">
            <Link
              to="/sources/$name"
              params={{ name: source.name }}
              className="block truncate after:absolute after:inset-0"
            >
              <bdi>{source.label || source.name}</bdi>
            </Link>
            <span className="block truncate font-mono text-xs font-normal text-faint">{source.name}</span>
            <span className="mt-0.5 flex flex-wrap items-center gap-x-2 text-sm font-normal text-muted sm:hidden">
              {lastEvent}
              {health && hasProblems(health) && <Problems health={health} name={source.name} />}
            </span>
          </span>
        </span>
      </th>
      <td className="px-4 py-2.5 max-md:hidden">{label}</td>
      <td className="px-4 py-2.5 max-sm:pl-0">
        <span className="flex items-center justify-end gap-3">
          <Sparkline values={rates} className="h-6 min-w-0 flex-1 text-accent max-sm:hidden" />
          <LiveDot isLive={health !== undefined && health.eventsPerSecond > 0} />
          <span className="figures text-right whitespace-nowrap sm:w-16">
            {health ? formatRate(health.eventsPerSecond) : '–'}
          </span>
        </span>
      </td>
      <td className="figures px-4 py-2.5 max-sm:hidden">{lastEvent ?? '–'}</td>
      <td className="px-4 py-2.5 max-sm:hidden">
        {health && hasProblems(health) && <Problems health={health} name={source.name} />}
        {health && !hasProblems(health) && <span className="text-muted">No problems</span>}
      </td>
    </tr>
  )
}

function hasProblems({ lastHour }: SourceHealth): boolean {
  return rejectedCount(lastHour) > 0
}

function Problems({ health, name }: { health: SourceHealth; name: string }): ReactElement {
  return (
    <Link
      to="/sources/$name"
      params={{ name }}
      search={{ tab: 'health' }}
      className="relative rounded-full bg-negative-soft px-2 py-0.5 text-sm font-medium whitespace-nowrap text-negative hover:underline"
    >
      {formatNumber(rejectedCount(health.lastHour), 'integer')} rejected
    </Link>
  )
}

export function lastEventText({ lastEventAt }: SourceHealth, now: Temporal.Instant): string {
  return lastEventAt === null ? 'No event yet' : formatAgo(Temporal.Instant.from(lastEventAt), now)
}
