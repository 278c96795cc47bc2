import { ChevronDown } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Autocomplete, Button, DialogTrigger, ListBox } from 'react-aria-components'
import { containsBare } from './bare-text.ts'
import { ListSearch } from './list-search.tsx'
import { OptionItem } from './menu.tsx'
import { PopoverDialog } from './popover.tsx'
import { TRIGGER } from './select.tsx'

interface Option {
  readonly id: string
  readonly label: string
  readonly note?: string
}

interface Props {
  readonly label: string
  readonly icon?: ReactNode
  readonly value: string
  readonly valueLabel: string
  /** Asked when the list opens: hundreds of options cost nothing before that. */
  readonly options: () => readonly Option[]
  readonly onChange: (id: string) => void
}

/** One of very many, found by typing a part of its name. */
export function SearchSelect({ label, icon, value, valueLabel, options, onChange }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const choose = (id: string) => {
    onChange(id)
    setOpen(false)
  }
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button className={TRIGGER} aria-label={`${label}: ${valueLabel}`}>
        {icon}
        <span className="max-w-44 truncate">{valueLabel}</span>
        <ChevronDown size={14} aria-hidden className="text-faint" />
      </Button>
      <PopoverDialog label={label} placement="bottom end" className="flex max-h-96 w-72 flex-col">
        <OptionSearch label={label} value={value} options={options()} onChoose={choose} />
      </PopoverDialog>
    </DialogTrigger>
  )
}

interface SearchProps {
  readonly label: string
  readonly value: string
  readonly options: readonly Option[]
  readonly onChoose: (id: string) => void
}

function OptionSearch({ label, value, options, onChoose }: SearchProps): ReactElement {
  return (
    <Autocomplete filter={containsBare}>
      <ListSearch label={`Search ${label.toLowerCase()}`} />
      <ListBox
        aria-label={label}
        className="min-h-0 flex-1 overflow-auto p-1 outline-none"
        items={options}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={[value]}
        onSelectionChange={(keys) => {
          if (keys === 'all') return
          for (const key of keys) onChoose(String(key))
        }}
        renderEmptyState={() => <p className="p-3 text-muted">Nothing has this in its name.</p>}
      >
        {(option) => <OptionItem id={option.id} text={option.label} {...(option.note ? { note: option.note } : {})} />}
      </ListBox>
    </Autocomplete>
  )
}
