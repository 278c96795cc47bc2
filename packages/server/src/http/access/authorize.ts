import type { ServerResponse } from 'node:http'
import { AppError } from '@almanac/core/errors.ts'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { User } from '../../accounts/user.ts'
import { SESSION_COOKIE } from '../manage/people/session-cookie.ts'
import { ACCESS_RULES, type AccessRule, mayUse, type Principal } from './access.ts'
import type { BearerCheck } from './credentials.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Required on every route, see `refuseUndeclaredRoutes`. */
    access?: AccessRule
    /** Requests that anybody may make of a route whose rule is narrower. */
    isOpen?: (request: FastifyRequest) => boolean
    /** Anybody may ask, and who may read is told more: so a session is looked up. */
    knowsSession?: boolean
    /** The key may stand in the address as `token`, for programs that cannot send a header. */
    takesToken?: boolean
  }
  interface FastifyRequest {
    principal: Principal | undefined
  }
}

export interface AuthorizeDeps {
  readonly checkBearer: BearerCheck
  readonly findSession: (token: string) => Promise<User | undefined>
  /** Told of every request of somebody with a session. */
  readonly onPerson: (userId: string, response: ServerResponse) => void
  /** Where people reach the server, when that is not the Host header's name. */
  readonly publicUrl?: string | undefined
}

/** The server does not start while a route does not say who may use it. */
export function refuseUndeclaredRoutes(app: FastifyInstance): void {
  const undeclared: string[] = []
  app.addHook('onRoute', ({ method, url, config }) => {
    const rule = config?.access
    if (rule === undefined || !ACCESS_RULES.includes(rule)) undeclared.push(`${method} ${url}`)
  })
  app.addHook('onReady', async () => {
    if (undeclared.length > 0) throw new Error(`These routes do not say who may use them: ${undeclared.join(', ')}`)
  })
}

/** For every route of this app: finds out who asks, and refuses whoever the route's rule does not name. */
export function authorizeRequests(app: FastifyInstance, deps: AuthorizeDeps): void {
  app.decorateRequest('principal', undefined)
  app.addHook('onRequest', async (request, reply) => {
    if (request.is404) return
    const rule = request.routeOptions.config.access
    request.principal = await identify(request, deps)
    if (request.principal?.kind === 'user') deps.onPerson(request.principal.user.id, reply.raw)
    if (!SAFE_METHODS.has(request.method) && request.headers.authorization === undefined) {
      refuseForeignOrigin(request, deps.publicUrl)
    }
    if (rule !== undefined && request.routeOptions.config.isOpen?.(request)) return
    if (rule === undefined || !mayUse(rule, request.principal)) throw accessRefusal(rule, request.principal)
  })
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS'])

async function identify(request: FastifyRequest, deps: AuthorizeDeps): Promise<Principal | undefined> {
  const bearer = deps.checkBearer(request.headers.authorization) ?? tokenPrincipal(request, deps)
  const { access, knowsSession = false } = request.routeOptions.config
  if (bearer !== undefined || (access === 'anyone' && !knowsSession)) return bearer
  const token = request.cookies[SESSION_COOKIE]
  const user = token === undefined ? undefined : await deps.findSession(token)
  return user === undefined ? undefined : { kind: 'user', user }
}

/** An address stays in histories and in the logs of proxies: a key that may do more than read is refused there. */
function tokenPrincipal(
  { routeOptions, query }: FastifyRequest,
  { checkBearer }: AuthorizeDeps,
): Principal | undefined {
  if (routeOptions.config.takesToken !== true) return undefined
  const token = typeof query === 'object' && query !== null && 'token' in query ? query.token : undefined
  if (typeof token !== 'string') return undefined
  const principal = checkBearer(`Bearer ${token}`)
  if (principal?.kind === 'key' && principal.key.scopes.every((scope) => scope === 'read')) return principal
  throw new AppError('forbidden', 'Only a key with the scope read, and no other, may stand in an address', {
    hint: 'Make one with: almanac keys create feeds --scopes read',
  })
}

/**
 * A browser sends the cookie along with a request that another site caused, but it also says which site that was. A
 * request that changes something and carries a cookie has to say so; one without a cookie may not name another site.
 */
function refuseForeignOrigin(request: FastifyRequest, publicUrl: string | undefined): void {
  const { origin, host } = request.headers
  if (origin === undefined && request.principal === undefined) return
  if (origin !== undefined && isOurs(origin, host, publicUrl)) return
  throw new AppError('forbidden', `A change was asked for from ${origin ?? 'a page that does not say its origin'}`, {
    hint: 'Use the pages of this server, or an API key. Behind a proxy, set ALMANAC_PUBLIC_URL to the address people use.',
  })
}

function isOurs(origin: string, host: string | undefined, publicUrl: string | undefined): boolean {
  if (!URL.canParse(origin)) return false
  const { protocol, host: originHost, origin: normalOrigin } = new URL(origin)
  if (publicUrl !== undefined && new URL(publicUrl).origin === normalOrigin) return true
  // Parsed, so that a port that goes without saying is the same as one that is said.
  const ours = `${protocol}//${host}`
  return URL.canParse(ours) && new URL(ours).host === originHost
}

export function accessRefusal(rule: AccessRule | undefined, principal: Principal | undefined): AppError {
  if (principal === undefined || rule === 'session') {
    return new AppError('unauthorized', 'This needs somebody who is logged in, or an API key', {
      hint:
        rule === 'session'
          ? 'Log in first.'
          : 'Log in, or send Authorization: Bearer alm_… with a key of the right scope.',
    })
  }
  return new AppError('forbidden', `This needs the right to ${rule ?? 'something'}, which ${nameOf(principal)} lacks`, {
    hint: 'Ask an admin for it.',
  })
}

function nameOf(principal: Principal): string {
  if (principal.kind === 'user') return `the role ${principal.user.role}`
  return principal.kind === 'key' ? `the key ${principal.key.name}` : 'the local token'
}
