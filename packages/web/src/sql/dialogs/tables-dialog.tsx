import { ChevronRight } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { SqlSchema, SqlTable } from '../../api/sql.ts'
import { Button } from '../../ui/button.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ListSearch } from '../../ui/list-search.tsx'
import { RowsSkeleton } from '../../widgets/rows-skeleton.tsx'

interface Props {
  readonly schema: SqlSchema | undefined
  readonly onInsert: (text: string) => void
  readonly onClose: () => void
}

/** All that a statement can read, with what each column means. */
export function TablesDialog({ schema, onInsert, onClose }: Props): ReactElement {
  const [typed, setTyped] = useState('')
  const tables = schema ? foundTables(schema, typed) : undefined
  return (
    <Dialog title="Tables" isOpen onClose={onClose}>
      <ListSearch
        label="Search tables and columns"
        placeholder="Search tables, columns…"
        value={typed}
        onChange={setTyped}
      />
      <div className="min-h-0 flex-1 overflow-auto p-2">
        {!tables && <RowsSkeleton count={8} />}
        {tables?.length === 0 && <p className="p-6 text-center text-muted">Nothing has this in its name.</p>}
        {tables?.map(({ fullName, table }) => (
          <OneTable
            key={fullName}
            fullName={fullName}
            table={table}
            onInsert={() => {
              onInsert(fullName)
              onClose()
            }}
          />
        ))}
      </div>
    </Dialog>
  )
}

interface TableProps {
  readonly fullName: string
  readonly table: SqlTable
  readonly onInsert: () => void
}

function OneTable({ fullName, table, onInsert }: TableProps): ReactElement {
  return (
    <details className="group/table border-b border-line last:border-b-0">
      <summary className="flex min-h-9 cursor-pointer list-none items-center gap-2 rounded-md px-2 hover:bg-hover">
        <ChevronRight size={13} aria-hidden className="shrink-0 text-faint group-open/table:rotate-90" />
        <bdi className="shrink-0 font-mono font-medium">{fullName}</bdi>
        <span className="min-w-0 flex-1 truncate text-sm text-muted">{table.comment}</span>
        <span className="figures shrink-0 text-sm text-faint">{table.columns.length} columns</span>
      </summary>
      <div className="flex flex-col gap-2 py-2 pl-7">
        <Button className="self-start" onPress={onInsert}>
          Put into the statement
        </Button>
        <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,2fr)] gap-x-4 gap-y-1.5 pr-2">
          {table.columns.map(({ name, type, comment }) => (
            <div key={name} className="contents">
              <dt className="min-w-0">
                <bdi className="block truncate font-mono" title={name}>
                  {name}
                </bdi>
                <span className="block truncate text-xs text-faint" title={type}>
                  {type}
                </span>
              </dt>
              <dd className="text-sm text-pretty text-muted">{comment}</dd>
            </div>
          ))}
        </dl>
      </div>
    </details>
  )
}

interface Found {
  readonly fullName: string
  readonly table: SqlTable
}

/** Those of the statement's own database first. Of a table whose columns are meant, only these are listed. */
export function foundTables({ databases }: Pick<SqlSchema, 'databases'>, typed: string): Found[] {
  const wanted = typed.trim().toLowerCase()
  const ordered = databases.toSorted((a, b) => Number(b.isDefault) - Number(a.isDefault))
  return ordered.flatMap(({ name: database, isDefault, tables }) =>
    tables.flatMap((table): Found[] => {
      const fullName = isDefault ? table.name : `${database}.${table.name}`
      if (`${fullName} ${table.comment}`.toLowerCase().includes(wanted)) return [{ fullName, table }]
      const columns = table.columns.filter(({ name, comment }) => `${name} ${comment}`.toLowerCase().includes(wanted))
      return columns.length === 0 ? [] : [{ fullName, table: { ...table, columns } }]
    }),
  )
}
