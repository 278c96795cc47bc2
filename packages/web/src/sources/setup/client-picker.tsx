import type { SourceKind } from '@almanac/core/sources/source-settings.ts'
import { type ReactElement, useState } from 'react'
import { ListBox, ListBoxItem } from 'react-aria-components'
import { Button } from '../../ui/button.tsx'
import { clientsFor } from './clients.ts'

interface Props {
  readonly kind: SourceKind
  readonly chosen: string | undefined
  readonly onChoose: (id: string) => void
}

/** Those that the kind suggests; the others on demand. */
export function ClientPicker({ kind, chosen, onChoose }: Props): ReactElement {
  const { likely, others } = clientsFor(kind)
  const [isOpen, setOpen] = useState(() => others.some(({ id }) => id === chosen))
  return (
    <div className="flex flex-col items-start gap-2">
      <ListBox
        aria-label="Client"
        layout="grid"
        items={isOpen ? [...likely, ...others] : likely}
        selectionMode="single"
        disallowEmptySelection
        selectedKeys={chosen ? [chosen] : []}
        onSelectionChange={(keys) => {
          if (keys !== 'all') for (const key of keys) onChoose(String(key))
        }}
        className="flex flex-wrap gap-1.5 outline-none"
      >
        {({ id, label }) => (
          <ListBoxItem id={id} textValue={label} className={CHIP}>
            {label}
          </ListBoxItem>
        )}
      </ListBox>
      <Button look="quiet" className="-ml-2.5" aria-expanded={isOpen} onPress={() => setOpen(!isOpen)}>
        {isOpen ? 'Fewer clients' : `${others.length} other clients`}
      </Button>
    </div>
  )
}

const CHIP = [
  'flex h-8 items-center rounded-md border border-line bg-surface px-2.5 font-medium whitespace-nowrap hover:bg-hover',
  'selected:border-accent selected:bg-accent-soft selected:text-accent-ink data-[focus-visible]:outline-2',
].join(' ')
