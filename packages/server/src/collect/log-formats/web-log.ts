import type { DraftFields, EventDraft, Mutable } from '../events/event-draft.ts'
import { parseApacheTime } from './apache-time.ts'
import { expected } from './log-format.ts'
import { closingQuote } from './quoted-field.ts'
import { requestKind } from './request-kind.ts'
import { readRequestLine } from './request-line.ts'

/**
 * The part that the web servers' formats have in common, `host ident user [time] "request" status bytes`, read from left
 * to right with no backtracking, so that the time it takes is linear in the line whatever the line.
 *
 * A line is a hit even when its request is not HTTP at all (a TLS handshake on the plain port, a scanner's rubbish): it
 * was received, answered and logged. It is kept, without method and URL, and with the text in `properties.request`.
 */
export function scanWebLog(text: string, nowMs: number): ScannedWebLog | { readonly rejected: string } {
  const line = withoutNul(text)
  const hostEnd = line.indexOf(' ')
  if (hostEnd <= 0) return expected('a host and a space at the start', line, 0)
  const identEnd = line.indexOf(' ', hostEnd + 1)
  if (identEnd === -1) return expected('an ident and a space after the host', line, hostEnd + 1)
  const timeStart = findTime(line, identEnd)
  if (timeStart === -1) return expected('a user and a time such as [17/May/2015:10:05:03 +0000]', line, identEnd + 1)
  const at = parseApacheTime(line, timeStart, nowMs)
  if (typeof at === 'string') return { rejected: at }

  const quote = timeStart + TIME_LENGTH + 1
  if (!line.startsWith(' "', quote)) return expected('a quoted request after the time', line, quote)
  const requestEnd = closingQuote(line, quote + 2)
  if (requestEnd === -1) return expected('a quote that closes the request', line, line.length)

  const status = scanNumber(line, requestEnd + 1)
  if (status === undefined || status.value > 999) return expected('a status such as 200', line, requestEnd + 1)
  const bytes = scanNumber(line, status.end)
  if (bytes === undefined) return expected('a size in bytes or - after the status', line, status.end)

  const { method, url, ...other } = readRequestLine(line.slice(quote + 2, requestEnd))
  const kind = requestKind(method, url, status.value >= 0 ? status.value : undefined)
  const event: Mutable<DraftFields> = { at, name: kind === 'page' ? 'page_view' : 'request' }
  const properties: Record<string, string> = { ...other }
  if (kind !== 'page') properties.kind = kind
  if (method !== undefined) event.method = method
  if (url !== undefined) event.url = url
  if (status.value >= 0) event.status = status.value
  if (bytes.value >= 0) event.bytes = bytes.value
  const user = line.slice(identEnd + 1, Math.max(identEnd + 1, timeStart - 2))
  if (user !== '-' && user !== '') properties.remote_user = user
  if (hasKeys(properties)) event.properties = properties

  const host = line.slice(0, hostEnd)
  return { draft: { event, address: host === '-' ? undefined : host }, end: bytes.end }
}

export interface ScannedWebLog {
  readonly draft: EventDraft & { readonly event: Mutable<DraftFields> }
  /** Where the common part ends. */
  readonly end: number
}

const TIME_LENGTH = 26
const BRACKET_CLOSE = 93

/** Neither PostgreSQL nor most readers of CSV can hold NUL. One character for one, so that positions stay the same. */
function withoutNul(line: string): string {
  return line.includes('\0') ? line.replaceAll('\0', '\ufffd') : line
}

/** A user name may hold spaces and brackets, so what counts is a bracket pair of the right width before a quote. */
function findTime(line: string, from: number): number {
  let open = line.indexOf(' [', from)
  while (open !== -1) {
    const start = open + 2
    if (line.charCodeAt(start + TIME_LENGTH) === BRACKET_CLOSE) return start
    open = line.indexOf(' [', start)
  }
  return -1
}

/** A space and then digits, which end at a space or at the end of the line; the value of `-` is -1. */
function scanNumber(line: string, from: number): { value: number; end: number } | undefined {
  if (line.charCodeAt(from) !== 32) return undefined
  let end = from + 1
  let value = 0
  let code = line.charCodeAt(end)
  if (code === 45) {
    value = -1
    code = line.charCodeAt(++end)
  } else {
    while (code >= 48 && code <= 57) {
      value = value * 10 + code - 48
      code = line.charCodeAt(++end)
    }
  }
  if (end === from + 1 || (code !== 32 && end !== line.length)) return undefined
  return value <= Number.MAX_SAFE_INTEGER ? { value, end } : undefined
}

function hasKeys(object: object): boolean {
  for (const _ in object) return true
  return false
}
