import { QueryCache, QueryClient } from '@tanstack/react-query'
import { toApiError } from '../api/api-error.ts'
import { sessionQuery } from '../api/queries.ts'

/**
 * Cancelled and repeated as it should be: a refusal is final, while a server that is away or busy is asked again, for
 * as long as somebody looks at the page. `onLoggedOut` is called when the server no longer knows the session.
 */
export function createQueryClient({ onLoggedOut }: { onLoggedOut: () => void }): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (toApiError(error).status !== 401) return
        client.setQueryData(sessionQuery.queryKey, null)
        onLoggedOut()
      },
    }),
    defaultOptions: {
      queries: {
        retry: (failures, error) => failures < 2 && isPassing(toApiError(error).status),
        retryDelay: (failures) => 400 * 2 ** failures,
        // While there is no answer to show, or only an old one, it goes on by itself.
        refetchInterval: ({ state }) => (state.error && isPassing(toApiError(state.error).status) ? 5000 : false),
        // The server may be on this very machine, so being offline says nothing.
        networkMode: 'always',
      },
      mutations: { networkMode: 'always' },
    },
  })
  return client
}

function isPassing(status: number): boolean {
  return status === 0 || status === 429 || status >= 500
}
