/**
 * What is off after a click on one item of the legend: all the others, so that it stands alone; and when it stood alone
 * already, nothing.
 */
export function isolate(key: string, keys: readonly string[], hidden: ReadonlySet<string>): ReadonlySet<string> {
  const others = keys.filter((one) => one !== key)
  const isAlone = !hidden.has(key) && others.every((one) => hidden.has(one))
  return new Set(isAlone ? [] : others)
}

/** The item goes off or on by itself. The last one that is on stays: a chart of nothing says nothing. */
export function toggle(key: string, keys: readonly string[], hidden: ReadonlySet<string>): ReadonlySet<string> {
  const next = new Set(hidden)
  if (!next.delete(key)) next.add(key)
  return keys.every((one) => next.has(one)) ? hidden : next
}
