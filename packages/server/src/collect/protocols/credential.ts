import type { ForeignEvent } from '../events/foreign-event.ts'
import type { Delivery } from './protocol.ts'

/** Whether a text was made by us as a key. Only the server can tell whether the key works. */
export function isOwnKey(text: string | undefined): text is string {
  return text?.startsWith('alm_') ?? false
}

/** A client has a name for its project and sometimes a secret as well: the secret counts when it is a key of ours. */
export function secretOrName(secret: string | undefined, name: string | undefined): string | undefined {
  return isOwnKey(secret) ? secret : name
}

export interface ForProject {
  readonly credential: string | undefined
  readonly event?: ForeignEvent
  readonly rejected?: { readonly reason: string; readonly raw: string }
}

/** One delivery a project, each with its items in their order. */
export function deliveriesOf(items: readonly ForProject[]): Delivery[] {
  const byProject = Map.groupBy(items, ({ credential }) => credential)
  return [...byProject].map(([credential, ofProject]) => ({
    credential,
    events: ofProject.flatMap(({ event }) => event ?? []),
    rejected: ofProject.flatMap(({ rejected }) => rejected ?? []),
  }))
}
