import type { DraftFields, EventDraft, Mutable } from '../events/event-draft.ts'
import { checkProperties } from '../events/properties.ts'
import type { ParsedLine } from './log-format.ts'
import { requestKind } from './request-kind.ts'

/** One request, as the formats tell it in their own words. Empty text and `-` mean that nothing is known. */
export interface RequestFields {
  /** In milliseconds since 1970, or why there is no time: then the line is rejected. */
  readonly at: number | string
  readonly address?: string | undefined
  readonly method?: string | undefined
  readonly url?: string | undefined
  /** With them, a path becomes a whole URL. */
  readonly host?: string | undefined
  readonly scheme?: string | undefined
  readonly status?: string | number | undefined
  readonly bytes?: string | number | undefined
  readonly durationMs?: number | undefined
  readonly referrer?: string | undefined
  readonly userAgent?: string | undefined
  /** What else the line says; what says nothing is left out. */
  readonly properties?: Readonly<Record<string, unknown>>
}

export function requestDraft(fields: RequestFields): ParsedLine {
  if (typeof fields.at === 'string') return { rejected: fields.at }
  const status = amountOf(fields.status)
  if (Number.isNaN(status) || (status ?? 0) > 999) return wrong('a status such as 200', fields.status)
  const bytes = amountOf(fields.bytes)
  if (Number.isNaN(bytes)) return wrong('a size in bytes', fields.bytes)

  const event: Mutable<DraftFields> = { at: fields.at, name: 'request' }
  const method = known(fields.method)
  const url = urlOf(fields)
  const referrer = known(fields.referrer)
  const userAgent = known(fields.userAgent)
  if (method !== undefined) event.method = method
  if (url !== undefined) event.url = url
  // A connection that ended before there was an answer is logged with status 0.
  if (status !== undefined && status > 0) event.status = status
  if (bytes !== undefined) event.bytes = bytes
  if (fields.durationMs !== undefined && fields.durationMs >= 0) event.durationMs = fields.durationMs
  if (referrer !== undefined) event.referrer = referrer
  if (userAgent !== undefined) event.userAgent = userAgent
  return withKind({ event, address: known(fields.address) }, fields.properties ?? {})
}

/** Names the event by what was asked for: `page_view`, or `request` with its kind as a property. */
function withKind(
  draft: EventDraft & { readonly event: Mutable<DraftFields> },
  given: Readonly<Record<string, unknown>>,
): ParsedLine {
  const { event } = draft
  const kind = requestKind(event.method, event.url, event.status)
  const properties: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(given)) {
    if (value !== undefined && value !== null && value !== '' && value !== '-') properties[name] = value
  }
  if (kind === 'page') event.name = 'page_view'
  else properties.kind = kind
  const checked = checkProperties(properties)
  if ('issue' in checked) return { rejected: `${checked.issue.path.join('.')}: ${checked.issue.message}` }
  if (Object.keys(properties).length > 0) event.properties = checked.properties
  return { draft }
}

function urlOf(fields: RequestFields): string | undefined {
  const url = known(fields.url)
  const host = known(fields.host)
  if (url === undefined || host === undefined || !url.startsWith('/')) return url
  return `${fields.scheme === 'https' ? 'https' : 'http'}://${host}${url}`
}

/** Undefined when nothing is known (some write -1 for that), NaN when it is no whole number. */
function amountOf(value: string | number | undefined): number | undefined {
  if (value === undefined || value === '' || value === '-' || value === '-1' || value === -1) return undefined
  const amount = typeof value === 'string' && !/^\d+$/.test(value) ? Number.NaN : Number(value)
  return Number.isSafeInteger(amount) && amount >= 0 ? amount : Number.NaN
}

function known(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || text === '-') return undefined
  return UNSTORABLE.test(text) ? text.toWellFormed().replaceAll('\0', '\ufffd') : text
}

const UNSTORABLE = /[\0\ud800-\udfff]/u

function wrong(what: string, got: unknown): ParsedLine {
  return { rejected: `expected ${what}, got ${JSON.stringify(String(got).slice(0, 40))}` }
}
