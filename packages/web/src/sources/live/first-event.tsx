import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { CircleAlert, CircleCheck, Radio } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { type Environment, healthQuery, type Source, type SourceHealth } from '../../api/sources.ts'
import { reasonText } from '../health/reason-text.ts'
import { useSeconds } from '../health/use-seconds.ts'
import { lastEventText } from '../source-row.tsx'

interface Props {
  readonly source: Source
  readonly environment: Environment
}

/** Waits for the first event, and turns as soon as it is there. */
export function FirstEvent({ source, environment }: Props): ReactElement {
  const { data: health } = useQuery(healthQuery(source.name, environment))
  const now = useSeconds()
  const [awaited, setAwaited] = useState<AwaitedEvent>()
  if (health && !awaited && !hasArrived(health)) setAwaited(health.lastEventAt === null ? 'First event' : 'Event')
  return (
    <div role="status" className="min-h-10">
      {health && <FirstEventView name={source.name} health={health} awaited={awaited} now={now} />}
    </div>
  )
}

/** What the reader has been waiting for on this page; nothing when events came already. */
type AwaitedEvent = 'First event' | 'Event' | undefined

/** In this environment, which the time of the last event is not of. */
function hasArrived({ lastHour, today }: SourceHealth): boolean {
  return lastHour.accepted + today.accepted > 0
}

interface ViewProps {
  readonly name: string
  readonly health: SourceHealth
  readonly awaited: AwaitedEvent
  readonly now: Temporal.Instant
}

function FirstEventView({ name, health, awaited, now }: ViewProps): ReactElement {
  if (hasArrived(health)) {
    return (
      <Note
        icon={<CircleCheck size={18} aria-hidden className="settle text-positive" />}
        title={awaited ? `${awaited} received` : 'Events arrive'}
      >
        <LiveLink name={name}>See events as they arrive</LiveLink>
      </Note>
    )
  }
  const rejected = mostFrequent(health.lastHour.rejected)
  const leftOut = mostFrequent(health.lastHour.filtered)
  const problem = rejected ?? leftOut
  if (problem) {
    return (
      <Note
        icon={<CircleAlert size={18} aria-hidden className="text-negative" />}
        title={rejected ? 'Something arrives, and it was rejected' : 'Events arrive, and the settings leave them out'}
      >
        {reasonText(problem)}. <LiveLink name={name}>Look at what comes</LiveLink>
      </Note>
    )
  }
  return (
    <Note
      icon={<Radio size={18} aria-hidden className="animate-pulse text-accent" />}
      title={health.lastEventAt === null ? 'Waiting for the first event…' : 'Waiting for an event…'}
    >
      This page notices it by itself, within seconds.
      {/* Read out each second, it would be too much. */}
      {health.lastEventAt !== null && (
        <span aria-hidden> The last one of this source came {lastEventText(health, now)}.</span>
      )}
    </Note>
  )
}

function Note({ icon, title, children }: { icon: ReactNode; title: string; children: ReactNode }): ReactElement {
  return (
    <div className="flex items-start gap-3">
      <span className="mt-px shrink-0">{icon}</span>
      <div>
        <p className="font-medium">{title}</p>
        <p className="text-pretty text-muted">{children}</p>
      </div>
    </div>
  )
}

function LiveLink({ name, children }: { name: string; children: string }): ReactElement {
  return (
    <Link
      to="/sources/$name"
      params={{ name }}
      search={{ tab: 'live' }}
      className="rounded-sm font-medium text-accent-ink hover:underline"
    >
      {children}
    </Link>
  )
}

function mostFrequent(reasons: SourceHealth['today']['rejected']): string | undefined {
  return reasons.toSorted((a, b) => b.count - a.count)[0]?.reason
}
