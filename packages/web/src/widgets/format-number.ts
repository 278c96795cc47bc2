import type { MeasureFormat } from '@almanac/core/cubes/measure.ts'

/**
 * A figure as text. `short` is for headlines and axes (1.23M, 2.75 GB), `exact` for tooltips and tables. A whole number
 * below a million stays exact in both: a live figure should be seen to move.
 */
export function formatNumber(
  value: number | undefined | null,
  format: MeasureFormat,
  style: 'short' | 'exact' = 'short',
  locale?: string,
): string {
  if (value === undefined || value === null || Number.isNaN(value)) return '–'
  if (format === 'percent')
    return formatterOf(locale, { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(value)
  if (format === 'bytes') return style === 'short' ? shortBytes(value, locale) : exactBytes(value, locale)
  const isLong = style === 'short' && Math.abs(value) >= 1e6
  return formatterOf(locale, isLong ? COMPACT : EXACT).format(value)
}

/** For an axis, where room is scarce: `12K`. */
export function formatAxisNumber(value: number, format: MeasureFormat, locale?: string): string {
  if (format === 'integer') return formatterOf(locale, AXIS).format(value)
  return formatNumber(value, format, 'short', locale)
}

const COMPACT: Intl.NumberFormatOptions = { notation: 'compact', maximumSignificantDigits: 4 }
const EXACT: Intl.NumberFormatOptions = { maximumSignificantDigits: 15 }
const AXIS: Intl.NumberFormatOptions = { notation: 'compact', maximumFractionDigits: 1 }
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

function shortBytes(value: number, locale: string | undefined): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)))
  return formatterOf(locale, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    // 4.10 and 4.09 are equally wide, so that a figure that moves does not jump.
    ...(power === 0 ? { maximumFractionDigits: 0 } : { minimumSignificantDigits: 3, maximumSignificantDigits: 3 }),
  }).format(value / 1000 ** power)
}

function exactBytes(value: number, locale: string | undefined): string {
  return formatterOf(locale, { ...EXACT, style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(value)
}

const formatters = new Map<string, Intl.NumberFormat>()

/** Making a formatter costs far more than using one. */
function formatterOf(locale: string | undefined, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  formatters.set(key, made)
  return made
}
