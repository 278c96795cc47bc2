import { useQueryClient } from '@tanstack/react-query'
import { useRouter } from '@tanstack/react-router'
import { logout } from '../../api/account.ts'

/** Also forgets all figures: the next person at this browser may see others. */
export function useSignOut(): () => void {
  const client = useQueryClient()
  const router = useRouter()
  return () =>
    void logout().then(async () => {
      await router.navigate({ to: '/login' })
      client.clear()
    })
}
