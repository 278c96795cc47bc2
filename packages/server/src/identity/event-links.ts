import type { CollectedEvent } from '../collect/events/collected-event.ts'
import type { Visitors } from '../collect/visitors/visitor.ts'
import type { IdentityLink } from './resolve.ts'

/** The ids of an event that says of one identity that it is another too. */
export interface LinkingIds {
  /** The visitor that the event itself belongs to. */
  readonly visitor: string
  readonly isUser: boolean
  readonly anonymousId?: string | undefined
  readonly previousId?: string | undefined
  /** A login names the device's id, and never another user's. */
  readonly isLogin: boolean
}

/** `undefined` for nearly every event. A hash of an address and an agent is never anybody else. */
export function linkingIds(event: CollectedEvent): LinkingIds | undefined {
  const { visitor, visitorKind, userId, anonymousId, properties, name } = event
  if (visitor === undefined) return undefined
  const previous = properties?.previous_id
  const isUser = visitorKind === 'user' && userId !== undefined
  if (!(isUser && anonymousId) && previous === undefined) return undefined
  if (!isUser && visitorKind !== 'anonymous') return undefined
  const previousId = typeof previous === 'string' || typeof previous === 'number' ? String(previous) : undefined
  return { visitor, isUser, anonymousId: isUser ? anonymousId : undefined, previousId, isLogin: name === 'identify' }
}

export interface LinkFinder {
  linksOf(events: Iterable<{ readonly linking: LinkingIds | undefined; readonly at: number }>): IdentityLink[]
}

const REMEMBERED = 50_000

/**
 * Makes links of events, for a caller that stores them. Where every event names both user and device, the same few links
 * come again and again: one that was made at an earlier time says nothing new, and is left out until it is forgotten.
 */
export function createLinkFinder(visitors: Visitors): LinkFinder {
  const known = new Map<string, number>()
  return {
    linksOf: (events) => {
      const links = new Map<string, IdentityLink>()
      for (const { linking, at } of events) {
        if (linking === undefined) continue
        for (const former of formerIds(linking)) {
          const key = `${linking.visitor} ${former.userId === undefined ? 'a' : 'u'} ${former.userId ?? former.anonymousId}`
          if ((known.get(key) ?? Number.POSITIVE_INFINITY) <= at) continue
          if (known.size >= REMEMBERED) known.clear()
          known.set(key, at)
          const from = visitors.visitorOf({ ...former, source: '', atMs: at }).visitor
          if (from !== undefined && from !== linking.visitor) links.set(key, { from, to: linking.visitor, since: at })
        }
      }
      return [...links.values()]
    },
  }
}

type FormerId = { readonly userId?: string; readonly anonymousId?: string }

/** Nobody says of the id that an alias gives up whether it was a user's or a device's, so it is looked for as both. */
function formerIds({ isUser, anonymousId, previousId, isLogin }: LinkingIds): FormerId[] {
  const former: FormerId[] = anonymousId ? [{ anonymousId }] : []
  if (previousId === undefined || previousId === '') return former
  if (previousId !== anonymousId) former.push({ anonymousId: previousId })
  if (isUser && !isLogin && previousId !== anonymousId) former.push({ userId: previousId })
  return former
}
