import type { IncomingHttpHeaders } from 'node:http'
import type { Environment } from '../../accounts/keys/api-key.ts'
import type { RingSource } from '../../accounts/sources/source-ring.ts'
import { admit } from '../../collect/policy/admit.ts'
import type { CollectDeps } from '../collect/collect-deps.ts'
import { rateRefusal } from '../collect/rate-refusal.ts'

interface AskingEvents {
  readonly address: string | undefined
  readonly headers: IncomingHttpHeaders
  readonly eventCount: number
  readonly environment: Environment
  /** Undefined for our own. */
  readonly protocol?: string
}

/**
 * False when the source's filters drop all the events, which their client need not know; throws what a client is told that
 * has to wait. Either is counted for the source's health.
 */
export function isAdmitted(
  { noteHealth, now }: Pick<CollectDeps, 'noteHealth' | 'now'>,
  { name, policy }: RingSource,
  { address, headers, eventCount, environment, protocol }: AskingEvents,
): boolean {
  const admission = admit(policy, { address, headers, eventCount, nowMs: now() })
  if (admission === 'admit') return true
  const isLimit = 'retryAfterSeconds' in admission
  noteHealth(name, environment, isLimit ? 'rejected' : 'filtered', eventCount, admission.drop)
  if (isLimit) throw rateRefusal(admission, { source: name, protocol })
  return false
}
