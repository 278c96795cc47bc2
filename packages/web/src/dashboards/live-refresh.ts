/** What this module needs to know of a running query; TanStack's own objects fit. */
interface RefreshableQuery {
  readonly queryHash: string
  readonly queryKey: readonly unknown[]
  readonly state: { readonly fetchStatus: string }
}

/** The stretch of time whose events have changed, as the server says it. */
export interface Change {
  readonly cubes: readonly string[]
  readonly from: string
  readonly to: string
}

/**
 * Whether an answer could be another one after the change: what is compared lies earlier, nobody here knows where. What can't
 * be read as a cube's query is left alone.
 */
export function isTouched(queryKey: readonly unknown[], change: Change): boolean {
  const query = queryKey[1]
  if (typeof query !== 'object' || query === null) return false
  const { cube, from, to, compare } = query as Record<string, unknown>
  if (typeof cube !== 'string' || typeof from !== 'string' || typeof to !== 'string') return false
  if (!change.cubes.includes(cube)) return false
  const reachesBack = Array.isArray(compare) && compare.length > 0
  return (reachesBack || epochMs(from) <= epochMs(change.to)) && epochMs(change.from) < epochMs(to)
}

/** A date counts from its first moment anywhere on earth: better asked once too often than shown old. */
function epochMs(moment: string): number {
  if (moment.includes('T')) return Temporal.Instant.from(moment).epochMilliseconds
  return Temporal.Instant.from(`${moment}T00:00Z`).epochMilliseconds
}

/**
 * Which answers are out of date. A query that is just being asked is left to finish and is asked again after it:
 * with changes arriving faster than answers, starting over each time would never show one.
 */
export function refreshQueue<Q extends RefreshableQuery>(refresh: (queries: readonly Q[]) => void) {
  const dirty = new Set<string>()
  return {
    mark(queries: readonly Q[]) {
      for (const { queryHash } of queries) dirty.add(queryHash)
    },
    /** Refreshes what is marked and idle. True when something is still waiting. */
    flush(queries: readonly Q[]): boolean {
      const marked = queries.filter(({ queryHash }) => dirty.has(queryHash))
      const idle = marked.filter(({ state }) => state.fetchStatus === 'idle')
      dirty.clear()
      for (const query of marked) if (!idle.includes(query)) dirty.add(query.queryHash)
      if (idle.length > 0) refresh(idle)
      return dirty.size > 0
    },
  }
}
