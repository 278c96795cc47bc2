import { ChevronDown } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import { Select as AriaSelect, Button, ListBox, Popover, SelectValue } from 'react-aria-components'
import { OptionItem } from './menu.tsx'
import { POPOVER } from './popover.tsx'

interface Option<T extends string> {
  readonly id: T
  readonly label: string
}

interface Props<T extends string> {
  readonly label: string
  readonly icon?: ReactNode
  readonly value: T
  readonly options: readonly Option<T>[]
  /** Among text fields: as high and as wide as they are. */
  readonly isField?: boolean
  readonly onChange: (value: T) => void
}

/** One of a few. The label is for those who can't see that the value speaks for itself. */
export function Select<T extends string>({
  label,
  icon,
  value,
  options,
  isField = false,
  onChange,
}: Props<T>): ReactElement {
  const chosen = options.find((option) => option.id === value)
  return (
    <AriaSelect
      aria-label={label}
      className={`outline-none ${isField ? 'w-full' : ''}`}
      value={value}
      onChange={(key) => {
        const option = options.find(({ id }) => id === key)
        if (option) onChange(option.id)
      }}
    >
      <Button className={isField ? FIELD : TRIGGER}>
        {icon}
        {/* With it the button is called by its label and by what is chosen. */}
        <SelectValue className={`truncate ${isField ? 'min-w-0 flex-1 text-left' : 'max-w-44'}`}>
          {() => chosen?.label ?? value}
        </SelectValue>
        <ChevronDown size={14} aria-hidden className="text-faint" />
      </Button>
      <Popover offset={4} className={`${POPOVER} min-w-(--trigger-width)`}>
        <ListBox className="p-1 outline-none" items={options}>
          {(option) => <OptionItem id={option.id} text={option.label} />}
        </ListBox>
      </Popover>
    </AriaSelect>
  )
}

export const TRIGGER =
  'inline-flex h-8 items-center gap-1.5 rounded-md border border-line bg-surface px-2.5 font-medium whitespace-nowrap transition-colors duration-100 hover:bg-hover pressed:bg-sunken'
const FIELD =
  'flex h-9 w-full items-center gap-1.5 rounded-md border border-line-strong bg-surface px-2.5 text-md transition-colors duration-100 hover:bg-hover pressed:bg-sunken'
