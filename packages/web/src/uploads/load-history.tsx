import { formatNumber } from '@almanac/core/charts/format/format-number.ts'
import { formatAgo } from '@almanac/core/charts/format/format-time.ts'
import { ChevronRight, CircleAlert, CircleCheck } from 'lucide-react'
import { type ReactElement, useState } from 'react'
import type { UploadLoad } from '../api/uploads.ts'
import { Button } from '../ui/button.tsx'
import { MODES, sizeText } from './upload-words.ts'

/** What became of the files, the newest first, each with what did not fit. */
export function LoadHistory({
  loads,
  now,
}: {
  loads: readonly UploadLoad[]
  now: Temporal.Instant
}): ReactElement | null {
  if (loads.length === 0) return null
  return (
    <section aria-labelledby="history" className="flex flex-col gap-2">
      <h2 id="history" className="font-semibold">
        Files
      </h2>
      <ul className="card divide-y divide-line">
        {loads.map((load) => (
          <LoadRow key={load.id} load={load} now={now} />
        ))}
      </ul>
    </section>
  )
}

function LoadRow({ load, now }: { load: UploadLoad; now: Temporal.Instant }): ReactElement {
  const [isOpen, setOpen] = useState(false)
  const { fileName, sizeBytes, startedAt, state, rowsStored, misfits, mode, problem } = load
  const isFailed = state === 'failed'
  const Icon = isFailed ? CircleAlert : CircleCheck
  return (
    <li className="px-4 py-2.5">
      <div className="flex items-center gap-3">
        <Icon
          size={16}
          role="img"
          aria-label={isFailed ? 'Failed' : 'Loaded'}
          className={isFailed ? 'shrink-0 text-negative' : 'shrink-0 text-positive'}
        />
        <div className="min-w-0 flex-1">
          <p className="flex items-baseline gap-2">
            <bdi className="min-w-0 truncate font-medium">{fileName}</bdi>
            <span className="figures shrink-0 text-sm text-faint max-sm:hidden">{sizeText(sizeBytes)}</span>
          </p>
          <p className={`figures text-sm ${isFailed ? 'text-negative' : 'text-muted'}`}>
            {isFailed ? problem : `${MODES.find(({ id }) => id === mode)?.label} · ${countsText(load)}`}
          </p>
        </div>
        <time dateTime={startedAt} className="figures shrink-0 text-sm text-muted">
          {formatAgo(Temporal.Instant.from(startedAt), now)}
        </time>
        {misfits.length > 0 && (
          <Button
            look="quiet"
            isIcon
            aria-expanded={isOpen}
            aria-label={`What did not fit in ${fileName}`}
            onPress={() => setOpen(!isOpen)}
          >
            <ChevronRight size={14} aria-hidden className={isOpen ? 'rotate-90' : ''} />
          </Button>
        )}
      </div>
      {isOpen && <Misfits load={load} />}
      {state === 'running' && <p className="text-sm text-muted">{formatNumber(rowsStored, 'integer')} rows so far</p>}
    </li>
  )
}

function countsText({ rowsStored, rowsLeftOut, cellsEmptied }: UploadLoad): string {
  const number = (value: number) => formatNumber(value, 'integer')
  const left = rowsLeftOut > 0 ? `, ${number(rowsLeftOut)} left out` : ''
  const emptied = cellsEmptied > 0 ? `, ${number(cellsEmptied)} values did not fit` : ''
  return `${number(rowsStored)} rows${left}${emptied}`
}

const MISFITS_SHOWN = 200

function Misfits({ load: { misfits, rowsLeftOut, cellsEmptied } }: { load: UploadLoad }): ReactElement {
  const all = rowsLeftOut + cellsEmptied + misfits.filter(({ line }) => line === 0).length
  return (
    <section
      className="mt-2 max-h-80 overflow-auto rounded-md border border-line"
      aria-label="What did not fit"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
      tabIndex={0}
    >
      <table className="w-full border-collapse text-left text-sm">
        <thead className="sticky top-0 bg-sunken text-muted">
          <tr>
            <th scope="col" className="px-3 py-1.5 text-right font-medium">
              Line
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Column
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Value
            </th>
            <th scope="col" className="px-3 py-1.5 font-medium">
              Why
            </th>
          </tr>
        </thead>
        <tbody>
          {misfits.slice(0, MISFITS_SHOWN).map(({ line, column, value, reason }, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: the list of a load never changes.
            <tr key={i} className="border-t border-line">
              <td className="figures px-3 py-1 text-right">{line === 0 ? 'all' : formatNumber(line, 'integer')}</td>
              <td className="px-3 py-1">{column ?? '–'}</td>
              <td className="max-w-48 truncate px-3 py-1">
                <bdi>{value}</bdi>
              </td>
              <td className="px-3 py-1">{reason}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {all > MISFITS_SHOWN && (
        <p className="figures border-t border-line px-3 py-1.5 text-sm text-muted">
          The first {Math.min(MISFITS_SHOWN, misfits.length)} of {formatNumber(all, 'integer')}.
        </p>
      )}
    </section>
  )
}
