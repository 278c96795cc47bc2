import { Search, X } from 'lucide-react'
import { type ReactElement, useRef } from 'react'
import { Button as AriaButton, Input, SearchField } from 'react-aria-components'
import { Kbd } from '../ui/kbd.tsx'
import { SEARCH_INPUT } from '../ui/list-search.tsx'
import { Select } from '../ui/select.tsx'
import { useShortcut } from '../ui/shortcuts.ts'
import { ORIGIN_LABELS } from './board-words.ts'
import type { ListSearch } from './list-search.ts'

interface Props {
  readonly search: ListSearch
  readonly onChange: (search: ListSearch) => void
}

const ANY = 'any'
const ORIGINS = [
  { id: ANY, label: 'From anywhere' },
  { id: 'made', label: ORIGIN_LABELS.made },
  { id: 'workspace', label: ORIGIN_LABELS.workspace },
  { id: 'ready', label: ORIGIN_LABELS.ready },
] as const

/** Finds boards by a part of their name, description, owner or folder, and by where they come from. */
export function ListToolbar({ search, onChange }: Props): ReactElement {
  const field = useRef<HTMLInputElement>(null)
  useShortcut('/|f', 'Find a dashboard', () => field.current?.focus())
  const { q: _, from: __, ...rest } = search
  return (
    <div className="flex flex-wrap items-center gap-2">
      <SearchField
        aria-label="Find a dashboard"
        value={search.q ?? ''}
        onChange={(q) => onChange({ ...rest, ...(q && { q }), ...(search.from && { from: search.from }) })}
        className="group relative min-w-0 flex-1 sm:max-w-80"
      >
        <Search size={14} aria-hidden className="absolute top-2.25 left-2.5 text-muted" />
        <Input
          ref={field}
          placeholder="Find a dashboard…"
          className={`${SEARCH_INPUT} border border-line bg-surface!`}
        />
        <span
          aria-hidden
          className="pointer-events-none absolute top-1.5 right-2 group-focus-within:hidden max-sm:hidden"
        >
          {!search.q && <Kbd keys="/" />}
        </span>
        <AriaButton className="absolute top-1 right-1 grid size-6 place-items-center rounded-sm text-muted group-data-[empty]:hidden">
          <X size={14} aria-hidden />
        </AriaButton>
      </SearchField>
      <Select
        label="Where it comes from"
        value={search.from ?? ANY}
        options={ORIGINS}
        onChange={(from) => onChange({ ...rest, ...(search.q && { q: search.q }), ...(from !== ANY && { from }) })}
      />
    </div>
  )
}
