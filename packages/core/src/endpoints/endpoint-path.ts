import type { EndpointDefinition } from './endpoint.ts'

/** Addresses of endpoints, without `/api` in front. */

/** The same for two paths that take the same addresses, whatever their parameters are called. */
export function pathShape(path: string): string {
  return path.replaceAll(/\{\w+\}/g, '{}')
}

export interface FoundPath<Endpoint> {
  readonly endpoint: Endpoint
  /** As they stand in the address, decoded. */
  readonly path: Readonly<Record<string, string>>
}

/** The endpoint of an address. Where several take it, the one that has words where others have parameters, from the left. */
export function findEndpoint<Endpoint extends Pick<EndpointDefinition, 'path'>>(
  endpoints: readonly Endpoint[],
  address: string,
): FoundPath<Endpoint> | undefined {
  const parts = decoded(address)
  if (!parts) return undefined
  const found = endpoints.flatMap((endpoint) => {
    const path = matched(endpoint.path.split('/').slice(1), parts)
    return path ? [{ endpoint, path }] : []
  })
  return found.toSorted((a, b) => wordsFirst(a.endpoint.path, b.endpoint.path))[0]
}

function decoded(address: string): string[] | undefined {
  try {
    return address.split('/').slice(1).map(decodeURIComponent)
  } catch {
    return undefined
  }
}

function matched(segments: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
  if (segments.length !== parts.length) return undefined
  const values: Record<string, string> = {}
  for (const [i, segment] of segments.entries()) {
    const part = parts[i]
    if (!part) return undefined
    if (segment.startsWith('{')) values[segment.slice(1, -1)] = part
    else if (segment !== part) return undefined
  }
  return values
}

// A brace sorts behind every letter and digit.
function wordsFirst(a: string, b: string): number {
  return pathShape(a) < pathShape(b) ? -1 : 1
}
