import { type BoardSearch, parseBoardSearch } from '../dashboards/board/choice/board-search.ts'

/** How a shared board looks: said by whoever frames it or hands its address on. */
export interface PublicLook {
  /** Without it, that of the reader's system. Also read by `public/theme.js`, before the first paint. */
  readonly theme?: 'light' | 'dark' | 'contrast'
  /** For a page that has a ground of its own. */
  readonly background?: 'transparent'
}

export type PublicSearch = BoardSearch & PublicLook

export function parsePublicSearch(raw: Readonly<Record<string, unknown>>): PublicSearch {
  return { ...parseBoardSearch(raw), ...lookOf(raw) }
}

/** What of an address says how the board looks: it stays when the reader chooses something. */
export function lookOf({ theme, background }: { readonly theme?: unknown; readonly background?: unknown }): PublicLook {
  return {
    ...((theme === 'light' || theme === 'dark' || theme === 'contrast') && { theme }),
    ...(background === 'transparent' && { background }),
  }
}
