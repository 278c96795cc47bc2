import { ChevronRight } from 'lucide-react'
import { memo, type ReactElement, useId, useState } from 'react'
import { CodeBlock } from '../../ui/code-block.tsx'
import { reasonText } from '../health/reason-text.ts'
import type { LiveEvent } from './live-events.ts'

/** A line; opened, it shows both sides of its event. Memoised: twenty new lines a second draw only themselves. */
export const LiveEventLine = memo(function LiveEventLine({ event }: { event: LiveEvent }): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const panelId = useId()
  return (
    <li className="border-b border-line last:border-b-0">
      <button
        type="button"
        aria-expanded={isOpen}
        aria-controls={isOpen ? panelId : undefined}
        onClick={() => setOpen(!isOpen)}
        className={LINE}
      >
        <ChevronRight size={14} aria-hidden className={`shrink-0 text-faint ${isOpen ? 'rotate-90' : ''}`} />
        <time dateTime={event.receivedAt} className="figures shrink-0 text-muted">
          {clockOf(event.receivedAt)}
        </time>
        <Name event={event} />
        <span className="min-w-0 flex-1 truncate text-muted max-sm:order-last max-sm:basis-full max-sm:pl-6">
          {event.reason === undefined ? <bdi>{event.gist}</bdi> : reasonText(event.reason)}
        </span>
        <span className="ml-auto shrink-0 text-sm text-faint">{event.protocol}</span>
      </button>
      {isOpen && (
        <div id={panelId} className="grid gap-3 bg-canvas p-3 lg:grid-cols-2">
          <Side title="As it came" text={event.rawText} />
          <Side
            title={event.reason === undefined ? 'As it is understood' : 'Why it is no event'}
            text={event.understoodText}
          />
        </div>
      )}
    </li>
  )
})

function Name({ event }: { event: LiveEvent }): ReactElement {
  if (event.reason === undefined)
    return <bdi className="max-w-60 shrink-0 truncate font-medium">{event.name ?? '–'}</bdi>
  return (
    <span className="shrink-0 rounded-full bg-negative-soft px-2 text-sm font-medium text-negative">Not stored</span>
  )
}

function Side({ title, text }: { title: string; text: string }): ReactElement {
  return (
    <div className="flex min-w-0 flex-col gap-1.5">
      <h3 className="text-sm font-medium text-muted">{title}</h3>
      <CodeBlock label={title} text={text} className="max-h-96 flex-1" />
    </div>
  )
}

function clockOf(instant: string): string {
  return CLOCK.format(Temporal.Instant.from(instant).epochMilliseconds)
}

const CLOCK = new Intl.DateTimeFormat(undefined, {
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  fractionalSecondDigits: 3,
  hourCycle: 'h23',
})
const LINE =
  'flex w-full items-center gap-x-3 gap-y-0.5 px-3 py-1.5 text-left hover:bg-hover focus-visible:-outline-offset-2 max-sm:flex-wrap'
