import type { SourceSettings, SourceSettingsChange } from '@almanac/core/sources/source-settings.ts'
import type { ApiError } from '../../api/api-error.ts'

/** The settings as they stand in the form: lists as lines, the limit as it was typed. */
export type SettingsDraft = Omit<SourceSettings, ListName | 'eventsPerSecond'> &
  Readonly<Record<ListName | 'eventsPerSecond', string>>

type ListName = (typeof LISTS)[number]
const LISTS = ['allowedOrigins', 'blockedAddresses', 'blockedPaths', 'siteHosts'] as const

export function draftOf(settings: SourceSettings): SettingsDraft {
  return {
    ...settings,
    allowedOrigins: settings.allowedOrigins.join('\n'),
    blockedAddresses: settings.blockedAddresses.join('\n'),
    blockedPaths: settings.blockedPaths.join('\n'),
    siteHosts: settings.siteHosts.join('\n'),
    eventsPerSecond: settings.eventsPerSecond === null ? '' : String(settings.eventsPerSecond),
  }
}

/**
 * What the form has that the settings do not, for the server to check. A limit that is no number goes there as text, so
 * that its answer stands at the field as all others do.
 */
export function changeOf(settings: SourceSettings, draft: SettingsDraft): SourceSettingsChange {
  const limit = draft.eventsPerSecond.trim().replace(',', '.')
  const wanted: Record<string, unknown> = {
    ...draft,
    ...Object.fromEntries(LISTS.map((name) => [name, linesOf(draft[name])])),
    eventsPerSecond: limit === '' ? null : Number.isNaN(Number(limit)) ? draft.eventsPerSecond : Number(limit),
  }
  const isNew = ([name, value]: [string, unknown]) =>
    JSON.stringify(value) !== JSON.stringify(settings[name as keyof SourceSettings])
  return Object.fromEntries(Object.entries(wanted).filter(isNew)) as SourceSettingsChange
}

/** What the server said about one field, if it did; an entry of a list says itself which one it is. */
export function problemOf(error: ApiError | undefined, field: keyof SourceSettings | 'label'): string | undefined {
  const messages = error?.issues.filter(({ path }) => (path[0] === 'settings' ? path[1] : path[0]) === field)
  return messages?.length ? messages.map(({ message }) => sentence(message)).join(' ') : undefined
}

/** The server says what it expected as a part of a sentence. */
function sentence(message: string): string {
  return `${message.charAt(0).toUpperCase()}${message.slice(1)}${/[.!?]$/.test(message) ? '' : '.'}`
}

function linesOf(text: string): string[] {
  return text
    .split(/[\n,]/)
    .map((line) => line.trim())
    .filter(Boolean)
}
