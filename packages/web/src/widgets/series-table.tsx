import type { MeasureFormat } from '@almanac/core/cubes/measure.ts'
import type { ReactElement } from 'react'
import { formatNumber } from './format-number.ts'

interface Column {
  readonly name: string
  readonly label: string
  readonly format: MeasureFormat
}

interface Row {
  readonly key: string
  readonly label: string
  readonly state: 'closed' | 'open' | 'ahead'
  readonly figures: Readonly<Record<string, number>> | undefined
}

/** The chart's figures, exactly. The newest comes first, as one looks for it most often. */
export function SeriesTableView({
  caption,
  columns,
  rows,
}: {
  caption: string
  columns: readonly Column[]
  rows: readonly Row[]
}): ReactElement {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable with the keyboard.
    <section aria-label={caption} tabIndex={0} className="h-full overflow-auto px-3">
      <table className="figures w-full border-collapse text-right">
        <caption className="sr-only">{caption}</caption>
        <thead className="sticky top-0 bg-surface text-sm text-muted">
          <tr>
            <th scope="col" className="py-1.5 text-left font-medium">
              Time
            </th>
            {columns.map(({ name, label }) => (
              <th key={name} scope="col" className="py-1.5 pl-4 font-medium whitespace-nowrap">
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows
            .filter(({ figures }) => figures)
            .toReversed()
            .map(({ key, label, state, figures }) => (
              <tr key={key} className="border-t border-line">
                <th scope="row" className="py-1.5 text-left font-normal whitespace-nowrap">
                  {label}
                  {state === 'open' && <span className="text-muted"> · still running</span>}
                </th>
                {columns.map(({ name, format }) => (
                  <td key={name} className="py-1.5 pl-4 whitespace-nowrap">
                    {formatNumber(figures?.[name], format, 'exact')}
                  </td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  )
}
