import type { MeasureFormat } from '../../cubes/measure.ts'

/** How the numbers of a column read. */
export interface NumberFormat {
  readonly format: MeasureFormat
  /** ISO 4217, for `currency`. */
  readonly currency?: string | undefined
  /** Behind the number, such as `%`. */
  readonly unit?: string | undefined
}

export type NumberStyle = 'short' | 'exact' | 'spoken'

type Locale = string | undefined

/**
 * A figure as text. `short` is for headlines and axes (1.23M, 2.75 GB), `exact` for tooltips and tables. A whole number
 * below a million stays exact in both: a live figure should be seen to move. `spoken` is for sentences that are read aloud:
 * exact, without the digits that an average only has by division.
 */
export function formatNumber(
  value: number | undefined | null,
  format: MeasureFormat | NumberFormat,
  style: NumberStyle = 'short',
  locale?: string,
): string {
  if (value === undefined || value === null || Number.isNaN(value)) return '–'
  const { format: name, currency, unit } = typeof format === 'string' ? ({ format } as NumberFormat) : format
  const said = style === 'spoken' && LONG.has(name) ? forTheEar(value) : value
  const text = TEXTS[name](said, style === 'short', locale, currency)
  return unit === undefined ? text : withUnit(text, unit)
}

/** Fine enough that neighbours on an axis differ, and no finer: `12K`. `digits` are those behind the point. */
export function formatAxisNumber(
  value: number,
  format: MeasureFormat | NumberFormat,
  locale?: string,
  digits = 1,
): string {
  const { format: name, currency, unit } = typeof format === 'string' ? ({ format } as NumberFormat) : format
  if (value === 0) return formatterOf(locale, EXACT).format(0)
  if (name === 'bytes' || name === 'seconds' || name === 'milliseconds') return TEXTS[name](value, true, locale)
  if (name === 'percent')
    return formatterOf(locale, { style: 'percent', notation: 'compact', maximumFractionDigits: digits }).format(value)
  const isTiny = value !== 0 && Math.abs(value) < 0.001
  const options: Intl.NumberFormatOptions = {
    ...(isTiny || Math.abs(value) >= 1e15
      ? { notation: 'scientific', maximumFractionDigits: digits }
      : { notation: 'compact', maximumFractionDigits: Math.abs(value) < 1 ? Math.max(3, digits) : digits }),
    ...(name === 'currency' && currencyStyle(currency)),
  }
  const text = formatterOf(locale, options).format(value)
  return unit === undefined ? text : withUnit(text, unit)
}

const TEXTS: Record<MeasureFormat, (value: number, isShort: boolean, locale: Locale, currency?: string) => string> = {
  // A mean of whole numbers is none: for a glance it is rounded.
  integer: (value, isShort, locale) =>
    plainText(isShort && Math.abs(value) >= 1 ? Math.round(value) : value, isShort, locale),
  decimal: (value, isShort, locale) =>
    isShort && Math.abs(value) >= 0.01 && Math.abs(value) < 1e6
      ? formatterOf(locale, { maximumFractionDigits: 2 }).format(value)
      : plainText(value, isShort, locale),
  bytes: (value, isShort, locale) => (isShort ? shortBytes(value, locale) : exactBytes(value, locale)),
  percent: percentText,
  currency: currencyText,
  seconds: (value, isShort, locale) => durationText(value, isShort, locale),
  milliseconds: (value, isShort, locale) => durationText(value / 1000, isShort, locale),
}

/** Those that show up to fifteen digits. */
const LONG = new Set<MeasureFormat>(['integer', 'decimal', 'bytes'])

/** Two digits behind the point; of what is less, the first three that say something. */
function forTheEar(value: number): number {
  return Math.abs(value) >= 1 ? Number(value.toFixed(2)) : Number(value.toPrecision(3))
}

function plainText(value: number, isShort: boolean, locale: Locale): string {
  const size = Math.abs(value)
  if (size >= 1e21 || (size > 0 && size < 1e-12)) return formatterOf(locale, SCIENTIFIC).format(value)
  if (isShort && size >= 1e15) return formatterOf(locale, SCIENTIFIC).format(value)
  return formatterOf(locale, isShort && size >= 1e6 ? COMPACT : EXACT).format(value)
}

/** One digit behind the point, and as many more as it takes not to say 0 of what is not. */
function percentText(value: number, isShort: boolean, locale: Locale): string {
  const size = Math.abs(value)
  if (size > 0 && size < 0.0005) {
    return formatterOf(locale, { style: 'percent', maximumSignificantDigits: isShort ? 1 : 3 }).format(value)
  }
  const options = size >= 10 ? WHOLE_PERCENT : PERCENT
  return formatterOf(locale, options).format(value)
}

