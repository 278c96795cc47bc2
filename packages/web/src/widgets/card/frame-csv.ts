import type { Frame } from '@almanac/core/charts/frame.ts'
import { isRestRow, REST_NAME } from '@almanac/core/charts/roles.ts'
import { columnLabel } from '@almanac/core/charts/views/table.ts'
import { csvLine } from '@almanac/core/csv/csv-line.ts'
import type { Column, Row } from '@almanac/core/query/query.ts'
import { plainNumber } from './plain-number.ts'

/** Without it, Excel takes the file for one of the 1990s and garbles every letter that is not English. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * All rows of a frame as CSV (RFC 4180) with the names that the reader sees. Numbers are raw and times ISO 8601, as they came. A text
 * that a spreadsheet would run as a formula gets an apostrophe before it: names come from outside.
 */
export function frameCsv(frame: Frame, labels: Readonly<Record<string, string>> = {}): string {
  const columns = frame.columns.filter(({ name }) => name !== 'isRest')
  const first = columns.find(({ kind }) => kind === 'dimension')
  const head = csvLine(columns.map((column) => headerOf(column, labels)))
  const lines = frame.rows.map((row) =>
    csvLine(columns.map((column) => (column === first && isRestRow(row) ? REST_NAME : cellOf(row, column)))),
  )
  return BYTE_ORDER_MARK + head + lines.join('')
}

/** Amounts say what they are of, where it is one currency and the name does not say it already. */
function headerOf(column: Column, labels: Readonly<Record<string, string>>): string {
  const { name, format, currency, part } = column
  const label = labels[name] ?? columnLabel(column)
  const isAmount = format === 'currency' && part !== 'percent'
  return isAmount && currency !== undefined && !label.includes(currency) ? `${label} (${currency})` : label
}

function cellOf(row: Row, { name }: Column): Row[string] | undefined {
  const value = row[name]
  return typeof value === 'number' ? plainNumber(value) : value
}
