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
        {clock && <span className="max-sm:sr-only">as of {clock}</span>}
      </p>
      <Tooltip text={isOff ? 'Follow the data again' : 'Stop following'}>
        <Button look="quiet" isIcon onPress={onToggle} aria-label={isOff ? 'Resume live updates' : 'Pause live updates'}>
          {isOff ? <Play size={14} aria-hidden /> : <Pause size={14} aria-hidden />}
        </Button>
      </Tooltip>
    </div>
  )
}

/** Says across the page that figures no longer move, and since when. */
export function AwayBannerView({ asOf, timezone }: Pick<Props, 'asOf' | 'timezone'>): ReactElement {
  return (
    <p role="alert" className="flex flex-wrap gap-x-1.5 rounded-md bg-warning-soft px-3 py-2 text-warning">
      <strong className="font-semibold">Almanac can’t be reached.</strong>
      <span className="figures">
        {asOf ? `These are the figures as of ${formatClock(asOf, timezone)}. ` : ''}The page tries again by itself.
      </span>
    </p>
  )
}

const WORDS: Record<LiveState, string> = {
  connecting: 'Connecting',
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
