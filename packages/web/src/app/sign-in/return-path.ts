/**
 * Where to go after logging in, when the address names a place. Only a path of this server: a link to the login page
 * must not lead anyone to another one.
 */
export function safeReturnPath(path: unknown): string | undefined {
  if (typeof path !== 'string' || !path.startsWith('/')) return undefined
  try {
    const url = new URL(path, HERE)
    return url.origin === HERE ? url.pathname + url.search + url.hash : undefined
  } catch {
    return undefined
  }
}

const HERE = 'http://almanac.invalid'
