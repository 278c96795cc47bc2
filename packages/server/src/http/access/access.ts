import type { ApiKey } from '../../accounts/keys/api-key.ts'
import type { User } from '../../accounts/user.ts'

/** Who may use a route. Every route names one of these, or the server does not start. */
export const ACCESS_RULES = ['anyone', 'session', 'read', 'edit', 'ingest', 'admin'] as const
export type AccessRule = (typeof ACCESS_RULES)[number]

/** Who asks: a person with a session, a program with a key, or the command line of this machine. */
export type Principal =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'key'; readonly key: ApiKey }
  | { readonly kind: 'local' }

type Role = 'local' | User['role'] | `key:${ApiKey['scopes'][number]}`

// What is not in this table is refused.
const ALLOWED: Record<Exclude<AccessRule, 'anyone'>, readonly Role[]> = {
  session: ['admin', 'editor', 'viewer'],
  read: ['local', 'admin', 'editor', 'viewer', 'key:read', 'key:admin'],
  edit: ['local', 'admin', 'editor', 'key:admin'],
  ingest: ['local', 'key:ingest', 'key:admin'],
  admin: ['local', 'admin', 'key:admin'],
}

export function mayUse(rule: AccessRule, principal: Principal | undefined): boolean {
  if (rule === 'anyone') return true
  return principal !== undefined && rolesOf(principal).some((role) => ALLOWED[rule].includes(role))
}

function rolesOf(principal: Principal): Role[] {
  if (principal.kind === 'local') return ['local']
  if (principal.kind === 'user') return [principal.user.role]
  return principal.key.scopes.map((scope): Role => `key:${scope}`)
}
