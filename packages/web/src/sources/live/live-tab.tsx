import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { Pause, Play, Search, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Input, SearchField } from 'react-aria-components'
import type { Source } from '../../api/sources.ts'
import { useMayEdit } from '../../app/rights.ts'
import { Button } from '../../ui/button.tsx'
import { Checkbox } from '../../ui/checkbox.tsx'
import { SEARCH_INPUT } from '../../ui/list-search.tsx'
import { EmptyNote } from '../../widgets/widget-notes.tsx'
import { LiveDot } from './live-dot.tsx'
import { LiveEventLine } from './live-event-line.tsx'
import { type LiveList, matching } from './live-events.ts'
import { useLiveEvents } from './use-live-events.ts'

/** The debugger: each event as it came, and what was made of it. */
export function LiveTab({ source }: { source: Source }): ReactElement {
  if (useMayEdit()) return <LiveEvents source={source} />
  return (
    <div className="card h-60">
      <EmptyNote title="Only editors and administrators see this">
        <p className="max-w-md text-pretty">It shows what single people do.</p>
      </EmptyNote>
    </div>
  )
}

function LiveEvents({ source }: { source: Source }): ReactElement {
  const [list, act, connection] = useLiveEvents(source.name)
  const [text, setText] = useState('')
  const [isProblemsOnly, setProblemsOnly] = useState(false)
  const events = matching(list.shown, text, isProblemsOnly)
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
        <p role="status" className="flex min-w-36 items-center gap-2">
          <LiveDot isLive={connection === 'live' && !list.isPaused} />
          <span className="font-medium">{list.isPaused ? 'Paused' : CONNECTION_WORDS[connection]}</span>
        </p>
        <SearchField
          aria-label="Filter events"
          value={text}
          onChange={setText}
          className="relative min-w-0 flex-1 basis-48"
        >
          <Search size={14} aria-hidden className="absolute top-2.25 left-2.5 text-faint" />
          <Input placeholder="Filter by any text…" className={`${SEARCH_INPUT} border border-line`} />
        </SearchField>
        <Checkbox label="Problems only" isSelected={isProblemsOnly} onChange={setProblemsOnly} />
        <div className="flex gap-2">
          <Button onPress={() => act({ kind: 'toggle' })}>
            {list.isPaused ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
            {list.isPaused ? resumeText(list) : 'Pause'}
          </Button>
          <Button isDisabled={list.shown.length + list.held.length === 0} onPress={() => act({ kind: 'clear' })}>
            <Trash2 size={14} aria-hidden /> Clear
          </Button>
        </div>
      </div>
      {list.skipped > 0 && (
        <p className="text-sm text-muted">
          {formatNumber(list.skipped, 'integer')} more came too fast to be shown here. They are stored like all others.
        </p>
      )}
      <section aria-label="Events" className="card min-h-60 overflow-hidden">
        {events.length === 0 ? (
          <div className="h-60">
            <Nothing hasEvents={list.shown.length > 0} label={source.label} />
          </div>
        ) : (
          <ol>
            {events.map((event) => (
              <LiveEventLine key={event.id} event={event} />
            ))}
          </ol>
        )}
      </section>
    </div>
  )
}

const CONNECTION_WORDS = { connecting: 'Connecting…', live: 'Listening', reconnecting: 'Reconnecting…' }

function resumeText({ held }: LiveList): string {
  return held.length === 0 ? 'Resume' : `Resume (${formatNumber(held.length, 'integer')} new)`
}

function Nothing({ hasEvents, label }: { hasEvents: boolean; label: string }): ReactElement {
  if (hasEvents) return <EmptyNote title="None of the events matches">Clear the filter to see them all.</EmptyNote>
  return (
    <EmptyNote title="Nothing has come since you opened this">
      <p className="max-w-md text-pretty">
        Events of <bdi>{label}</bdi> stand here as they arrive. This shows what people do at this moment, so nothing of
        it is kept on the page.
      </p>
    </EmptyNote>
  )
}
