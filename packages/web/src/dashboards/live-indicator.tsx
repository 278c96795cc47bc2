import { Pause, Play } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button } from '../ui/button.tsx'
import { Tooltip } from '../ui/tooltip.tsx'
import { formatClock } from '../widgets/format-time.ts'
import type { LiveState } from './use-live.ts'

interface Props {
  readonly state: LiveState
  /** When the newest of the figures on the page were read. */
  readonly asOf: Temporal.Instant | undefined
  readonly timezone: string
  readonly onToggle: () => void
}

/** Whether the page follows the data, and how old the figures are. A click pauses and resumes. */
export function LiveIndicatorView({ state, asOf, timezone, onToggle }: Props): ReactElement {
  const clock = asOf && formatClock(asOf, timezone)
  const isOff = state === 'off'
  return (
    <div className="flex items-center gap-1">
      <p role="status" className="figures flex items-center gap-2 whitespace-nowrap text-muted">
        <span aria-hidden className={`size-2 rounded-full ${DOTS[state]}`} />
        <span className="font-medium text-ink">{WORDS[state]}</span>
        <span className={`max-sm:sr-only ${clock ? '' : 'invisible'}`}>as of {clock ?? '00:00:00'}</span>
      </p>
      <Tooltip text={isOff ? 'Follow the data again' : 'Stop following'}>
        <Button
          look="quiet"
          isIcon
          onPress={onToggle}
          aria-label={isOff ? 'Resume live updates' : 'Pause live updates'}
        >
          {isOff ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
        </Button>
      </Tooltip>
    </div>
  )
}

/** Says over the page that figures no longer move, and since when. It floats, so that nothing jumps when it comes. */
export function AwayBannerView({ asOf, timezone }: Pick<Props, 'asOf' | 'timezone'>): ReactElement {
  return (
    <div className="pointer-events-none fixed inset-x-3 bottom-4 z-30 flex justify-center">
      <p
        role="alert"
        className="pop flex flex-wrap gap-x-1.5 rounded-md border border-current/25 bg-warning-soft px-3 py-2 text-warning shadow-float"
      >
        <strong className="font-semibold">The connection to Almanac is lost.</strong>
        <span className="figures">
          {asOf ? `The figures are as of ${formatClock(asOf, timezone)}. ` : ''}Trying again…
        </span>
      </p>
    </div>
  )
}

const WORDS: Record<LiveState, string> = {
  // The grey dot says that it is not so yet; a longer word for an instant would only make the line jump.
  connecting: 'Live',
  live: 'Live',
  reconnecting: 'Reconnecting',
  off: 'Paused',
}
const DOTS: Record<LiveState, string> = {
  connecting: 'bg-line-strong',
  live: 'bg-positive ring-3 ring-positive-soft',
  reconnecting: 'bg-warning ring-3 ring-warning-soft',
  off: 'bg-line-strong',
}
