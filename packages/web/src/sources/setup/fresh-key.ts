import { type QueryClient, skipToken, useQuery } from '@tanstack/react-query'
import type { Environment } from '../../api/sources.ts'

/**
 * A key that was just made, for the snippets of its source. The server cannot show it again, and here it is in memory only:
 * it is gone with the page, when somebody signs out, and a while after the last look at it.
 */
export function useFreshKey(source: string, environment: Environment): string | undefined {
  return useQuery<string>({ queryKey: freshKey(source, environment), queryFn: skipToken, staleTime: 'static' }).data
}

export function rememberFreshKey(client: QueryClient, source: string, environment: Environment, secret: string): void {
  client.setQueryData(freshKey(source, environment), secret)
}

function freshKey(source: string, environment: Environment) {
  return ['fresh-key', source, environment]
}
