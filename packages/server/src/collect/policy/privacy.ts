import { userAgentFacts } from '../../ingest/enrich/user-agent.ts'
import type { CollectedEvent } from '../events/collected-event.ts'
import type { EventDraft } from '../events/event-draft.ts'
import type { ForeignEvent } from '../events/foreign-event.ts'
import { withoutIds } from './device-ids.ts'
import { maskedAddress } from './plain-address.ts'
import type { SourcePolicy } from './source-policy.ts'

/**
 * The privacy modes. What may not be used is taken away before an event gets its id and its visitor; what may be used and
 * not kept is taken away after that, before the event goes to the log.
 */

/** Of the connection: what place and visitor may be made of. */
export function usableAddress({ privacy }: SourcePolicy, address: string | undefined): string | undefined {
  return privacy === 'masked' && address ? maskedAddress(address) : address
}

/** Before its id and visitor are made. */
export function usableDraft(policy: SourcePolicy, draft: EventDraft): EventDraft {
  if (policy.privacy === 'full') return draft
  const { event, address } = draft
  // A log may name a host in place of an address, which cannot be masked: then nobody is known by it.
  if (policy.privacy === 'masked') return { event, address: address && maskedAddress(address) }
  const { userId, anonymousId, sessionId, properties, ...kept } = event
  return { event: { ...kept, ...propertiesOf(event.name, properties) }, address }
}

/** As `usableDraft`, for an event of another system's client. */
export function usableForeign(policy: SourcePolicy, foreign: ForeignEvent): ForeignEvent {
  if (policy.privacy === 'full') return foreign
  if (policy.privacy === 'masked') return { ...foreign, address: maskedForeignAddress(foreign.address) }
  const { userId, anonymousId, previousId, sessionId, properties, ...kept } = foreign
  return { ...kept, ...propertiesOf(foreign.name, properties) }
}

/** After its visitor was made: as it may be kept. */
export function storableEvent({ privacy }: SourcePolicy, event: CollectedEvent): CollectedEvent {
  if (privacy !== 'cookieless') return event
  // The event's id was made of the client's own, which in some clients holds the name of the person.
  const { userAgent, clientHints, messageId, ...kept } = event
  if (userAgent === undefined && clientHints === undefined) return kept
  return { ...kept, agentFacts: userAgentFacts(userAgent ?? '', clientHints) }
}

/** Of something that could not be understood: nobody knows which part of it names whom. */
export function storableRaw({ privacy }: SourcePolicy, raw: string): string {
  return privacy === 'cookieless' ? '' : raw
}

/** One that cannot be masked is as good as none; it must not be taken for "the connection's is meant". */
function maskedForeignAddress(address: string | undefined): string | undefined {
  return address === undefined ? undefined : (maskedAddress(address) ?? '')
}

/** An alias says whose id stands for whose, and nothing else. */
function propertiesOf<T extends Readonly<Record<string, unknown>>>(
  name: string,
  properties: T | undefined,
): { properties?: T } {
  if (properties === undefined || name === 'alias') return {}
  return { properties: withoutIds(properties) as T }
}
