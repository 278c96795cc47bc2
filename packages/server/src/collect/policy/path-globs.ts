/**
 * Paths with `*` for any text, such as `/admin/*`. Compared without regular expressions, whose time somebody could make
 * long with a path of his own.
 */
export function matchesAnyGlob(globs: readonly string[]): (path: string) => boolean {
  const parts = globs.map((glob) => glob.split('*'))
  return (path) => parts.some((pieces) => matches(path, pieces))
}

function matches(path: string, [first = '', ...rest]: readonly string[]): boolean {
  const last = rest.pop()
  if (last === undefined) return path === first
  if (!path.startsWith(first)) return false
  let at = first.length
  for (const piece of rest) {
    const found = path.indexOf(piece, at)
    if (found < 0) return false
    at = found + piece.length
  }
  return path.length - last.length >= at && path.endsWith(last)
}
