import { Globe } from 'lucide-react'
import type { ReactElement } from 'react'
import { SearchSelect } from '../../ui/search-select.tsx'
import { Select } from '../../ui/select.tsx'
import { changed } from '../board/choice/board-search.ts'
import type { RangeProps } from './range-picker.tsx'
import { timezoneLabel, timezoneOptions } from './timezone-options.ts'

const FIRST_DAYS = [
  { id: '1', label: 'Weeks from Monday' },
  { id: '7', label: 'Weeks from Sunday' },
  { id: '6', label: 'Weeks from Saturday' },
] as const

/** Whose days these are, and with which one a week begins. */
export function CalendarSettings({ choice, search, onChange }: RangeProps): ReactElement {
  const { timezone, firstDayOfWeek } = choice.scope
  return (
    <div className="flex flex-wrap items-center gap-2 border-t border-line px-3 py-2">
      <SearchSelect
        label="Time zone"
        icon={<Globe size={14} aria-hidden className="text-faint" />}
        value={timezone}
        valueLabel={timezoneLabel(timezone)}
        options={() => timezoneOptions(Temporal.Now.instant(), Temporal.Now.timeZoneId())}
        onChange={(tz) => onChange(changed(search, { tz }))}
      />
      <Select
        label="First day of the week"
        value={String(firstDayOfWeek)}
        options={FIRST_DAYS}
        onChange={(day) => onChange(changed(search, { week: Number(day) }))}
      />
    </div>
  )
}
