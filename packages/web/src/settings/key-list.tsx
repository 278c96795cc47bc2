import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import type { ReactElement } from 'react'
import type { ApiKey, KeyScope } from '../api/keys.ts'
import { Button } from '../ui/button.tsx'
import type { Loadable } from '../widgets/loadable.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'

interface Props {
  readonly keys: Loadable<readonly ApiKey[]>
  readonly now: Temporal.Instant
  readonly onRevoke: (key: ApiKey) => void
}

export const SCOPE_LABELS: Record<KeyScope, string> = {
  ingest: 'Send events',
  read: 'Read figures',
  admin: 'Everything',
}

/** All keys with the newest first. Revoked ones stay, so that one can see what there was. */
export function KeyListView({ keys, now, onRevoke }: Props): ReactElement {
  return (
    <section aria-label="Keys" aria-busy={!keys.data && !keys.error} className="card min-h-60 overflow-x-auto">
      {!keys.data && (keys.error ? <ErrorNote error={keys.error} retry={keys.retry} /> : <RowsSkeleton count={6} />)}
      {keys.data?.length === 0 && (
        <div className="h-60">
          <EmptyNote title="There is no key yet">
            <p>Make one for each program, so that one can be revoked without the others.</p>
          </EmptyNote>
        </div>
      )}
      {keys.data && keys.data.length > 0 && <KeyTable keys={keys.data} now={now} onRevoke={onRevoke} />}
    </section>
  )
}

function KeyTable({
  keys,
  now,
  onRevoke,
}: Pick<Props, 'now' | 'onRevoke'> & { keys: readonly ApiKey[] }): ReactElement {
  return (
    <table className="w-full border-collapse text-left">
      <thead className="text-sm text-muted">
        <tr>
          {['Name', 'Access', 'Source', 'Created', 'Last used'].map((title) => (
            <th
              key={title}
              scope="col"
              className={`px-4 py-2.5 font-medium whitespace-nowrap ${title === 'Source' || title === 'Created' ? 'max-sm:hidden' : ''}`}
            >
              {title}
            </th>
          ))}
          <th scope="col" className="px-4 py-2.5">
            <span className="sr-only">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {keys.map((key) => (
          <tr key={key.id} className={`border-t border-line ${key.revokedAt ? 'text-faint' : ''}`}>
            <th scope="row" className="max-w-64 px-4 py-2 font-medium">
              <bdi title={key.name} className="block truncate">
                {key.name}
              </bdi>
              <span className="block font-mono text-xs font-normal text-faint">alm_{key.prefix}_…</span>
            </th>
            <td className="px-4 py-2 whitespace-nowrap">{key.scopes.map((scope) => SCOPE_LABELS[scope]).join(', ')}</td>
            <td className="max-w-40 truncate px-4 py-2 max-sm:hidden">{key.source ?? 'Any'}</td>
            <td className="figures px-4 py-2 whitespace-nowrap max-sm:hidden">{ago(key.createdAt, now)}</td>
            <td className="figures px-4 py-2 whitespace-nowrap">{ago(key.lastUsedAt, now)}</td>
            <td className="px-2 py-2 text-right">
              {key.revokedAt ? (
                <span className="px-2.5">Revoked</span>
              ) : (
                <Button look="quiet" aria-label={`Revoke ${key.name}`} onPress={() => onRevoke(key)}>
                  Revoke
                </Button>
              )}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

function ago(at: string | null, now: Temporal.Instant): string {
  return at === null ? 'Never' : formatAgo(Temporal.Instant.from(at), now)
}
