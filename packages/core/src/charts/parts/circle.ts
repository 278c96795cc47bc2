/** The keys along a way that comes back to where it began, which is first and last; nothing where every way ends. */
export function circleIn(links: readonly { readonly from: string; readonly to: string }[]): string[] | undefined {
  const next = Map.groupBy(links, ({ from }) => from)
  const ended = new Set<string>()
  for (const { from: start } of links) {
    // With a list of its own instead of recursion: a way can be thousands of steps long.
    const way: { key: string; at: number }[] = [{ key: start, at: 0 }]
    const onWay = new Set([start])
    while (way.length > 0) {
      const step = way.at(-1) as { key: string; at: number }
      const link = ended.has(step.key) ? undefined : next.get(step.key)?.[step.at]
      step.at++
      if (!link) {
        ended.add(step.key)
        onWay.delete(step.key)
        way.pop()
      } else if (onWay.has(link.to)) {
        const keys = way.map(({ key }) => key)
        return [...keys.slice(keys.indexOf(link.to)), link.to]
      } else if (!ended.has(link.to)) {
        way.push({ key: link.to, at: 0 })
        onWay.add(link.to)
      }
    }
  }
  return undefined
}
