import type { Cell } from '../reading/file-rows.ts'

const NOTHING = new Set([
  'null',
  '(null)',
  '\\n',
  'na',
  'n/a',
  '#n/a',
  'nan',
  'none',
  'nil',
  '-',
  '--',
  '–',
  '—',
  '.',
  '?',
  '#value!',
  '#ref!',
  '#div/0!',
  'undefined',
  '(blank)',
  'missing',
  'unknown',
  'n.a.',
  'tbd',
])

/** What stands for nothing where a number, a date or a yes or no is expected. */
export function isNothing(cell: Cell): boolean {
  if (cell === null) return true
  if (typeof cell !== 'string') return false
  const text = cell.trim()
  return text === '' || (text.length <= 9 && NOTHING.has(text.toLowerCase()))
}

/** The same of texts: NA is Namibia. */
export const isBlank = (cell: Cell) =>
  cell === null || (typeof cell === 'string' && (cell.trim() === '' || cell === '\\N'))
