/** What the server tells of an event, as it arrives. */
export interface ArrivedEvent {
  readonly receivedAt: string
  /** Such as `matomo`. */
  readonly protocol: string
  /** As it came, cut when it is long. */
  readonly raw: unknown
  /** The event that was made of it, or why there is none. */
  readonly understood: unknown
}

/** A line of the list. */
export interface LiveEvent {
  readonly id: number
  readonly receivedAt: string
  readonly protocol: string
  /** The event's name; absent when it was refused. */
  readonly name: string | undefined
  readonly reason: string | undefined
  /** What tells it from others of its name at a glance: the page, or who. */
  readonly gist: string
  readonly rawText: string
  readonly understoodText: string
}

export interface LiveList {
  /** The newest first. */
  readonly shown: readonly LiveEvent[]
  /** Those that came while the list stood still. */
  readonly held: readonly LiveEvent[]
  readonly isPaused: boolean
  /** How many the server did not send because there were too many at once. */
  readonly skipped: number
  readonly nextId: number
}

export type LiveAction =
  | { readonly kind: 'arrived'; readonly event: ArrivedEvent }
  | { readonly kind: 'skipped'; readonly count: number }
  | { readonly kind: 'toggle' }
  | { readonly kind: 'clear' }

export const EMPTY_LIST: LiveList = { shown: [], held: [], isPaused: false, skipped: 0, nextId: 1 }
const MAX_EVENTS = 200

export function liveList(list: LiveList, action: LiveAction): LiveList {
  switch (action.kind) {
    case 'arrived': {
      const event = liveEvent(action.event, list.nextId)
      const to = list.isPaused ? 'held' : 'shown'
      return { ...list, nextId: list.nextId + 1, [to]: [event, ...list[to]].slice(0, MAX_EVENTS) }
    }
    case 'skipped':
      return { ...list, skipped: list.skipped + action.count }
    case 'toggle':
      if (!list.isPaused) return { ...list, isPaused: true }
      return { ...list, isPaused: false, shown: [...list.held, ...list.shown].slice(0, MAX_EVENTS), held: [] }
    case 'clear':
      return { ...EMPTY_LIST, isPaused: list.isPaused, nextId: list.nextId }
  }
}

/** Those that hold the text anywhere: as they came, as they were understood, in the protocol's name. */
export function matching(events: readonly LiveEvent[], text: string, isProblemsOnly: boolean): readonly LiveEvent[] {
  const wanted = text.trim().toLowerCase()
  return events.filter(
    ({ reason, protocol, rawText, understoodText }) =>
      (!isProblemsOnly || reason !== undefined) &&
      `${protocol}\n${rawText}\n${understoodText}`.toLowerCase().includes(wanted),
  )
}

function liveEvent({ receivedAt, protocol, raw, understood }: ArrivedEvent, id: number): LiveEvent {
  const fields = isObject(understood) ? understood : {}
  const reason = textOf(understood) ?? textOf(fields.reason)
  return {
    id,
    receivedAt,
    protocol,
    reason,
    name: reason === undefined ? textOf(fields.name) : undefined,
    gist: gistOf(fields),
    rawText: pretty(raw),
    understoodText: reason ?? pretty(understood),
  }
}

function gistOf({ url, title, userId, anonymousId }: Record<string, unknown>): string {
  return [url, title, userId, anonymousId].map(textOf).find(Boolean) ?? ''
}

/** JSON with a line for each field, also where it comes as text; any other text as it is. */
function pretty(value: unknown): string {
  if (typeof value !== 'string') return JSON.stringify(value, null, 2) ?? ''
  try {
    const parsed: unknown = JSON.parse(value)
    return isObject(parsed) || Array.isArray(parsed) ? JSON.stringify(parsed, null, 2) : value
  } catch {
    return value
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}
