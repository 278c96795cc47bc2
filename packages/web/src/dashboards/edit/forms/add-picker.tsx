import { Plus } from 'lucide-react'
import { type ReactElement, type ReactNode, useState } from 'react'
import { Autocomplete, Button, DialogTrigger, ListBox } from 'react-aria-components'
import { containsBare } from '../../../ui/bare-text.ts'
import { ListSearch } from '../../../ui/list-search.tsx'
import { OptionItem } from '../../../ui/menu.tsx'
import { PopoverDialog } from '../../../ui/popover.tsx'

export interface PickOption {
  readonly id: string
  readonly label: string
  readonly note?: string
}

interface Props {
  readonly label: string
  readonly options: readonly PickOption[]
  readonly onPick: (id: string) => void
  readonly children?: ReactNode
  /** How the button is called that shows something else than the label. */
  readonly name?: string
  readonly className?: string
  /** What is said where no option has the searched word in its name. */
  readonly nothing?: string
}

/** Adds one of many, found by typing a part of its name. */
export function AddPicker({ label, options, onPick, children, name, className, nothing }: Props): ReactElement {
  const [isOpen, setOpen] = useState(false)
  return (
    <DialogTrigger isOpen={isOpen} onOpenChange={setOpen}>
      <Button {...(name !== undefined && { 'aria-label': name })} className={className ?? ADD}>
        {children ?? (
          <>
            <Plus size={14} aria-hidden /> {label}
          </>
        )}
      </Button>
      <PopoverDialog label={label} placement="bottom start" className="flex max-h-80 w-72 flex-col">
        <Autocomplete filter={containsBare}>
          <ListSearch label={`Search: ${label}`} />
          <ListBox
            aria-label={label}
            className="min-h-0 flex-1 overflow-auto p-1 outline-none"
            items={options}
            onAction={(key) => {
              onPick(String(key))
              setOpen(false)
            }}
            renderEmptyState={() => (
              <p className="p-3 text-pretty text-muted">{nothing ?? 'There is nothing more of this name.'}</p>
            )}
          >
            {({ id, label: text, note }) => <OptionItem id={id} text={text} {...(note && { note })} />}
          </ListBox>
        </Autocomplete>
      </PopoverDialog>
    </DialogTrigger>
  )
}

const ADD =
  'inline-flex h-8 items-center gap-1.5 self-start rounded-md px-2 font-medium text-muted outline-none hover:bg-hover hover:text-ink data-[focus-visible]:outline-2'