function currencyText(value: number, isShort: boolean, locale: Locale, currency?: string): string {
  const style = currencyStyle(currency)
  const size = Math.abs(value)
  if (isShort && size >= 1e15) return formatterOf(locale, { ...SCIENTIFIC, ...style }).format(value)
  if (isShort && size >= 1e6) return formatterOf(locale, { ...COMPACT, ...style }).format(value)
  if (size > 0 && size < 0.01) return formatterOf(locale, { maximumSignificantDigits: 3, ...style }).format(value)
  // Above ten thousand, cents are noise for a glance.
  if (isShort && size >= 10_000) return formatterOf(locale, { maximumFractionDigits: 0, ...style }).format(value)
  return formatterOf(locale, { ...style, trailingZeroDisplay: 'stripIfInteger' }).format(value)
}

function currencyStyle(currency: string | undefined): Intl.NumberFormatOptions {
  if (currency === undefined || !/^[A-Za-z]{3}$/.test(currency))
    return { minimumFractionDigits: 0, maximumFractionDigits: 2 }
  return { style: 'currency', currency, currencyDisplay: 'narrowSymbol' }
}

/**
 * At a glance `340ms`, `4.2s`, `3m 20s`, `5h 12m`, `12d 4h`; exactly, down to the second: `5 hr 12 min 7 sec`, and less than a
 * minute by four digits.
 */
function durationText(seconds: number, isShort: boolean, locale: Locale): string {
  const size = Math.abs(seconds)
  const digits = isShort ? 3 : 4
  const unitText = (value: number, unit: string, most = 15) =>
    formatterOf(locale, {
      style: 'unit',
      unit,
      unitDisplay: isShort ? 'narrow' : 'short',
      maximumSignificantDigits: most,
    }).format(value)
  if (size < 1 && size > 0) return unitText(seconds * 1000, 'millisecond', digits)
  if (size < 60) return unitText(seconds, 'second', digits)
  const whole = Math.round(size)
  const first = DURATIONS.findIndex(([, length]) => whole >= length)
  const shown = isShort ? DURATIONS.slice(first, first + 2) : DURATIONS.slice(first)
  const least = shown.at(-1)?.[1] ?? 1
  let rest = Math.round(whole / least) * least
  const parts = shown.map(([unit, length]) => {
    const count = Math.floor(rest / length)
    rest -= count * length
    return { unit, count }
  })
  const texts = parts.flatMap(({ unit, count }) => (count === 0 ? [] : [unitText(count, unit)]))
  return `${seconds < 0 ? '-' : ''}${texts.join(' ')}`
}

const DURATIONS = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const

/** A per cent sign stands close, a word does not. */
const withUnit = (text: string, unit: string) => (unit === '%' ? `${text}%` : `${text} ${unit}`)

const COMPACT: Intl.NumberFormatOptions = { notation: 'compact', maximumSignificantDigits: 4 }
const SCIENTIFIC: Intl.NumberFormatOptions = { notation: 'scientific', maximumSignificantDigits: 4 }
const EXACT: Intl.NumberFormatOptions = { maximumSignificantDigits: 15 }
const PERCENT: Intl.NumberFormatOptions = { style: 'percent', minimumFractionDigits: 1, maximumFractionDigits: 1 }
const WHOLE_PERCENT: Intl.NumberFormatOptions = { style: 'percent', maximumFractionDigits: 0 }
const BYTE_UNITS = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte', 'petabyte'] as const

function shortBytes(value: number, locale: Locale): string {
  const power = Math.min(BYTE_UNITS.length - 1, Math.max(0, Math.floor(Math.log10(Math.abs(value) || 1) / 3)))
  return formatterOf(locale, {
    style: 'unit',
    unit: BYTE_UNITS[power] ?? 'byte',
    unitDisplay: power === 0 ? 'long' : 'short',
    // 4.10 and 4.09 are equally wide, so that a figure that moves does not jump.
    ...(power === 0
      ? { maximumFractionDigits: Math.abs(value) < 10 ? 3 : 0 }
      : { minimumSignificantDigits: 3, maximumSignificantDigits: 3 }),
  }).format(value / 1000 ** power)
}

function exactBytes(value: number, locale: Locale): string {
  return formatterOf(locale, { ...EXACT, style: 'unit', unit: 'byte', unitDisplay: 'long' }).format(value)
}

const formatters = new Map<string, Intl.NumberFormat>()

/** Making a formatter costs far more than using one. */
function formatterOf(locale: Locale, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  const key = `${locale} ${JSON.stringify(options)}`
  const known = formatters.get(key)
  if (known) return known
  const made = new Intl.NumberFormat(locale, options)
  formatters.set(key, made)
  return made
}
