import type { Principal } from './access.ts'

/** Who asked for something, as it is written down: the id of a user, `key` and its prefix, or `local`. */
export function principalName(principal: Principal | undefined): string {
  if (principal?.kind === 'user') return principal.user.id
  return principal?.kind === 'key' ? `key ${principal.key.prefix}` : 'local'
}
