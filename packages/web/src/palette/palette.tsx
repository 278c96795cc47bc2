import { Search } from 'lucide-react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  ListBox,
  ListBoxItem,
  ListBoxSection,
  Modal,
  ModalOverlay,
  SearchField,
} from 'react-aria-components'
import { Kbd } from '../ui/kbd.tsx'
import { foundGroups, type PaletteItem } from './palette-items.ts'
import { takeTyped } from './type-ahead.ts'
import { usePaletteGroups } from './use-palette-groups.tsx'

interface Props {
  readonly onClose: () => void
  readonly onHelp: () => void
}

/** Everything by its name: boards, pages, cubes and their measures, what can be done here. The arrow keys choose and enter runs it. */
export default function Palette({ onClose, onHelp }: Props): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const early = takeTyped()
    setTyped((now) => early + now)
  }, [])
  const groups = foundGroups(usePaletteGroups(onHelp), typed)
  const items = groups.flatMap((group) => group.items)
  const run = (id: unknown) => {
    const item = items.find((one) => one.id === id)
    if (!item) return
    // First the palette goes, so that what it opens gets the focus.
    onClose()
    item.run()
  }
  return (
    <ModalOverlay
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex justify-center bg-[#0b0b0a]/40 p-3 sm:pt-[12vh]"
    >
      <Modal className="pop h-fit w-full max-w-xl overflow-hidden rounded-lg border border-line bg-surface shadow-float">
        <Dialog aria-label="Search and commands" className="flex max-h-[min(28rem,80dvh)] flex-col outline-none">
          <Autocomplete inputValue={typed} onInputChange={setTyped}>
            {/* Escape empties a field first; here it closes the palette at once. */}
            <SearchField
              aria-label="Search and commands"
              autoFocus
              onClear={onClose}
              // Enter means the line that is marked; with none, the best one.
              onSubmit={() => !field.current?.hasAttribute('aria-activedescendant') && run(items[0]?.id)}
              className="relative border-b border-line"
            >
              <Search size={16} aria-hidden className="absolute top-3.5 left-4 text-faint" />
              <Input
                ref={field}
                role="combobox"
                aria-expanded
                placeholder="Find a dashboard, a page, a command…"
                className={INPUT}
              />
            </SearchField>
            <ListBox
              aria-label="Results"
              className="min-h-0 flex-1 overflow-y-auto p-1.5 outline-none"
              onAction={run}
              renderEmptyState={() => (
                <p className="px-2.5 py-6 text-center text-muted">Nothing is called like this.</p>
              )}
            >
              {groups.map(({ label, items: found }) => (
                <ListBoxSection key={label} id={label} className="not-first:mt-1.5">
                  <Header className="px-2.5 pt-1 pb-1 text-xs font-medium text-faint">{label}</Header>
                  {found.map((item) => (
                    <Line key={item.id} item={item} />
                  ))}
                </ListBoxSection>
              ))}
            </ListBox>
          </Autocomplete>
          <p aria-hidden className="flex gap-4 border-t border-line px-4 py-2 text-sm text-faint max-sm:hidden">
            <span className="inline-flex items-center gap-1.5">
              <Kbd keys="arrowup" />
              <Kbd keys="arrowdown" /> choose
            </span>
            <span className="inline-flex items-center gap-1.5">
              <Kbd keys="enter" /> open
            </span>
            <span className="inline-flex items-center gap-1.5">
              <Kbd keys="escape" /> close
            </span>
          </p>
        </Dialog>
      </Modal>
    </ModalOverlay>
  )
}

function Line({ item: { id, label, note, icon, keys } }: { item: PaletteItem }): ReactElement {
  return (
    <ListBoxItem id={id} textValue={note ? `${label}, ${note}` : label} className={LINE}>
      <span className="grid size-4 shrink-0 place-items-center text-faint">{icon}</span>
      <bdi className="min-w-0 truncate">{label}</bdi>
      {note && <bdi className="min-w-0 flex-1 truncate text-sm text-faint">{note}</bdi>}
      {keys && (
        <span className="ml-auto">
          <Kbd keys={keys} isShort />
        </span>
      )}
    </ListBoxItem>
  )
}

const INPUT =
  'h-11 w-full bg-transparent pr-4 pl-11 text-md outline-none placeholder:text-faint [&::-webkit-search-cancel-button]:hidden'
const LINE =
  'flex min-h-9 cursor-pointer items-center gap-2.5 rounded-md px-2.5 outline-none data-[focused]:bg-hover data-[hovered]:bg-hover'
