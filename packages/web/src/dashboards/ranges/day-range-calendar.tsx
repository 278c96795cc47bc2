import type { CalendarDate } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { CalendarCell, CalendarGrid, CalendarHeading, RangeCalendar } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'

interface Days {
  readonly start: CalendarDate
  /** In it, as people mean it. */
  readonly end: CalendarDate
}

interface Props {
  readonly days: Days
  /** 1 is Monday. */
  readonly firstDayOfWeek: number
  readonly onChange: (days: Days) => void
}

const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const

/** One month or two, as there is room. */
export function DayRangeCalendar({ days, firstDayOfWeek, onChange }: Props): ReactElement {
  const months = matchMedia('(min-width: 64rem)').matches ? 2 : 1
  const [focused, setFocused] = useState(days.end)
  const [shown, setShown] = useState(days)
  // What is typed leads the calendar to its end.
  if (days.end.compare(shown.end) !== 0 || days.start.compare(shown.start) !== 0) {
    setShown(days)
    setFocused(days.end)
  }
  return (
    <RangeCalendar
      aria-label="Days"
      value={days}
      onChange={onChange}
      focusedValue={focused}
      onFocusChange={setFocused}
      selectionAlignment="end"
      firstDayOfWeek={WEEKDAYS[firstDayOfWeek - 1] ?? 'mon'}
      visibleDuration={{ months }}
      className="flex gap-5 self-center"
    >
      {Array.from({ length: months }, (_, offset) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the months stand side by side and never move.
        <section key={offset}>
          <header className="flex h-8 items-center justify-between pb-1">
            {offset === 0 ? <Turn slot="previous" /> : <span className="w-8" />}
            <CalendarHeading offset={{ months: offset }} className="font-medium" />
            {offset === months - 1 ? <Turn slot="next" /> : <span className="w-8" />}
          </header>
          {/* Six weeks high: the panel keeps its size from month to month. */}
          <div className="h-70">
            <CalendarGrid offset={{ months: offset }} weekdayStyle="short" className={GRID}>
              {(date) => <CalendarCell date={date} className={DAY} />}
            </CalendarGrid>
          </div>
        </section>
      ))}
    </RangeCalendar>
  )
}

function Turn({ slot }: { slot: 'previous' | 'next' }): ReactElement {
  const Icon = slot === 'previous' ? ChevronLeft : ChevronRight
  return (
    <Button look="quiet" isIcon slot={slot}>
      <Icon size={16} aria-hidden />
    </Button>
  )
}

const GRID =
  'figures border-separate border-spacing-y-0.5 text-center [&_th]:h-7 [&_th]:text-xs [&_th]:font-normal [&_th]:text-faint'
const DAY = [
  'grid size-9 place-items-center outline-none hover:bg-hover data-[outside-month]:hidden',
  'data-[focus-visible]:ring-2 data-[focus-visible]:ring-accent data-[focus-visible]:ring-inset',
  'selected:bg-accent-soft data-[selection-start]:rounded-l-md data-[selection-start]:bg-accent! data-[selection-start]:text-on-accent',
  'data-[selection-end]:rounded-r-md data-[selection-end]:bg-accent! data-[selection-end]:text-on-accent',
].join(' ')
