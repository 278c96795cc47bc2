import { type ReactElement, useState } from 'react'
import { Autocomplete, Header, ListBox, ListBoxSection } from 'react-aria-components'
import { ListSearch } from '../../ui/list-search.tsx'
import { OptionItem } from '../../ui/menu.tsx'
import { CalendarSettings } from './calendar-settings.tsx'
import { OwnRange } from './own-range.tsx'
import { offeredGroups, rangeGroups } from './range-options.ts'
import type { RangeProps } from './range-picker.tsx'
import { recentRanges } from './recent-ranges.ts'

interface Props extends RangeProps {
  readonly onChoose: (range: string) => void
}

/** Named ranges on one side, one's own on the other. */
export default function RangePanel({ onChoose, ...props }: Props): ReactElement {
  return (
    <div className="flex max-sm:w-[calc(100vw-1.5rem)] max-sm:max-w-sm max-sm:flex-col">
      <NamedRanges choice={props.choice} onChoose={onChoose} />
      <div className="flex min-w-0 flex-col">
        <OwnRange {...props} onChoose={onChoose} />
        <CalendarSettings {...props} />
      </div>
    </div>
  )
}

function NamedRanges({ choice, onChoose }: Pick<Props, 'choice' | 'onChoose'>): ReactElement {
  const { timezone, firstDayOfWeek } = choice.scope
  const [typed, setTyped] = useState('')
  const [groups] = useState(() => rangeGroups(recentRanges()))
  return (
    <div className="flex shrink-0 flex-col border-line max-sm:border-b sm:w-50 sm:border-r">
      <Autocomplete inputValue={typed} onInputChange={setTyped}>
        <ListSearch label="Search ranges" placeholder="Search ranges…" autoFocus={hasKeyboard()} isCombobox />
        <ListBox
          aria-label="Named ranges"
          selectionMode="single"
          // Escape would take the choice away instead of closing the panel.
          escapeKeyBehavior="none"
          selectedKeys={[choice.rangeText]}
          onSelectionChange={(keys) => {
            if (keys !== 'all') for (const key of keys) onChoose(String(key))
          }}
          items={offeredGroups(groups, typed, Temporal.Now.zonedDateTimeISO(timezone), firstDayOfWeek)}
          renderEmptyState={() => (
            <p className="p-3 text-muted">
              No range has this in its name. Type one, such as last 3 weeks, march or q3 2026.
            </p>
          )}
          className={LIST}
        >
          {(group) => (
            <ListBoxSection id={group.id} aria-label={group.label}>
              <Header className="px-2 pt-2 pb-1 text-xs font-medium text-faint">{group.label}</Header>
              {group.options.map(({ id, label }) => (
                <OptionItem key={id} id={id} text={label} />
              ))}
            </ListBoxSection>
          )}
        </ListBox>
      </Autocomplete>
    </div>
  )
}

/** On a phone the focus would bring a keyboard over the panel. */
const hasKeyboard = () => matchMedia('(pointer: fine)').matches

const LIST =
  'overflow-auto px-1.5 pb-1.5 outline-none max-sm:h-44 sm:h-112 [&_[role=option]]:min-h-7 [&_[role=option]]:py-0.5'
