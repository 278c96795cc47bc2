import type { QueryInput } from '@almanac/core/query/query.ts'
import { useQuery } from '@tanstack/react-query'
import { type ReactElement, useState } from 'react'
import { toApiError } from '../../api/api-error.ts'
import { cubeQuery } from '../../api/queries.ts'
import { FailureNote } from '../../lazy/failure-note.tsx'
import { CopyButton } from '../../settings/copy-button.tsx'
import { CodeBlock } from '../../ui/code-block.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Tabs } from '../../ui/tabs.tsx'
import { RowsSkeleton } from '../../widgets/rows-skeleton.tsx'
import { statementText } from '../explain/statement-text.ts'
import { clientCode, curlCode, shortQuery } from './query-code.ts'

interface Props {
  readonly query: QueryInput
  readonly onClose: () => void
}

const WAYS = [
  { id: 'sql', label: 'SQL' },
  { id: 'curl', label: 'curl' },
  { id: 'client', label: 'TypeScript' },
] as const
type Way = (typeof WAYS)[number]['id']

/** The question as text, to be asked from elsewhere. */
export function CopyDialog({ query, onClose }: Props): ReactElement {
  const [way, setWay] = useState<Way>('sql')
  const short = shortQuery(query)
  return (
    <Dialog title="Ask this from elsewhere" isOpen onClose={onClose}>
      <div className="flex min-h-0 flex-1 flex-col overflow-y-auto p-4">
        <Tabs label="Way to ask" value={way} tabs={WAYS} onChange={setWay}>
          {way === 'sql' && <Sql query={query} />}
          {way === 'curl' && (
            <Code
              text={curlCode(short, window.location.origin)}
              label="curl"
              note="With a key of the scope read, in the environment as ALMANAC_KEY."
            />
          )}
          {way === 'client' && (
            <Code
              text={clientCode(short, window.location.origin)}
              label="TypeScript"
              note="For Node and browsers, with the package @almanac/client."
            />
          )}
        </Tabs>
      </div>
    </Dialog>
  )
}

/** As the server has asked it: only it knows which parts came from the cube and which from the raw rows. */
function Sql({ query }: { readonly query: QueryInput }): ReactElement {
  const { data, error, refetch } = useQuery(cubeQuery(query))
  if (error && !data) return <FailureNote error={toApiError(error)} retry={() => void refetch()} />
  if (!data) return <RowsSkeleton count={8} />
  const { sql, parameters, furtherSql } = data.meta
  const text = [
    statementText({ sql, parameters }),
    ...furtherSql.map(({ purpose, ...further }) => `-- ${purpose}\n${statementText(further)}`),
  ].join('\n\n')
  return (
    <Code text={text} label="SQL" note="What the server ran on ClickHouse, with the values before the statement." />
  )
}

function Code({
  text,
  label,
  note,
}: {
  readonly text: string
  readonly label: string
  readonly note: string
}): ReactElement {
  return (
    <div className="flex flex-col gap-3">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="text-pretty text-muted">{note}</p>
        <CopyButton text={text} label={`Copy ${label}`} />
      </div>
      <CodeBlock text={text} label={label} />
    </div>
  )
}
