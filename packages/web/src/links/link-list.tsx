import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { LEVELS } from '@almanac/core/links/channel.ts'
import { Archive, Check, Copy, Pencil, Plus } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { TrackingLink } from '../api/links.ts'
import { Button } from '../ui/button.tsx'
import type { Loadable } from '../widgets/loadable.ts'
import { RowsSkeleton } from '../widgets/rows-skeleton.tsx'
import { EmptyNote, ErrorNote } from '../widgets/widget-notes.tsx'

interface Props {
  readonly links: Loadable<readonly TrackingLink[]>
  readonly labelOf: (source: string) => string
  /** Absent for those who may not. */
  readonly onMake: (() => void) | undefined
  readonly onEdit: ((link: TrackingLink) => void) | undefined
  readonly onArchive: ((link: TrackingLink) => void) | undefined
}

/** Of links that work, or of archived ones. */
export function LinkListView({ links, labelOf, onMake, onEdit, onArchive }: Props): ReactElement {
  const { data, error, retry } = links
  return (
    <section
      aria-label="Tracking links"
      aria-busy={!data}
      className={`card overflow-x-auto ${data?.length ? '' : 'min-h-60'}`}
    >
      {!data && (error ? <ErrorNote error={error} retry={retry} /> : <RowsSkeleton count={6} />)}
      {data?.length === 0 && (
        <div className="h-60">
          <EmptyNote title="There is no link yet">
            <p className="max-w-md text-pretty">
              Make one for each advertisement or newsletter: its clicks and the installs that follow are told apart.
            </p>
            {onMake && (
              <Button look="primary" className="mt-2.5" onPress={onMake}>
                <Plus size={14} aria-hidden /> Make the first link
              </Button>
            )}
          </EmptyNote>
        </div>
      )}
      {data && data.length > 0 && (
        <table className="w-full border-collapse text-left">
          <thead className="text-sm text-muted">
            <tr>
              <th scope="col" className="px-4 py-2.5 font-medium">
                Link
              </th>
              <th scope="col" className="px-4 py-2.5 font-medium max-md:hidden">
                Channel
              </th>
              <th scope="col" className="px-4 py-2.5 font-medium max-md:hidden">
                Source
              </th>
              <th scope="col" className="px-4 py-2.5 text-right font-medium max-md:hidden">
                Clicks
              </th>
              <th scope="col" className="px-4 py-2.5 text-right font-medium max-md:hidden">
                Installs
              </th>
              <th scope="col" className="px-4 py-2.5">
                <span className="sr-only">Actions</span>
              </th>
            </tr>
          </thead>
          <tbody>
            {data.map((link) => (
              <LinkRow
                key={link.code}
                link={link}
                source={labelOf(link.source)}
                onEdit={onEdit}
                onArchive={link.archivedAt === null ? onArchive : undefined}
              />
            ))}
          </tbody>
        </table>
      )}
    </section>
  )
}

interface RowProps {
  readonly link: TrackingLink
  readonly source: string
  readonly onEdit: ((link: TrackingLink) => void) | undefined
  readonly onArchive: ((link: TrackingLink) => void) | undefined
}

function LinkRow({ link, source, onEdit, onArchive }: RowProps): ReactElement {
  const levels = LEVELS.map((level) => link[level]).filter(Boolean)
  return (
    <tr className="border-t border-line">
      <th scope="row" className="px-4 py-2 font-medium max-md:w-full max-md:max-w-0 md:max-w-80 md:min-w-56">
        <bdi className="block truncate">{link.label || link.code}</bdi>
        <span title={link.url} className="block truncate font-mono text-xs font-normal text-muted">
          {link.url}
        </span>
        <span title={link.target} className="block truncate text-sm font-normal text-faint">
          to {link.target}
        </span>
        <span className="figures block truncate text-sm font-normal text-muted md:hidden">
          {formatNumber(link.clicks, 'integer')} clicks, {formatNumber(link.installs, 'integer')} installs
          {levels.length > 0 && ` · ${levels.join(' › ')}`}
        </span>
      </th>
      <td className="max-w-64 min-w-40 px-4 py-2 wrap-anywhere max-md:hidden">{levels.join(' › ') || '–'}</td>
      <td className="max-w-40 px-4 py-2 max-md:hidden">
        <bdi className="block truncate">{source}</bdi>
        {link.environment === 'sandbox' && <span className="block text-sm text-faint">Sandbox</span>}
      </td>
      <td className="figures px-4 py-2 text-right max-md:hidden">{formatNumber(link.clicks, 'integer')}</td>
      <td className="figures px-4 py-2 text-right max-md:hidden">{formatNumber(link.installs, 'integer')}</td>
      <td className="px-2 py-2">
        <span className="flex justify-end gap-1">
          <CopyIcon text={link.url} label={`Copy the address of ${link.label || link.code}`} />
          {onEdit && (
            <Button look="quiet" isIcon aria-label={`Edit ${link.label || link.code}`} onPress={() => onEdit(link)}>
              <Pencil size={14} aria-hidden />
            </Button>
          )}
          {onArchive && (
            <Button
              look="quiet"
              isIcon
              aria-label={`Archive ${link.label || link.code}`}
              onPress={() => onArchive(link)}
            >
              <Archive size={14} aria-hidden />
            </Button>
          )}
        </span>
      </td>
    </tr>
  )
}

function CopyIcon({ text, label }: { text: string; label: string }): ReactElement {
  const [isCopied, setCopied] = useState(false)
  return (
    <Button
      look="quiet"
      isIcon
      aria-label={isCopied ? 'Copied' : label}
      onPress={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
    >
      {isCopied ? <Check size={14} aria-hidden /> : <Copy size={14} aria-hidden />}
    </Button>
  )
}
