/** Random events of a few people with devices and accounts, as a collector sees them, for tests of persons and visits. */
export interface RandomEvent {
  readonly id: string
  readonly name: string
  readonly at: number
  readonly source: string
  readonly environment: 'production' | 'sandbox'
  readonly userId?: string
  readonly anonymousId?: string
  readonly path: string
  readonly referrer: string
  readonly campaign: string
  readonly isInteractive: boolean
  readonly previousId?: string
}

/** In the order in which they arrive, which is not that of their times. */
export function randomEvents(random: () => number, count: number, startMs: number, days: number): RandomEvent[] {
  const some = (n: number) => Math.floor(random() * n)
  const pick = <T>(list: readonly T[]) => list[some(list.length)] as T
  const hex = (digits: number) => Array.from({ length: digits }, () => some(16).toString(16)).join('')
  return Array.from({ length: count }, (): RandomEvent => {
    const name = pick(['page_view', 'page_view', 'page_view', 'click', 'ping', 'engagement', 'request', 'identify'])
    // Round times, so that some events share theirs and some gaps are exactly thirty minutes long.
    const at = startMs + some((days * 86_400_000) / 300_000) * 300_000
    const kind = some(10)
    const [user, device] = [`user-${some(4)}`, `device-${some(8)}`]
    const isAlias = some(40) === 0
    return {
      id: `${hex(8)}-${hex(4)}-4${hex(3)}-8${hex(3)}-${hex(12)}`,
      name: isAlias ? 'alias' : name,
      at,
      source: pick(['shop', 'shop', 'blog']),
      environment: pick(['production', 'production', 'production', 'sandbox'] as const),
      ...((kind < 3 || isAlias) && { userId: user }),
      ...(kind > 1 && !isAlias && { anonymousId: device }),
      path: pick(['/', '/a', '/b']),
      referrer: pick(['', '', 'search.example', 'news.example']),
      campaign: pick(['', '', '', 'spring', 'summer']),
      isInteractive: some(4) > 0,
      ...(isAlias && { previousId: `user-${some(4)}` }),
    }
  })
}
