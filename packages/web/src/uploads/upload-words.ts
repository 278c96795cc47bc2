import type { DateStyle, UploadAggregate, UploadColumn, UploadType } from '@almanac/core/uploads/upload-definition.ts'
import type { LoadMode } from '@almanac/core/uploads/upload-load.ts'

/** What people are told of types, modes and times. */

/** A type with how its texts are read, as one thing to choose. */
export type Reading =
  | 'text'
  | 'boolean'
  | 'integer'
  | 'integer_comma'
  | 'decimal'
  | 'decimal_comma'
  | 'percent'
  | 'percent_comma'
  | `date:${DateStyle}`
  | `time:${DateStyle}`

type TypeOfColumn = Pick<UploadColumn, 'type' | 'numbers' | 'dates' | 'isPercent'>

export function readingOf({ type, numbers, dates = 'year_first', isPercent }: TypeOfColumn): Reading {
  if (type === 'date' || type === 'time') return `${type}:${dates}`
  if (type === 'integer') return numbers === 'comma' ? 'integer_comma' : 'integer'
  if (type === 'decimal' && isPercent) return numbers === 'comma' ? 'percent_comma' : 'percent'
  if (type === 'decimal') return numbers === 'comma' ? 'decimal_comma' : 'decimal'
  return type
}

export function typeOfReading(reading: Reading): TypeOfColumn {
  const [first, style] = reading.split(':') as [string, DateStyle | undefined]
  if (style !== undefined) return { type: first as 'date' | 'time', dates: style }
  const numbers = first.endsWith('_comma') ? { numbers: 'comma' as const } : {}
  const plain = first.replace('_comma', '')
  if (plain === 'percent') return { type: 'decimal', isPercent: true, ...numbers }
  return { type: plain as UploadType, ...numbers }
}

export const READINGS: readonly { readonly id: Reading; readonly label: string; readonly note?: string }[] = [
  { id: 'text', label: 'Text' },
  { id: 'integer', label: 'Whole number', note: '1,234' },
  { id: 'integer_comma', label: 'Whole number', note: '1.234' },
  { id: 'decimal', label: 'Number', note: '1,234.5' },
  { id: 'decimal_comma', label: 'Number', note: '1.234,5' },
  { id: 'percent', label: 'Percent', note: '12.5 %' },
  { id: 'percent_comma', label: 'Percent', note: '12,5 %' },
  { id: 'boolean', label: 'Yes or no' },
  { id: 'date:year_first', label: 'Date', note: '2026-05-17' },
  { id: 'date:day_first', label: 'Date', note: '17/05/2026' },
  { id: 'date:month_first', label: 'Date', note: '05/17/2026' },
  { id: 'date:year', label: 'Year', note: '2026' },
  { id: 'time:year_first', label: 'Time', note: '2026-05-17 10:00' },
  { id: 'time:day_first', label: 'Time', note: '17/05/2026 10:00' },
  { id: 'time:month_first', label: 'Time', note: '05/17/2026 10:00' },
  { id: 'time:seconds', label: 'Time', note: 'seconds since 1970' },
  { id: 'time:milliseconds', label: 'Time', note: 'ms since 1970' },
]

export const AGGREGATES: readonly { readonly id: UploadAggregate; readonly label: string }[] = [
  { id: 'count', label: 'Number of rows' },
  { id: 'sum', label: 'Sum' },
  { id: 'average', label: 'Average' },
  { id: 'minimum', label: 'Least' },
  { id: 'maximum', label: 'Greatest' },
  { id: 'median', label: 'Median' },
  { id: 'unique', label: 'Different values' },
  { id: 'last', label: 'Last value' },
]

export const MODES: readonly { readonly id: LoadMode; readonly label: string; readonly note: string }[] = [
  { id: 'replace', label: 'Replace', note: 'The rows of this file instead of those that are there.' },
  { id: 'append', label: 'Add', note: 'The rows of this file beside those that are there.' },
  { id: 'upsert', label: 'Insert or update', note: 'Rows with the same key columns are replaced, others are added.' },
]

export const INTERVALS: readonly { readonly id: string; readonly label: string }[] = [
  { id: '1', label: 'Every minute' },
  { id: '5', label: 'Every 5 minutes' },
  { id: '15', label: 'Every 15 minutes' },
  { id: '30', label: 'Every 30 minutes' },
  { id: '60', label: 'Every hour' },
  { id: '360', label: 'Every 6 hours' },
  { id: '1440', label: 'Every day' },
  { id: '10080', label: 'Every week' },
]

export function everyText(minutes: number): string {
  const known = INTERVALS.find(({ id }) => id === String(minutes))
  return known ? known.label.toLowerCase() : `every ${minutes} minutes`
}

/** `Monthly Sales (2026).xlsx` is `monthly_sales_2026`; empty when it has no letter of ours. */
export function uploadName(text: string): string {
  const words = text
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .replaceAll('ß', 'ss')
    .normalize('NFKD')
    .replaceAll(/\p{Mark}/gu, '')
    .toLowerCase()
    .match(/[a-z0-9]+/g)
  const name = (words ?? []).join('_').replace(/^[\d_]+/, '')
  return name.slice(0, 40).replace(/_$/, '')
}

/** `monthly-sales_2026.xlsx` is "Monthly sales 2026". */
export function uploadLabel(fileName: string): string {
  const words = fileName
    .replace(/\.gz$/i, '')
    .replace(/\.[a-z0-9]{1,8}$/i, '')
    .replaceAll(/[\s_-]+/g, ' ')
    .trim()
    .slice(0, 100)
  return words.charAt(0).toUpperCase() + words.slice(1)
}

export function sizeText(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const unit = bytes < 1e6 ? 'kB' : bytes < 1e9 ? 'MB' : 'GB'
  const value = bytes / (bytes < 1e6 ? 1e3 : bytes < 1e9 ? 1e6 : 1e9)
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`
}
