import { RANGE_PRESETS, type ZonedRange } from '@almanac/core/time/range-preset.ts'
import { type CalendarDate, parseDate, today } from '@internationalized/date'
import { ChevronLeft, ChevronRight } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import {
  CalendarCell,
  CalendarGrid,
  CalendarHeading,
  DateField,
  DateInput,
  DateSegment,
  Label,
  ListBox,
  RangeCalendar,
} from 'react-aria-components'
import { Button } from '../ui/button.tsx'
import { OptionItem } from '../ui/menu.tsx'
import type { DashboardSearch } from './dashboard-search.ts'

type Preset = NonNullable<DashboardSearch['range']>

interface Props {
  readonly preset: Preset | 'custom' | undefined
  readonly range: ZonedRange | undefined
  readonly timezone: string
  readonly onPreset: (id: Preset) => void
  readonly onCustom: (range: { from: string; to: string }) => void
}

/** Named ranges on one side, days of one's own on the other: in the calendar or typed. */
export default function RangePanel({ preset, range, timezone, onPreset, onCustom }: Props): ReactElement {
  return (
    <div className="flex max-sm:w-[calc(100vw-1.5rem)] max-sm:max-w-sm max-sm:flex-col">
      <ListBox
        aria-label="Named ranges"
        autoFocus
        selectionMode="single"
        selectedKeys={preset ? [preset] : []}
        onSelectionChange={(keys) => {
          if (keys !== 'all') for (const key of keys) onPreset(key as Preset)
        }}
        className="shrink-0 overflow-auto p-1.5 outline-none max-sm:grid max-sm:grid-cols-2 max-sm:border-b sm:max-h-126 sm:w-42 sm:border-r [&_[role=option]]:min-h-7 [&_[role=option]]:py-0.5"
      >
        {PRESETS.map(({ id, label }) => (
          <OptionItem key={id} id={id} text={label} />
        ))}
      </ListBox>
      <OwnDays range={range} timezone={timezone} onCustom={onCustom} />
    </div>
  )
}

const PRESETS: readonly { id: Preset; label: string }[] = [
  ...Object.entries(RANGE_PRESETS).map(([id, { label }]) => ({ id: id as Preset, label })),
  { id: 'all', label: 'All time' },
]

/** The last day counts here, as people mean it; what goes out is half-open. */
function OwnDays({ range, timezone, onCustom }: Pick<Props, 'range' | 'timezone' | 'onCustom'>): ReactElement {
  const [days, setDays] = useState(() => daysOf(range, timezone))
  const months = matchMedia('(min-width: 64rem)').matches ? 2 : 1
  const isValid = days.start.compare(days.end) <= 0
  return (
    <div className="flex flex-col gap-3 p-3">
      <RangeCalendar
        aria-label="Days"
        value={days}
        onChange={setDays}
        visibleDuration={{ months }}
        className="flex flex-1 gap-5 self-center"
      >
        {Array.from({ length: months }, (_, offset) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the months stand side by side and never move.
          <section key={offset}>
            <header className="flex h-8 items-center justify-between pb-1">
              {offset === 0 ? <Turn slot="previous" /> : <span className="w-8" />}
              <CalendarHeading offset={{ months: offset }} className="font-medium" />
              {offset === months - 1 ? <Turn slot="next" /> : <span className="w-8" />}
            </header>
            <CalendarGrid offset={{ months: offset }} weekdayStyle="short" className={GRID}>
              {(date) => <CalendarCell date={date} className={DAY} />}
            </CalendarGrid>
          </section>
        ))}
      </RangeCalendar>
      <div className="flex items-end gap-2 lg:ml-auto">
        <Day label="From" value={days.start} onChange={(start) => setDays({ ...days, start })} />
        <Day label="To" value={days.end} onChange={(end) => setDays({ ...days, end })} />
        <Button
          look="primary"
          isDisabled={!isValid}
          onPress={() => onCustom({ from: days.start.toString(), to: days.end.add({ days: 1 }).toString() })}
        >
          Apply
        </Button>
      </div>
    </div>
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

interface DayProps {
  readonly label: string
  readonly value: CalendarDate
  readonly onChange: (date: CalendarDate) => void
}

function Day({ label, value, onChange }: DayProps): ReactNode {
  return (
    <DateField value={value} onChange={(date) => date && onChange(date)} className="flex flex-1 flex-col gap-1">
      <Label className="text-sm text-muted">{label}</Label>
      <DateInput className="figures flex h-8 items-center rounded-md border border-line-strong px-2">
        {(segment) => (
          <DateSegment
            segment={segment}
            className="rounded-sm px-px outline-none focus:bg-accent focus:text-on-accent"
          />
        )}
      </DateInput>
    </DateField>
  )
}

function daysOf(range: ZonedRange | undefined, timezone: string) {
  if (!range) return { start: today(timezone), end: today(timezone) }
  // The last moment of the range lies in its last day.
  const end = range.to.subtract({ milliseconds: 1 }).toPlainDate()
  return { start: parseDate(range.from.toPlainDate().toString()), end: parseDate(end.toString()) }
}

const GRID =
  'figures border-separate border-spacing-y-0.5 text-center [&_th]:h-7 [&_th]:text-xs [&_th]:font-normal [&_th]:text-faint'
const DAY = [
  'grid size-9 place-items-center outline-none hover:bg-hover data-[outside-month]:hidden',
  'data-[focus-visible]:ring-2 data-[focus-visible]:ring-accent data-[focus-visible]:ring-inset',
  'selected:bg-accent-soft data-[selection-start]:rounded-l-md data-[selection-start]:bg-accent! data-[selection-start]:text-on-accent',
  'data-[selection-end]:rounded-r-md data-[selection-end]:bg-accent! data-[selection-end]:text-on-accent',
].join(' ')
