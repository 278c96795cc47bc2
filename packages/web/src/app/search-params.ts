/**
 * The part of an address after the question mark, as plain text: `?range=7d&status=404&status=500`. A key that comes
 * twice is a list. Nothing is JSON, so that an address can be read, typed and built by hand.
 */
export function parseSearch(text: string): Record<string, string | string[]> {
  const found: Record<string, string | string[]> = Object.create(null)
  for (const [key, value] of new URLSearchParams(text)) {
    const earlier = found[key]
    if (earlier === undefined) found[key] = value
    else found[key] = Array.isArray(earlier) ? [...earlier, value] : [earlier, value]
  }
  return { ...found }
}

/**
 * What `parse` understands of an address, and nothing else: the router would leave everything beside it in the search as it
 * stands there, also what `parse` has refused.
 */
export function onlyParsed<Parse extends (raw: Record<string, unknown>) => object>(parse: Parse) {
  return (raw: Record<string, unknown>): ReturnType<Parse> => {
    const nothing = Object.fromEntries(Object.keys(raw).map((key) => [key, undefined]))
    return { ...nothing, ...parse(raw) } as ReturnType<Parse>
  }
}

/** The inverse of `parseSearch`; what is `undefined` is left out. */
export function stringifySearch(search: Readonly<Record<string, unknown>>): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(search)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined) params.append(key, String(one))
    }
  }
  // Slashes and colons are allowed in a query, and paths and times are easier to read with them.
  const text = params.toString().replaceAll('%2F', '/').replaceAll('%3A', ':')
  return text && `?${text}`
}
