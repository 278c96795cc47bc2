/** A statement that was run, as it is kept in the browser. */
export interface PastStatement {
  readonly sql: string
  readonly values: Readonly<Record<string, string>>
  /** Milliseconds since 1970. */
  readonly atMs: number
  /** Nothing: it failed. */
  readonly rows?: number
  readonly elapsedMs?: number
}

const KEY = 'almanac.sql.history'
const MOST = 200

/** The newest first. */
export function readHistory(storage: Pick<Storage, 'getItem'>): readonly PastStatement[] {
  try {
    const found: unknown = JSON.parse(storage.getItem(KEY) ?? '[]')
    return Array.isArray(found) ? found.filter(isPast) : []
  } catch {
    return []
  }
}

/** What was run just before as well is there once, with the newer outcome. */
export function withStatement(history: readonly PastStatement[], past: PastStatement): readonly PastStatement[] {
  const [newest, ...older] = history
  const isSame = newest?.sql === past.sql && JSON.stringify(newest.values) === JSON.stringify(past.values)
  return [past, ...(isSame ? older : history)].slice(0, MOST)
}

export function writeHistory(storage: Pick<Storage, 'setItem'>, history: readonly PastStatement[]): void {
  try {
    storage.setItem(KEY, JSON.stringify(history))
  } catch {
    // Full, or not allowed.
  }
}

/** Statements with all of the words that were typed. */
export function searchHistory(history: readonly PastStatement[], typed: string): readonly PastStatement[] {
  const words = typed.toLowerCase().split(/\s+/).filter(Boolean)
  return history.filter(({ sql }) => words.every((word) => sql.toLowerCase().includes(word)))
}

function isPast(one: unknown): one is PastStatement {
  if (typeof one !== 'object' || one === null) return false
  const { sql, values, atMs } = one as Record<string, unknown>
  return typeof sql === 'string' && typeof atMs === 'number' && typeof values === 'object' && values !== null
}
