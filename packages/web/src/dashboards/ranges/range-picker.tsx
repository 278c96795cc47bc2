import { formatRange } from '@almanac/core/charts/format/format-time.ts'
import { CalendarDays, ChevronDown } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Button, DialogTrigger } from 'react-aria-components'
import { Lazily } from '../../lazy/lazily.tsx'
import { lazyPart } from '../../lazy/lazy-part.ts'
import { PopoverDialog } from '../../ui/popover.tsx'
import { TRIGGER } from '../../ui/select.tsx'
import { type BoardSearch, changed } from '../board/choice/board-search.ts'
import type { ReaderChoice } from '../board/choice/reader-choice.ts'
import { rememberRange } from './recent-ranges.ts'

// The calendar is a third of the page's code, and most visits never open it.
const RANGE_PANEL = lazyPart(() => import('./range-panel.tsx'))

export interface RangeProps {
  readonly choice: ReaderChoice
  readonly search: BoardSearch
  readonly onChange: (search: BoardSearch) => void
}

/** The range of the whole board: named, typed, or marked in a calendar; with the zone and the weeks in which it is meant. */
export function RangePicker({ choice, search, onChange }: RangeProps): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const dates = formatRange(choice.range)
  const name = choice.rangeName ?? dates
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button
        className={`${TRIGGER} min-w-0 shrink`}
        aria-label={`Range: ${name}${dates === name ? '' : `, ${dates}`}`}
        onHoverStart={() => void RANGE_PANEL.preload()}
      >
        <CalendarDays size={14} aria-hidden className="shrink-0 text-faint" />
        <span className="figures truncate">{name}</span>{' '}
        {dates !== name && <span className="figures truncate font-normal text-muted max-md:hidden">{dates}</span>}
        <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
      </Button>
      <PopoverDialog label="Range" placement="bottom start">
        <Lazily
          part={RANGE_PANEL}
          props={{
            choice,
            search,
            onChange,
            onChoose: (range) => {
              setOpen(false)
              rememberRange(range)
              onChange(changed(search, { range, drill: undefined }))
            },
          }}
          fallback={<div className="h-124 w-80 sm:w-130 lg:w-196" />}
        />
      </PopoverDialog>
    </DialogTrigger>
  )
}
