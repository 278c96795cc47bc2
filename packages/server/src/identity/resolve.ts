/**
 * Who a visitor is, from links alone. A link says that from some time on `from` was known as `to`: a device as a user at a
 * login, a user under another name after an alias. The answer is a function of the set of links: neither their order nor
 * how often each came makes a difference, and without a link everything is as if it had never been there.
 *
 * A visitor follows its earliest link. So a device that two users share belongs to the one who came first, and the two
 * users stay two: only an alias leads away from a user.
 */
export interface IdentityLink {
  /** Visitors' numbers, as decimal text. */
  readonly from: string
  readonly to: string
  /** Milliseconds. */
  readonly since: number
}

/** The person of every visitor that a link names. A person's number is that of one of its visitors. */
export function resolvePersons(links: Iterable<IdentityLink>): Map<string, string> {
  const next = earliestLinks(links)
  const persons = new Map<string, string>()
  for (const visitor of next.keys()) follow(visitor, next, persons)
  for (const { to } of next.values()) if (!persons.has(to)) persons.set(to, to)
  return persons
}

function earliestLinks(links: Iterable<IdentityLink>): Map<string, IdentityLink> {
  const earliest = new Map<string, IdentityLink>()
  for (const link of links) {
    if (link.from === link.to) continue
    const known = earliest.get(link.from)
    if (!known || comesBefore(link, known)) earliest.set(link.from, link)
  }
  return earliest
}

function comesBefore(a: IdentityLink, b: IdentityLink): boolean {
  return a.since === b.since ? isSmaller(a.to, b.to) : a.since < b.since
}

function follow(visitor: string, next: ReadonlyMap<string, IdentityLink>, persons: Map<string, string>): void {
  const way: string[] = []
  const placeOnWay = new Map<string, number>()
  let at = visitor
  while (!persons.has(at) && !placeOnWay.has(at)) {
    placeOnWay.set(at, way.length)
    way.push(at)
    at = next.get(at)?.to ?? at
  }
  // Known already, or the end of the chain, which leads to itself, or where a circle closes.
  const person = persons.get(at) ?? way.slice(placeOnWay.get(at)).reduce((a, b) => (isSmaller(b, a) ? b : a))
  for (const each of way) persons.set(each, person)
}

/** As numbers: they do not fit a JavaScript number. */
function isSmaller(a: string, b: string): boolean {
  return a.length === b.length ? a < b : a.length < b.length
}
