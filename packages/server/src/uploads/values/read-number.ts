import type { NumberStyle } from '@almanac/core/uploads/upload-definition.ts'

export interface ReadNumber {
  readonly value: number
  /** Of whole numbers, as they are sent on: all digits of those beyond 2^53. */
  readonly digits: string | undefined
  readonly isPercent: boolean
}

/** A number as people and programs write it: `1 234,5`, `1,234.50 €`, `(12.00)`, `12 %`, `1e-9`. Undefined when it is none. */
export function readNumber(text: string, style: NumberStyle): ReadNumber | undefined {
  if (text.length > 60) return undefined
  const { plain, isNegative, isPercent } = stripped(text)
  const normal = (style === 'point' ? POINT : COMMA).test(plain) ? normalOf(plain, style) : undefined
  if (normal === undefined) return undefined
  const value = Number(normal)
  if (!Number.isFinite(value)) return undefined
  const digits = /^[+-]?\d+$/.test(normal) && !isPercent ? signed(normal, isNegative) : undefined
  return { value: isNegative ? -value : value, digits, isPercent }
}

const EXPONENT = '(?:[eE][+-]?\\d{1,3})?'
const GROUPED = (sign: string) => `\\d{1,3}(?:[${sign}'’_ ]\\d{3})+|\\d{1,2}(?:[${sign}]\\d{2})+[${sign}]\\d{3}`
const POINT = new RegExp(`^[+-]?(?:(?:${GROUPED(',')}|\\d+)(?:\\.\\d*)?|\\.\\d+)${EXPONENT}$`)
const COMMA = new RegExp(`^[+-]?(?:(?:${GROUPED('.')}|\\d+)(?:,\\d*)?|,\\d+)${EXPONENT}$`)

function normalOf(plain: string, style: NumberStyle): string {
  const ungrouped = plain.replaceAll(style === 'point' ? /[,'’_ ]/g : /[.'’_ ]/g, '')
  return style === 'point' ? ungrouped : ungrouped.replace(',', '.')
}

const signed = (digits: string, isNegative: boolean) =>
  isNegative ? `-${digits.replace(/^[+-]/, '')}` : digits.replace(/^\+/, '')

/** Without currencies, percent signs, brackets and unusual minus signs and spaces. */
function stripped(text: string): { plain: string; isNegative: boolean; isPercent: boolean } {
  // Nearly all are plain already.
  if (/^[+-]?\d+(\.\d+)?$/.test(text)) return { plain: text, isNegative: false, isPercent: false }
  let plain = text
    .replaceAll(/[\u00a0\u2000-\u200a\u202f\u2060\ufeff]/g, ' ')
    .replaceAll(/[\u2212\u2012\u2013]/g, '-')
    .trim()
  let isNegative = false
  let isPercent = false
  const bracketed = /^\((.+)\)$/.exec(plain)?.[1]
  if (bracketed !== undefined) {
    isNegative = true
    plain = bracketed.trim()
  }
  if (/[%٪]$/.test(plain)) {
    isPercent = true
    plain = plain.slice(0, -1).trim()
  }
  plain = plain
    .replace(/^([+-]?)\s*(?:\p{Sc}|[A-Z]{3}(?=[\s\d]))\s*/u, '$1')
    .replace(/\s*(?:\p{Sc}|(?<=[\s\d])[A-Z]{3})$/u, '')
  if (/^[\d.,].*\d-$/.test(plain)) {
    isNegative = true
    plain = plain.slice(0, -1)
  }
  return { plain, isNegative, isPercent }
}
