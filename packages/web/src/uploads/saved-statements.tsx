import { useQuery } from '@tanstack/react-query'
import { Database } from 'lucide-react'
import type { ReactElement } from 'react'
import { dataSourcesQuery } from '../api/data-sources.ts'

/** SQL that was saved by name, for widgets. Made and changed on the page for SQL. */
export function SavedStatements(): ReactElement | null {
  const { data } = useQuery(dataSourcesQuery)
  if (!data || data.length === 0) return null
  return (
    <section aria-labelledby="saved-sql" className="flex flex-col gap-2">
      <h2 id="saved-sql" className="font-semibold">
        Saved SQL
      </h2>
      <ul className="card divide-y divide-line">
        {data.map(({ name, label, sql }) => (
          <li key={name} className="flex items-center gap-3 px-4 py-2.5">
            <Database size={16} aria-hidden className="shrink-0 text-muted" />
            <span className="min-w-0 flex-1">
              <bdi className="block truncate font-medium">{label}</bdi>
              <code className="block truncate font-mono text-xs text-faint">{sql.replaceAll(/\s+/g, ' ')}</code>
            </span>
            <span className="shrink-0 font-mono text-xs text-muted max-sm:hidden">{name}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
