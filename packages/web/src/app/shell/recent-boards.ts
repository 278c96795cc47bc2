const KEY = 'almanac.recent-boards'
const MOST = 20

/** The boards that somebody has looked at in this browser, the latest first. Each reader has a list of their own. */
export function recentBoards(userId: string): readonly string[] {
  return readAll()[userId] ?? []
}

export function rememberBoard(userId: string, slug: string): void {
  const next = withBoard(recentBoards(userId), slug)
  try {
    localStorage.setItem(KEY, JSON.stringify({ ...readAll(), [userId]: next }))
  } catch {
    // A browser that keeps nothing has no list; everything else works.
  }
}

export function withBoard(recent: readonly string[], slug: string): string[] {
  return [slug, ...recent.filter((one) => one !== slug)].slice(0, MOST)
}

function readAll(): Readonly<Record<string, readonly string[]>> {
  try {
    const found: unknown = JSON.parse(localStorage.getItem(KEY) ?? '{}')
    if (typeof found !== 'object' || found === null) return {}
    return Object.fromEntries(Object.entries(found).map(([id, slugs]) => [id, strings(slugs)]))
  } catch {
    return {}
  }
}

const strings = (value: unknown) => (Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [])
