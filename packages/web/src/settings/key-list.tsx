import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { Plus, X } from 'lucide-react'
import type { ReactElement } from 'react'
import type { ApiKey, KeyScope } from '../api/keys.ts'
import { Button } from '../ui/button.tsx'
import type { Loadable } from '../widgets/loadable.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'

interface Props {
  readonly keys: Loadable<readonly ApiKey[]>
  readonly now: Temporal.Instant
  readonly onMake: () => void
  readonly onRevoke: (key: ApiKey) => void
}

export const SCOPE_LABELS: Record<KeyScope, string> = {
  ingest: 'Send events',
  read: 'Read figures',
  admin: 'Everything',
}

/** All keys with the newest first. Revoked ones stay, so that one can see what there was. */
export function KeyListView({ keys, now, onMake, onRevoke }: Props): ReactElement {
  return (
    <section
      aria-label="Keys"
      aria-busy={!keys.data && !keys.error}
      className={`card overflow-x-auto ${keys.data?.length ? '' : 'min-h-60'}`}
    >
      {!keys.data && (keys.error ? <ErrorNote error={keys.error} retry={keys.retry} /> : <RowsSkeleton count={6} />)}
      {keys.data?.length === 0 && (
        <div className="h-60">
          <EmptyNote title="There is no key yet">
            <p>Make one for each program, so that one can be revoked without the others.</p>
            <Button look="primary" className="mt-2.5" onPress={onMake}>
              <Plus size={14} aria-hidden /> Make the first key
            </Button>
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
              className={`px-4 py-2.5 font-medium whitespace-nowrap ${title === 'Name' ? '' : 'max-md:hidden'}`}
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
          <KeyRow key={key.id} apiKey={key} now={now} onRevoke={() => onRevoke(key)} />
        ))}
      </tbody>
    </table>
  )
}

function KeyRow({
  apiKey,
  now,
  onRevoke,
}: Pick<Props, 'now'> & { apiKey: ApiKey; onRevoke: () => void }): ReactElement {
  const { name, prefix, source, createdAt, lastUsedAt, revokedAt } = apiKey
  const access = apiKey.scopes.map((scope) => SCOPE_LABELS[scope]).join(', ')
  return (
    <tr className={`border-t border-line ${revokedAt ? 'text-faint' : ''}`}>
      <th scope="row" className="px-4 py-2 font-medium max-md:w-full max-md:max-w-0 md:max-w-64">
        <bdi title={name} className="block truncate">
          {name}
        </bdi>
        <span className="block font-mono text-xs font-normal text-faint">alm_{prefix}_…</span>
        <span className="figures block truncate text-sm font-normal text-muted md:hidden">
          {access} · {lastUsedAt === null ? 'never used' : `used ${ago(lastUsedAt, now)}`}
        </span>
      </th>
      <td className="px-4 py-2 whitespace-nowrap max-md:hidden">{access}</td>
      <td className="max-w-40 truncate px-4 py-2 max-md:hidden">{source ?? 'Any'}</td>
      <td className="figures px-4 py-2 whitespace-nowrap max-md:hidden">{ago(createdAt, now)}</td>
      <td className="figures px-4 py-2 whitespace-nowrap max-md:hidden">{ago(lastUsedAt, now)}</td>
      <td className="px-2 py-2 text-right">
        {revokedAt ? (
          <span className="px-2.5">Revoked</span>
        ) : (
          <Button look="quiet" aria-label={`Revoke ${name}`} onPress={onRevoke}>
            <span className="max-md:hidden">Revoke</span>
            <X size={16} aria-hidden className="md:hidden" />
          </Button>
        )}
      </td>
    </tr>
  )
}

function ago(at: string | null, now: Temporal.Instant): string {
  return at === null ? 'Never' : formatAgo(Temporal.Instant.from(at), now)
}
