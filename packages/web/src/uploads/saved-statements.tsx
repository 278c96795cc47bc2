import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Database, Ellipsis, SquareTerminal, Trash2 } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import { Menu, MenuTrigger, Popover } from 'react-aria-components'
import { type DataSource, dataSourcesQuery, removeDataSource } from '../api/data-sources.ts'
import { useMayEdit } from '../app/rights.ts'
import { FormError } from '../app/sign-in/entry-page.tsx'
import { Button } from '../ui/button.tsx'
import { Dialog } from '../ui/dialog.tsx'
import { MenuItem } from '../ui/menu.tsx'
import { POPOVER } from '../ui/popover.tsx'

/** SQL that was saved by name, for widgets. It is made and changed on the page for SQL, by those who may. */
export function SavedStatements(): ReactElement | null {
  const { data } = useQuery(dataSourcesQuery)
  const mayEdit = useMayEdit()
  const [removing, setRemoving] = useState<DataSource>()
  if (!data || data.length === 0) return null
  return (
    <section aria-labelledby="saved-sql" className="flex flex-col gap-2">
      <h2 id="saved-sql" className="font-semibold">
        Saved SQL
      </h2>
      <ul className="card divide-y divide-line overflow-hidden">
        {data.map((source) => (
          <StatementRow key={source.name} source={source} mayEdit={mayEdit} onRemove={() => setRemoving(source)} />
        ))}
      </ul>
      {removing && <RemoveDialog source={removing} onClose={() => setRemoving(undefined)} />}
    </section>
  )
}

interface RowProps {
  readonly source: DataSource
  readonly mayEdit: boolean
  readonly onRemove: () => void
}

function StatementRow({ source, mayEdit, onRemove }: RowProps): ReactElement {
  const { name, label, sql } = source
  return (
    <li className={`relative flex items-center gap-3 px-4 py-2.5 ${mayEdit ? 'hover:bg-hover' : ''}`}>
      <Database size={16} aria-hidden className="shrink-0 text-muted" />
      <span className="min-w-0 flex-1">
        {mayEdit ? (
          <Link
            to="/sql"
            search={{ saved: name }}
            className="block truncate font-medium after:absolute after:inset-0 after:content-['']"
          >
            <bdi>{label}</bdi>
          </Link>
        ) : (
          <bdi className="block truncate font-medium">{label}</bdi>
        )}
        <code className="block truncate font-mono text-xs text-faint">{sql.replaceAll(/\s+/g, ' ')}</code>
      </span>
      <span className="shrink-0 font-mono text-xs text-muted max-sm:hidden">{name}</span>
      {mayEdit && <RowMenu source={source} onRemove={onRemove} />}
    </li>
  )
}

function RowMenu({ source: { name, label }, onRemove }: Omit<RowProps, 'mayEdit'>): ReactElement {
  const navigate = useNavigate()
  return (
    <MenuTrigger>
      <Button look="quiet" isIcon aria-label={`More about ${label}`} className="relative -mr-2">
        <Ellipsis size={16} aria-hidden />
      </Button>
      <Popover placement="bottom end" offset={4} className={`${POPOVER} w-48`}>
        <Menu aria-label={label} className="p-1 outline-none">
          <MenuItem
            id="open"
            text="Open in SQL"
            icon={<SquareTerminal {...ICON} />}
            onAction={() => void navigate({ to: '/sql', search: { saved: name } })}
          />
          <MenuItem id="remove" text="Remove…" icon={<Trash2 {...ICON} />} onAction={onRemove} />
        </Menu>
      </Popover>
    </MenuTrigger>
  )
}

const ICON = { size: 14, 'aria-hidden': true, className: 'text-faint' } as const

function RemoveDialog({ source, onClose }: { source: DataSource; onClose: () => void }): ReactElement {
  const client = useQueryClient()
  const remove = useMutation({
    mutationFn: () => removeDataSource(source.name),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: dataSourcesQuery.queryKey })
      onClose()
    },
  })
  return (
    <Dialog title="Remove this saved SQL?" isOpen isSmall onClose={onClose}>
      <div className="flex flex-col gap-4 p-4">
        <p className="text-pretty">
          <bdi className="font-medium wrap-anywhere">{source.label}</bdi> goes with its statement. Widgets that show it
          will say that it is gone. This can’t be undone.
        </p>
        <FormError error={remove.error} />
        <div className="flex justify-end gap-2">
          <Button onPress={onClose}>Keep it</Button>
          <Button look="danger" isDisabled={remove.isPending} onPress={() => remove.mutate()}>
            Remove
          </Button>
        </div>
      </div>
    </Dialog>
  )
}
