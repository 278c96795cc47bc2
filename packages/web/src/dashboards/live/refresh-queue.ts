/** What this module needs to know of a running query; TanStack's own objects fit. */
interface RefreshableQuery {
  readonly queryHash: string
  readonly state: { readonly fetchStatus: string }
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
