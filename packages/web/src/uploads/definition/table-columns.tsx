import type { UploadMeasure } from '@almanac/core/uploads/upload-definition.ts'
import { Clock, KeyRound, type LucideIcon, Tags } from 'lucide-react'
import type { ReactElement } from 'react'
import type { WholeUpload } from '../../api/uploads.ts'
import { AGGREGATES, READINGS, readingOf } from '../upload-words.ts'

/** What can be asked of a table, and what its columns are called in SQL. */
export function TableColumns({ upload: { definition, name } }: { upload: WholeUpload }): ReactElement | null {
  if (!definition) return null
  const kept = definition.columns.filter(({ isLeftOut }) => !isLeftOut)
  return (
    <section aria-labelledby="table-columns" className="flex flex-col gap-2">
      <h2 id="table-columns" className="font-semibold">
        Columns and measures
      </h2>
      <div className="card overflow-hidden">
        <table className="w-full table-fixed border-collapse text-left">
          <thead className="text-sm text-muted">
            <tr>
              <th scope="col" className="px-4 py-2 font-medium">
                Column
              </th>
              <th scope="col" className="w-36 px-4 py-2 font-medium">
                Type
              </th>
              <th scope="col" className="w-40 px-4 py-2 font-medium max-sm:hidden">
                Used as
              </th>
            </tr>
          </thead>
          <tbody>
            {kept.map((column) => (
              <tr key={column.name} className="border-t border-line">
                <th scope="row" className="px-4 py-1.5 font-medium">
                  <bdi className="block truncate">{column.label}</bdi>
                  {column.name !== column.label && (
                    <span className="block truncate font-mono text-xs font-normal text-faint">{column.name}</span>
                  )}
                </th>
                <td className="truncate px-4 py-1.5">{READINGS.find(({ id }) => id === readingOf(column))?.label}</td>
                <td className="px-4 py-1.5 max-sm:hidden">
                  <span className="flex flex-wrap items-center gap-x-3 text-sm text-muted">
                    {definition.time === column.name && <Use Icon={Clock} text="Time" />}
                    {column.isDimension && <Use Icon={Tags} text="Dimension" />}
                    {definition.keys.includes(column.name) && <Use Icon={KeyRound} text="Key" />}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <ul className="flex flex-wrap gap-1.5 border-t border-line px-4 py-3">
          {definition.measures.map((measure) => (
            <li key={measure.name} className="max-w-full truncate rounded-full bg-sunken px-2.5 py-0.5 text-sm">
              <bdi className="font-medium">{measure.label}</bdi> <span className="text-muted">{howText(measure)}</span>
            </li>
          ))}
        </ul>
      </div>
      <p className="text-sm text-muted">
        In SQL: <code className="font-mono text-xs select-all">SELECT * FROM {name}</code>
      </p>
    </section>
  )
}

function Use({ Icon, text }: { Icon: LucideIcon; text: string }): ReactElement {
  return (
    <span className="inline-flex items-center gap-1">
      <Icon size={12} aria-hidden /> {text}
    </span>
  )
}

/** How it is computed, where its name does not say so. */
function howText({ label, aggregate }: UploadMeasure): string {
  const text = AGGREGATES.find(({ id }) => id === aggregate)?.label.toLowerCase() ?? aggregate
  return aggregate === 'count' || aggregate === 'unique' || label.toLowerCase().includes(text) ? '' : text
}
