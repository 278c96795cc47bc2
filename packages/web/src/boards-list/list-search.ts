import type { BoardEntry } from '../api/boards.ts'

/** What the address of the list says: `?q=sales&from=ready`. */
export interface ListSearch {
  readonly q?: string
  readonly from?: BoardEntry['origin']
}

const ORIGINS = ['made', 'workspace', 'ready'] as const

export function parseListSearch(raw: Readonly<Record<string, unknown>>): ListSearch {
  const from = ORIGINS.find((origin) => origin === raw.from)
  return {
    ...(typeof raw.q === 'string' && raw.q !== '' && { q: raw.q.slice(0, 200) }),
    ...(from && { from }),
  }
}
