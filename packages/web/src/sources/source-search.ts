import type { Environment } from '../api/sources.ts'

/** What a source's page keeps in its address. */
export interface SourceSearch {
  readonly tab?: SourceTab | undefined
  readonly environment?: Environment | undefined
  /** Whose snippet is shown. */
  readonly client?: string | undefined
}

export const SOURCE_TABS = [
  { id: 'setup', label: 'Set up' },
  { id: 'live', label: 'Live' },
  { id: 'health', label: 'Health' },
  { id: 'settings', label: 'Settings' },
] as const
type SourceTab = (typeof SOURCE_TABS)[number]['id']

/** What is not known is left out: an address may come from anywhere. */
export function parseSourceSearch(raw: Record<string, unknown>): SourceSearch {
  const tab = SOURCE_TABS.find(({ id }) => id === raw.tab)?.id
  return {
    ...(tab && tab !== 'setup' ? { tab } : {}),
    ...(raw.environment === 'sandbox' ? { environment: raw.environment } : {}),
    ...(typeof raw.client === 'string' ? { client: raw.client } : {}),
  }
}
