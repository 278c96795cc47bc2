import { formatClock } from '@almanac/core/charts/format/format-time.ts'
import { ChevronDown } from 'lucide-react'
import { type ReactElement, useEffect, useState } from 'react'
import { Button, Menu, MenuTrigger, Popover } from 'react-aria-components'
import { MenuItem } from '../../../ui/menu.tsx'
import { POPOVER } from '../../../ui/popover.tsx'
import type { Refreshing } from '../../live/use-refresh.ts'
import { REFRESH_CHOICES, type Refresh } from '../choice/board-search.ts'
import { REFRESH_WORDS } from './refresh-words.ts'

interface Props {
  readonly refresh: Refresh
  readonly refreshing: Refreshing
  /** When the newest of the figures on the page were read. */
  readonly asOf: string | undefined
  readonly timezone: string
  readonly onChange: (refresh: Refresh) => void
}

/** How old the figures are, and how the page keeps up: with each event, every so often, or not at all. */
export function RefreshPicker({ refresh, refreshing, asOf, timezone, onChange }: Props): ReactElement {
  const { state } = refreshing
  // Before the first figures, a clock of today keeps the room: as wide as the one that comes, in any language.
  const [opened] = useState(() => Temporal.Now.instant())
  const clock = formatClock(asOf ? Temporal.Instant.from(asOf) : opened, timezone)
  return (
    <div className="flex items-center gap-1 print:hidden">
      <p role="status" className="figures flex items-center gap-3 whitespace-nowrap text-muted">
        <span className={`max-sm:sr-only ${asOf ? '' : 'invisible'}`}>as of {clock}</span>
        <span aria-hidden className={`size-2 rounded-full forced-color-adjust-none ${DOTS[state]}`} />
      </p>
      <MenuTrigger>
        <Button aria-label={`Refresh: ${REFRESH_WORDS[refresh]}`} className={TRIGGER}>
          <span className="font-medium text-ink">{state === 'reconnecting' ? 'Reconnecting' : SHORT[refresh]}</span>
          <NextRefresh nextAt={refreshing.nextAt} />
          <ChevronDown size={14} aria-hidden className="text-faint" />
        </Button>
        <Popover placement="bottom end" offset={4} className={`${POPOVER} w-48`}>
          <Menu
            aria-label="Refresh"
            className="p-1 outline-none"
            selectionMode="single"
            disallowEmptySelection
            selectedKeys={[refresh]}
            onSelectionChange={(keys) => {
              const next = REFRESH_CHOICES.find((one) => keys !== 'all' && keys.has(one))
              if (next) onChange(next)
            }}
          >
            {REFRESH_CHOICES.map((one) => (
              <MenuItem key={one} id={one} text={REFRESH_WORDS[one]} />
            ))}
          </Menu>
        </Popover>
      </MenuTrigger>
    </div>
  )
}

/** Seconds until the figures are asked for again. Not for screen readers, which would hear every one of them. */
function NextRefresh({ nextAt }: { nextAt: number | undefined }): ReactElement | null {
  const [nowMs, setNow] = useState(Date.now)
  useEffect(() => {
    if (nextAt === undefined) return
    setNow(Date.now())
    const timer = setInterval(() => setNow(Date.now()), 1000)
    return () => clearInterval(timer)
  }, [nextAt])
  if (nextAt === undefined) return null
  const seconds = Math.max(0, Math.ceil((nextAt - nowMs) / 1000))
  const text = seconds < 100 ? `next in ${seconds} s` : `next in ${Math.ceil(seconds / 60)} min`
  return (
    <span aria-hidden className="figures text-muted max-sm:hidden">
      {text}
    </span>
  )
}

const SHORT: Readonly<Record<Refresh, string>> = {
  off: 'Paused',
  live: 'Live',
  '10s': '10 s',
  '30s': '30 s',
  '1m': '1 min',
  '5m': '5 min',
  '15m': '15 min',
  '1h': '1 h',
}
const DOTS: Readonly<Record<Refreshing['state'], string>> = {
  connecting: 'bg-line-strong',
  live: 'bg-positive ring-3 ring-positive-soft',
  reconnecting: 'bg-warning ring-3 ring-warning-soft',
  timed: 'bg-accent ring-3 ring-accent-soft',
  off: 'bg-line-strong',
}
const TRIGGER =
  'inline-flex h-8 items-center gap-1.5 rounded-md px-2 whitespace-nowrap transition-colors duration-100 hover:bg-hover pressed:bg-sunken'
