import { csvLine } from '@almanac/core/csv/csv-line.ts'
import Table from 'cli-table3'

export const FORMATS = ['table', 'json', 'csv'] as const
export type Format = (typeof FORMATS)[number]

export interface RowSet {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly unknown[])[]
}

/** For people: aligned columns, figures to the right and grouped. Nothing from the data can steer the terminal. */
export function formatTable({ columns, rows }: RowSet): string {
  if (rows.length === 0) return 'No rows.\n'
  const isFigure = columns.map((_, at) => rows.every((row) => row[at] === null || typeof row[at] === 'number'))
  const table = new Table({
    head: columns.map(visible),
    colAligns: isFigure.map((figure) => (figure ? 'right' : 'left')),
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 2 },
    chars: NO_BORDERS,
  })
  for (const row of rows) table.push(row.map((value) => visible(cellText(value))))
  return `${table
    .toString()
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')}\n`
}

/** See `csv.ts`: a text that a spreadsheet would run as a formula is made harmless. */
export function formatCsv({ columns, rows }: RowSet): string {
  return [columns, ...rows].map(csvLine).join('')
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'number') return value.toLocaleString('en', { maximumFractionDigits: 6 })
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}

/** Control characters, escape sequences among them, as `\x1b`. */
function visible(text: string): string {
  return text.replace(/\p{Cc}/gu, (character) => `\\x${character.charCodeAt(0).toString(16).padStart(2, '0')}`)
}

/** `1 row`, `2 rows`, `1,234 rows`. */
export function counted(count: number, one: string): string {
  return `${count.toLocaleString('en')} ${one}${count === 1 ? '' : 's'}`
}

const NO_BORDERS = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: '',
}
