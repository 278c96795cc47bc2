import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { Link } from '@tanstack/react-router'
import { FileSpreadsheet, Globe } from 'lucide-react'
import type { ReactElement } from 'react'
import type { Upload } from '../api/uploads.ts'
import { problemOf, refreshText } from './send/upload-state.ts'
import { sizeText } from './upload-words.ts'

/** The tables that are there. */
export function UploadListView({ uploads, now }: { uploads: readonly Upload[]; now: Temporal.Instant }): ReactElement {
  return (
    <section aria-label="Uploads" className="card overflow-hidden">
      <table className="w-full table-fixed border-collapse text-left">
        <thead className="text-sm text-muted">
          <tr>
            <th scope="col" className="px-4 py-2.5 font-medium">
              Table
            </th>
            <th scope="col" className="w-28 px-4 py-2.5 text-right font-medium max-sm:hidden">
              Rows
            </th>
            <th scope="col" className="w-52 px-4 py-2.5 font-medium max-sm:hidden">
              Last file
            </th>
            <th scope="col" className="w-56 px-4 py-2.5 font-medium max-md:hidden">
              Next file
            </th>
          </tr>
        </thead>
        <tbody>
          {uploads.map((upload) => (
            <UploadRow key={upload.name} upload={upload} now={now} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function UploadRow({ upload, now }: { upload: Upload; now: Temporal.Instant }): ReactElement {
  const { name, label, rows, lastLoad, refresh } = upload
  const Icon = refresh ? Globe : FileSpreadsheet
  const problem = problemOf(upload)
  return (
    <tr className="relative border-t border-line hover:bg-hover">
      <th scope="row" className="px-4 py-2.5 font-medium">
        <span className="flex items-center gap-3">
          <Icon size={16} aria-hidden className="shrink-0 text-muted" />
          <span className="min-w-0 flex-1">
            <Link to="/data/$name" params={{ name }} className="block truncate after:absolute after:inset-0">
              <bdi>{label}</bdi>
            </Link>
            <span className="block truncate font-mono text-xs font-normal text-faint">{name}</span>
            {problem && (
              <span className="mt-1 block truncate text-sm font-normal text-negative" title={problem}>
                {problem}
              </span>
            )}
            <span className="figures block truncate text-sm font-normal text-muted sm:hidden">
              {rows === null ? 'Not read yet' : `${formatNumber(rows, 'integer')} rows`}
              {lastLoad && ` · ${formatAgo(Temporal.Instant.from(lastLoad.startedAt), now)}`}
            </span>
          </span>
        </span>
      </th>
      <td className="figures px-4 py-2.5 text-right max-sm:hidden">
        {rows === null ? '–' : formatNumber(rows, 'integer')}
      </td>
      <td className="px-4 py-2.5 max-sm:hidden">
        {lastLoad ? (
          <>
            <span className="figures block truncate">{formatAgo(Temporal.Instant.from(lastLoad.startedAt), now)}</span>
            <span className="figures block truncate text-sm text-muted">
              {sizeText(lastLoad.sizeBytes)}
              {lastLoad.rowsLeftOut > 0 && ` · ${formatNumber(lastLoad.rowsLeftOut, 'integer')} rows left out`}
            </span>
          </>
        ) : (
          <span className="text-muted">Waits for its columns</span>
        )}
      </td>
      <td className="px-4 py-2.5 max-md:hidden">
        {refresh ? (
          <>
            <span className="figures block truncate">{refreshText(refresh, now)}</span>
            <span className="block truncate text-sm text-muted" title={refresh.url}>
              <bdi>{refresh.url.replace(/^https?:\/\//, '')}</bdi>
            </span>
          </>
        ) : (
          <span className="text-muted">By hand</span>
        )}
      </td>
    </tr>
  )
}
