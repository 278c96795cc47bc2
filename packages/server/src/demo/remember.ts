/**
 * Keeps the answers that were asked for last, `size` of them: neighbouring days ask for the same cohorts and plans.
 * What was not asked for the longest goes first, since by age the oldest cohort is made as early as the newest.
 */
export function rememberRecent<T extends object>(size: number, make: (key: number) => T): (key: number) => T {
  const known = new Map<number, T>()
  return (key) => {
    const answer = known.get(key) ?? make(key)
    known.delete(key)
    known.set(key, answer)
    for (const oldest of known.keys()) {
      if (known.size <= size) break
      known.delete(oldest)
    }
    return answer
  }
}
