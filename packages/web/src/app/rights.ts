import { useQuery } from '@tanstack/react-query'
import { sessionQuery } from '../api/queries.ts'

/** What the reader may do, so that nothing is offered in vain; the server has the last word. */

export function useIsAdmin(): boolean {
  return useRole() === 'admin'
}

/** Editors see what people do at this moment; viewers only figures. */
export function useMayEdit(): boolean {
  const role = useRole()
  return role === 'admin' || role === 'editor'
}

function useRole(): string | undefined {
  return useQuery(sessionQuery).data?.role
}
