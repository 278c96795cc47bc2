import { GAP_MS, NOT_INTERACTIVE, PAGE_VIEWS, SIGNS_OF_LIFE, type VisitRule } from './visit-rule.ts'

/**
 * What a visit is, in a form to be read: the statement in `visits-sql.ts` does the same inside ClickHouse, and tests compare
 * the two on random events.
 */
export interface VisitEvent {
  readonly id: string
  readonly name: string
  /** Milliseconds. */
  readonly at: number
  readonly path: string
  readonly referrer: string
  readonly campaign: string
  /** False where the client says that nobody did anything. */
  readonly isInteractive: boolean
}

export interface Visit {
  /** Of the first sign of life, which may come before the first event. */
  readonly seenFrom: number
  readonly startedAt: number
  readonly endedAt: number
  /** Without signs of life. 0 means that it is no visit, but signs of life without one. */
  readonly events: number
  readonly pageViews: number
  readonly interactions: number
  readonly isBounce: boolean
  readonly entryPage: string
  readonly exitPage: string
  readonly referrer: string
  readonly campaign: string
  readonly firstEventId: string
}

/** The visits of one person on one source, from all its events in any order. */
export function sessionize(events: readonly VisitEvent[], rule: VisitRule): Visit[] {
  const groups: VisitEvent[][] = []
  for (const told of events.toSorted(byTime)) {
    const event = rule.rule === 'matomo' && !isPageView(told) ? { ...told, campaign: '' } : told
    const group = groups.at(-1)
    if (group && !beginsVisit(event, group, rule)) group.push(event)
    else groups.push([event])
  }
  return groups.map(toVisit)
}

function beginsVisit(event: VisitEvent, group: readonly VisitEvent[], { rule, timezone }: VisitRule): boolean {
  const last = group.at(-1) as VisitEvent
  if (event.at - last.at >= GAP_MS) return true
  if (rule === 'standard') return false
  if (localDay(event.at, timezone) !== localDay(last.at, timezone)) return true
  const real = group.filter(isReal)
  const campaign = real.findLast(({ campaign }) => campaign !== '')?.campaign ?? ''
  return isReal(event) && real.length > 0 && event.campaign !== '' && event.campaign !== campaign
}

function toVisit(group: readonly VisitEvent[]): Visit {
  const real = group.filter(isReal)
  const pages = group.filter(isPageView)
  const interactions = group.filter(
    ({ name, isInteractive }) => isInteractive && !includes(NOT_INTERACTIVE, name),
  ).length
  const first = real[0] ?? (group[0] as VisitEvent)
  return {
    seenFrom: (group[0] as VisitEvent).at,
    startedAt: first.at,
    endedAt: (group.at(-1) as VisitEvent).at,
    events: real.length,
    pageViews: pages.length,
    interactions,
    isBounce: pages.length === 1 && interactions === 0,
    entryPage: pages[0]?.path ?? '',
    exitPage: pages.at(-1)?.path ?? '',
    referrer: real[0]?.referrer ?? '',
    campaign: real[0]?.campaign ?? '',
    firstEventId: first.id,
  }
}

const isReal = ({ name }: VisitEvent) => !includes(SIGNS_OF_LIFE, name)
const isPageView = ({ name }: VisitEvent) => includes(PAGE_VIEWS, name)
const includes = (names: readonly string[], name: string) => names.includes(name)

function byTime(a: VisitEvent, b: VisitEvent): number {
  return a.at - b.at || (uuidOrder(a.id) < uuidOrder(b.id) ? -1 : 1)
}

// ClickHouse compares the second half of a UUID first.
const uuidOrder = (id: string) => id.slice(19) + id.slice(0, 18)

function localDay(ms: number, timezone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(ms).toZonedDateTimeISO(timezone).toPlainDate().toString()
}
