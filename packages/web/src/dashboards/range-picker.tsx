import type { ZonedRange } from '@almanac/core/time/range-preset.ts'
import { CalendarDays, ChevronDown } from 'lucide-react'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { PopoverDialog } from '../ui/popover.tsx'
import { TRIGGER } from '../ui/select.tsx'
import { formatRange } from '../widgets/format-time.ts'
import type { DashboardSearch } from './dashboard-search.ts'

// The calendar is a third of the page's code, and most visits never open it.
const loadPanel = () => import('./range-panel.tsx')
const RangePanel = lazy(loadPanel)

interface Props {
  readonly label: string
  readonly preset: DashboardSearch['range'] | 'custom'
  /** `undefined` while the extent of all data is not known. */
  readonly range: ZonedRange | undefined
  readonly timezone: string
  readonly onPreset: (id: NonNullable<DashboardSearch['range']>) => void
  readonly onCustom: (range: { from: string; to: string }) => void
}

export function RangePicker({ label, preset, range, timezone, onPreset, onCustom }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const dates = range && formatRange(range)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        className={`${TRIGGER} min-w-0`}
        aria-label={`Range: ${label}${dates && dates !== label ? `, ${dates}` : ''}`}
        onHoverStart={() => void loadPanel()}
      >
        <CalendarDays size={14} aria-hidden className="shrink-0 text-faint" />
        <span className="truncate">{label}</span>
        {dates !== label && <span className="figures truncate font-normal text-muted max-md:hidden">{dates}</span>}
        <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
      </Button>
      <PopoverDialog label="Range" placement="bottom start">
        <Suspense fallback={<div className="h-124 w-80 sm:w-116 lg:w-184" />}>
          <RangePanel
            preset={preset}
            range={range}
            timezone={timezone}
            onPreset={(id) => {
              setOpen(false)
              onPreset(id)
            }}
            onCustom={(custom) => {
              setOpen(false)
              onCustom(custom)
            }}
          />
        </Suspense>
      </PopoverDialog>
    </DialogTrigger>
  )
}
