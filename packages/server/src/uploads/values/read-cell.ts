import type { UploadColumn } from '@almanac/core/uploads/upload-definition.ts'
import type { Cell } from '../reading/file-rows.ts'
import { isBlank, isNothing } from './empty-cell.ts'
import { readBoolean } from './read-boolean.ts'
import { type ReadDate, readDate } from './read-date.ts'
import { readNumber } from './read-number.ts'

/** A value of a column as it is stored; a date or time is what was written, as its zone is not the column's affair. */
export type ReadValue = string | number | boolean | ReadDate

export type ReadCell = { readonly value: ReadValue | null } | { readonly expected: string }

type Column = Pick<UploadColumn, 'type' | 'numbers' | 'dates' | 'isPercent'>

/** The value of a cell in a column of that type, nothing, or what was expected instead. */
export function readCell(cell: Cell, column: Column): ReadCell {
  if (column.type === 'text') return { value: isBlank(cell) ? null : textOf(cell) }
  if (isNothing(cell)) return { value: null }
  const value = readTyped(cell, column)
  return value === undefined ? { expected: EXPECTED[column.type] } : { value }
}

const EXPECTED: Record<UploadColumn['type'], string> = {
  text: 'a text',
  integer: 'a whole number',
  decimal: 'a number',
  boolean: 'yes or no',
  date: 'a date',
  time: 'a time',
}

const textOf = (cell: Cell) => (typeof cell === 'string' ? cell.replaceAll('\0', '') : String(cell))

function readTyped(
  cell: Cell,
  { type, numbers = 'point', dates = 'year_first', isPercent }: Column,
): ReadValue | undefined {
  switch (type) {
    case 'text':
      return textOf(cell)
    case 'boolean':
      return readBoolean(cell)
    case 'integer':
      return wholeNumber(cell, numbers)
    case 'decimal': {
      const number =
        typeof cell === 'number'
          ? { value: cell, isPercent: false }
          : typeof cell === 'string'
            ? readNumber(cell, numbers)
            : undefined
      return number && (number.isPercent || (isPercent && typeof cell === 'string') ? number.value / 100 : number.value)
    }
    case 'date':
    case 'time':
      return readDate(cell, dates)
  }
}

const MOST = 2n ** 63n - 1n

/** As its digits, which JSON's numbers could not hold. */
function wholeNumber(cell: Cell, style: 'point' | 'comma'): string | number | undefined {
  if (typeof cell === 'boolean') return cell ? 1 : 0
  if (typeof cell === 'number') return wholeOf(cell)
  const read = typeof cell === 'string' ? readNumber(cell, style) : undefined
  if (!read || read.isPercent) return undefined
  if (read.digits === undefined || Number.isSafeInteger(read.value)) return wholeOf(read.value)
  const value = BigInt(read.digits)
  return value <= MOST && value >= -MOST ? value.toString() : undefined
}

function wholeOf(value: number): string | number | undefined {
  if (Number.isSafeInteger(value)) return value
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value).toString() : undefined
}
