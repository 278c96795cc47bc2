import { pageAddress } from '../../ingest/enrich/page-address.ts'
import { OPEN_POLICY, type SourcePolicy } from './source-policy.ts'

/**
 * Whether a source takes what comes. What a filter drops is answered as if it was taken, because the client can do nothing
 * about it, and counted; what is over the rate is refused, and the client sends it again later.
 */
export type Admission = 'admit' | { readonly drop: FilterReason } | RateRefusal

export interface RateRefusal {
  readonly drop: 'rate_limit'
  readonly retryAfterSeconds: number
}

export type FilterReason = 'address' | 'origin' | 'global_privacy_control' | 'do_not_track' | 'path'

export interface RequestFacts {
  /** Of the connection. */
  readonly address: string | undefined
  /** Names in small letters. */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly eventCount: number
  readonly nowMs: number
}

/** Once a request, as soon as it is known whose it is. The filters come first: what they drop does not use up the rate. */
export function admit(policy: SourcePolicy, facts: RequestFacts): Admission {
  if (policy === OPEN_POLICY) return 'admit'
  const { headers, address, eventCount, nowMs } = facts
  const drop = dropOf(policy, headers, address)
  if (drop !== undefined) return { drop }
  const waitMs = policy.rateLimit?.waitMs(eventCount, nowMs) ?? 0
  return waitMs > 0 ? { drop: 'rate_limit', retryAfterSeconds: Math.ceil(waitMs / 1000) } : 'admit'
}

/** Of an event: its page, and the address it names as the visitor's when that is not the connection's. */
export function admitEvent(
  policy: SourcePolicy,
  { url, address }: { readonly url?: string | undefined; readonly address?: string | undefined },
): 'admit' | { readonly drop: FilterReason } {
  if (policy === OPEN_POLICY) return 'admit'
  if (url && policy.isBlockedPath && isBlocked(url, policy.isBlockedPath)) return { drop: 'path' }
  if (address && policy.isBlockedAddress?.(address)) return { drop: 'address' }
  return 'admit'
}

function dropOf(
  policy: SourcePolicy,
  headers: RequestFacts['headers'],
  address: string | undefined,
): FilterReason | undefined {
  if (address && policy.isBlockedAddress?.(address)) return 'address'
  if (policy.isAllowedHost && !isAllowedOrigin(headers, policy.isAllowedHost)) return 'origin'
  if (policy.respectGlobalPrivacyControl && headers['sec-gpc'] === '1') return 'global_privacy_control'
  if (policy.respectDoNotTrack && headers.dnt === '1') return 'do_not_track'
  return undefined
}

/**
 * A browser says where a script runs, a picture's request says it by its referrer. A request that says neither comes from
 * no page: a server's or an app's. That is let in, as whoever writes his own requests can write any origin too.
 */
function isAllowedOrigin(headers: RequestFacts['headers'], isAllowedHost: (host: string) => boolean): boolean {
  const from = headers.origin ?? headers.referer
  if (from === undefined || from === '') return true
  const host = typeof from === 'string' ? hostOf(from) : undefined
  return host !== undefined && isAllowedHost(host)
}

/** `null`, the origin of sandboxed frames and of files, has none. */
function hostOf(address: string): string | undefined {
  const host = URL.parse(address)?.hostname.replace(/\.$/, '')
  return host || undefined
}

/** As it came and as it is meant: `/%61dmin` is `/admin`. */
function isBlocked(url: string, isBlockedPath: (path: string) => boolean): boolean {
  const { path } = pageAddress(url)
  if (isBlockedPath(path)) return true
  if (!path.includes('%')) return false
  try {
    return isBlockedPath(decodeURIComponent(path))
  } catch {
    return false
  }
}
