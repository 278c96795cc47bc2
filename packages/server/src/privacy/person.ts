import type { Visitors } from '../collect/visitors/visitor.ts'

/** How a person is named by who asks: exactly one of the three. */
export type PersonKey =
  | { readonly userId: string }
  | { readonly anonymousId: string }
  /** The number that the events carry, as decimal text. */
  | { readonly visitor: string }

/** All by which the data of one person is found. */
export interface Person {
  readonly userId?: string
  readonly anonymousId?: string
  readonly visitors: readonly string[]
}

export interface PersonDeps {
  readonly visitors: Visitors
  /** The visitors that are the same person as one of these, by what logins and aliases said. They may be among them. */
  readonly linkedVisitors: (visitors: readonly string[]) => Promise<readonly string[]>
}

/**
 * Whose device it was is what the links say: a device that two users share belongs to one of them, and the other's
 * events on it stay his own.
 */
export async function resolvePerson(key: PersonKey, { visitors, linkedVisitors }: PersonDeps): Promise<Person> {
  const own = 'visitor' in key ? key.visitor : visitors.visitorOf({ ...key, source: '', atMs: 0 }).visitor
  const known = own === undefined ? [] : [own]
  const all = new Set([...known, ...(await linkedVisitors(known))])
  return { ...('visitor' in key ? {} : key), visitors: [...all] }
}

/** The ids that people and systems know the person by; numbers of visitors are ours alone. */
export function namesOf({ userId, anonymousId }: Person): string[] {
  return [userId, anonymousId].filter((name) => name !== undefined)
}
