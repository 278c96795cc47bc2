import { COUNTRIES } from './countries.ts'

/** The two letters of ISO 3166 for a code or an English name; nothing for what is neither. */
export function countryCode(value: unknown): string | undefined {
  if (typeof value !== 'string') return undefined
  const text = value.trim()
  const code = text.toUpperCase()
  if (COUNTRIES.has(code)) return code
  return USUAL[code] ?? codesByName().get(text.toLowerCase())
}

/** Not in the standard, and common all the same. */
const USUAL: Readonly<Record<string, string>> = { UK: 'GB', EL: 'GR' }

let names: ReadonlyMap<string, string> | undefined

function codesByName(): ReadonlyMap<string, string> {
  const english = new Intl.DisplayNames('en', { type: 'region' })
  names ??= new Map([...COUNTRIES.keys()].map((code) => [(english.of(code) ?? code).toLowerCase(), code]))
  return names
}
