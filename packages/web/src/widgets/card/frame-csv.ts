import type { Frame } from '@almanac/core/charts/frame.ts'
import { columnLabel } from '@almanac/core/charts/views/table.ts'
import { csvLine } from '@almanac/core/csv/csv-line.ts'

/** Without it, Excel takes the file for one of the 1990s and garbles every letter that is not English. */
const BYTE_ORDER_MARK = '\uFEFF'

/**
 * All rows of a frame as CSV (RFC 4180) with the names that the reader sees. Numbers are raw and times ISO 8601, as they came. A text
 * that a spreadsheet would run as a formula gets an apostrophe before it: names come from outside.
 */
export function frameCsv(frame: Frame, labels: Readonly<Record<string, string>> = {}): string {
  const { columns, rows } = frame
  const head = csvLine(columns.map((column) => labels[column.name] ?? columnLabel(column)))
  return BYTE_ORDER_MARK + head + rows.map((row) => csvLine(columns.map(({ name }) => row[name]))).join('')
}
