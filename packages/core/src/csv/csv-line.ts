/** A line of CSV, RFC 4180. A text that a spreadsheet would run as a formula gets an apostrophe before it; numbers stay numbers. */
export function csvLine(values: readonly unknown[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}

const FORMULA_START = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/
/** As `parseExactJson` keeps it. */
const NUMBER_TEXT = /^-\d+(\.\d+)?$/

function csvCell(value: unknown): string {
  if (typeof value === 'number') return String(value)
  const text =
    value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
  const safe = FORMULA_START.test(text) && !NUMBER_TEXT.test(text) ? `'${text}` : text
  return /[",\r\n']/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
