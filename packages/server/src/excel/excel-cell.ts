import { AppError } from '@almanac/core/errors.ts'

/** A column of a sheet. The kind says how its values are meant, whichever way they came. */
export interface ExcelColumn {
  readonly name: string
  readonly kind: 'number' | 'date' | 'time' | 'boolean' | 'text'
}

/** What one cell of Excel can hold. A text is never a formula: it is stored as a text. */
export type ExcelCell = string | number | boolean | Date | null

/**
 * A value as Excel can keep it. Excel counts in 15 digits, so a longer whole number, which is an id more often than an amount,
 * is a text; a longer fraction is rounded. Excel has no zones: a time is the one that the text says. Days before March 1900
 * are texts, for Excel believes in 29 February 1900.
 */
export function excelCell(value: unknown, { name, kind }: ExcelColumn): ExcelCell {
  if (value === null || value === undefined) return null
  if (kind === 'number') return numberCell(value)
  if ((kind === 'date' || kind === 'time') && typeof value === 'string') return timeOf(value) ?? textCell(value, name)
  if (typeof value === 'boolean') return value
  return textCell(typeof value === 'object' ? JSON.stringify(value) : String(value), name)
}

const MOST_EXACT = 999_999_999_999_999

function numberCell(value: unknown): ExcelCell {
  const number = Number(value)
  if (!Number.isFinite(number)) return String(value)
  const isLongId = Math.abs(number) > MOST_EXACT && /^-?\d+$/.test(String(value))
  return isLongId ? String(value) : number
}

const TIME = /^(?<day>\d{4}-\d{2}-\d{2})(?:[T ](?<clock>\d{2}:\d{2}:\d{2}(?:\.\d{1,9})?)(?:Z|[+-]\d{2}:\d{2})?)?$/
const FIRST_DAY = '1900-03-01'

function timeOf(text: string): Date | undefined {
  const { day, clock = '00:00:00' } = TIME.exec(text)?.groups ?? {}
  if (day === undefined || day < FIRST_DAY) return undefined
  const ms = Date.parse(`${day}T${clock}Z`)
  return Number.isNaN(ms) ? undefined : new Date(ms)
}

const MOST_CHARACTERS = 32_767

function textCell(text: string, column: string): string {
  if (text.length > MOST_CHARACTERS) {
    const length = text.length.toLocaleString('en')
    throw new AppError(
      'too_large',
      `A text in the column ${column} has ${length} characters; a cell of Excel takes 32,767`,
      {
        hint: `Shorten it in the statement, such as left(${column}, 32767), or take the answer as CSV.`,
      },
    )
  }
  return text.toWellFormed()
}
