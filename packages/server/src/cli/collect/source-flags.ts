import { AppError } from '@almanac/core/errors.ts'
import { SourceSettings } from '@almanac/core/sources/source-settings.ts'

interface SourceChangeBody {
  readonly label?: string
  readonly kind?: string
  readonly settings?: Readonly<Record<string, unknown>>
}

const DEFAULTS = SourceSettings.parse({})
const SETTING_NAMES = Object.keys(DEFAULTS) as (keyof SourceSettings)[]

/** `key=value` words as a change of a source; the server says whether the values are right. */
export function sourceChange(words: readonly string[]): SourceChangeBody {
  const change: { label?: string; kind?: string } = {}
  const settings: Record<string, unknown> = {}
  for (const word of words) {
    const [name, text] = nameAndValue(word)
    if (name === 'label' || name === 'kind') change[name] = text
    else settings[name] = settingValue(name, text)
  }
  return Object.keys(settings).length > 0 ? { ...change, settings } : change
}

function nameAndValue(word: string): ['label' | 'kind' | keyof SourceSettings, string] {
  const at = word.indexOf('=')
  const given = at < 0 ? word : word.slice(0, at)
  const name = (['label', 'kind', ...SETTING_NAMES] as const).find((known) => known === given)
  if (at > 0 && name !== undefined) return [name, word.slice(at + 1)]
  throw new AppError('invalid_request', `expected a setting and its value such as privacy=masked, got "${word}"`, {
    hint: `There are: label, kind, ${SETTING_NAMES.join(', ')}.`,
  })
}

function settingValue(name: keyof SourceSettings, text: string): unknown {
  const usual = DEFAULTS[name]
  if (Array.isArray(usual)) return text === '' ? [] : text.split(',').map((entry) => entry.trim())
  if (typeof usual === 'boolean') return text === 'true' ? true : text === 'false' ? false : text
  if (name === 'eventsPerSecond') return text === 'none' ? null : text === '' ? text : Number(text)
  return text
}

/** As `sourceChange` reads it. */
export function settingText(value: SourceSettings[keyof SourceSettings]): string {
  if (value === null) return 'none'
  return Array.isArray(value) ? value.join(',') : String(value)
}
