import { Plus } from 'lucide-react'
import type { ReactElement, ReactNode } from 'react'
import type { Source } from '../api/sources.ts'
import { Button } from '../ui/button.tsx'
import type { Loadable } from '../widgets/loadable.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'

interface Props {
  readonly sources: Loadable<readonly Source[]>
  readonly row: (source: Source) => ReactNode
  /** Absent for those who may not. */
  readonly onMake: (() => void) | undefined
}

export function SourceListView({ sources, row, onMake }: Props): ReactElement {
  const { data, error, retry } = sources
  return (
    <section
      aria-label="Sources"
      aria-busy={!data}
      className={`card overflow-hidden ${data?.length ? '' : 'min-h-60'}`}
    >
      {!data && (error ? <ErrorNote error={error} retry={retry} /> : <RowsSkeleton count={6} />)}
      {data?.length === 0 && (
        <div className="h-60">
          <EmptyNote title="There is no source yet">
            <p className="max-w-md text-pretty">
              A source is a website, an app, a server, a log or a webhook. It has its own key, settings and health.
            </p>
            {onMake && (
              <Button look="primary" className="mt-2.5" onPress={onMake}>
                <Plus size={14} aria-hidden /> Make the first source
              </Button>
            )}
          </EmptyNote>
        </div>
      )}
      {data && data.length > 0 && (
        <table className="w-full table-fixed border-collapse text-left">
          <thead className="text-sm text-muted">
            <tr>
              <th scope="col" className="px-4 py-2.5 font-medium">
                Source
              </th>
              <th scope="col" className="w-32 px-4 py-2.5 font-medium max-md:hidden">
                Kind
              </th>
              <th scope="col" className="w-24 px-4 py-2.5 text-right font-medium sm:w-52 max-sm:pl-0">
                <span className="max-sm:hidden">Events now</span>
                <span className="sm:hidden">Now</span>
              </th>
              <th scope="col" className="w-40 px-4 py-2.5 font-medium max-sm:hidden">
                Last event
              </th>
              <th scope="col" className="w-36 px-4 py-2.5 font-medium max-sm:hidden">
                Last hour
              </th>
            </tr>
          </thead>
          <tbody>{data.map(row)}</tbody>
        </table>
      )}
    </section>
  )
}
