import { ChevronDown } from 'lucide-react'
import type { ReactElement } from 'react'
import { Button, ListBox, Popover, Select, SelectValue } from 'react-aria-components'
import { OptionItem } from '../../../ui/menu.tsx'
import { POPOVER } from '../../../ui/popover.tsx'

export interface ChoiceOption<T extends string> {
  readonly id: T
  readonly label: string
  readonly note?: string
}

interface Props<T extends string> {
  readonly label: string
  readonly value: T
  readonly options: readonly ChoiceOption<T>[]
  readonly onChange: (value: T) => void
}

/** One of a few, as wide as its place. A value that is not among them is shown as it is. */
export function Choice<T extends string>({ label, value, options, onChange }: Props<T>): ReactElement {
  const chosen = options.find(({ id }) => id === value)
  return (
    <Select
      aria-label={label}
      value={value}
      onChange={(key) => {
        const option = options.find(({ id }) => id === key)
        if (option) onChange(option.id)
      }}
      className="min-w-0 outline-none"
    >
      <Button className={TRIGGER}>
        <SelectValue className="min-w-0 flex-1 truncate text-left">{() => chosen?.label ?? value}</SelectValue>
        <ChevronDown size={14} aria-hidden className="shrink-0 text-faint" />
      </Button>
      <Popover offset={4} className={`${POPOVER} min-w-(--trigger-width)`}>
        <ListBox className="max-h-80 overflow-auto p-1 outline-none" items={options}>
          {({ id, label: text, note }) => <OptionItem id={id} text={text} {...(note && { note })} />}
        </ListBox>
      </Popover>
    </Select>
  )
}

const TRIGGER =
  'flex h-8 w-full min-w-0 items-center gap-1.5 rounded-md border border-line bg-surface px-2 hover:border-line-strong'
