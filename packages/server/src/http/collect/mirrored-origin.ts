import type { IncomingHttpHeaders } from 'node:http'

/** Trackers run on other sites than ours, and some send cookies: the origin is mirrored, as the systems they come from do. */
export function corsHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const { origin } = headers
  if (origin === undefined) return {}
  return {
    'access-control-allow-origin': origin,
    'access-control-allow-credentials': 'true',
    'access-control-allow-methods': 'GET, POST, PUT, OPTIONS',
    'access-control-allow-headers': headers['access-control-request-headers'] ?? '*',
    'access-control-max-age': '86400',
    vary: 'Origin',
  }
}
