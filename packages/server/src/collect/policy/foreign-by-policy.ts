import type { CollectedEvent } from '../events/collected-event.ts'
import { collectForeignEvent, type ForeignContext, type ForeignEvent } from '../events/foreign-event.ts'
import { admitEvent, type FilterReason } from './admit.ts'
import { storableEvent, usableAddress, usableForeign } from './privacy.ts'
import { OPEN_POLICY, type SourcePolicy } from './source-policy.ts'

/** As `collectForeignEvent`, with what its source allows to use and to keep, or why its source does not want it. */
export function foreignByPolicy(
  policy: SourcePolicy,
  foreign: ForeignEvent,
  context: ForeignContext,
): CollectedEvent | { readonly drop: FilterReason } | undefined {
  if (policy === OPEN_POLICY) return collectForeignEvent(foreign, context)
  const admission = admitEvent(policy, foreign)
  if (admission !== 'admit') return admission
  const address = usableAddress(policy, context.address)
  const event = collectForeignEvent(usableForeign(policy, foreign), { ...context, address })
  return event && storableEvent(policy, event)
}
