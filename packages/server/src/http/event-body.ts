import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'

/**
 * From the bytes of a request to the values that may be events. The content decides, not the headers: trackers send
 * JSON as text/plain to avoid a preflight request, and proxies lose Content-Encoding.
 */

export const MAX_EVENT_BODY_BYTES = 5 * 1024 * 1024
export const MAX_EVENTS_PER_REQUEST = 5000
/** Events nest less; JSON.parse survives 200,000 levels, but nothing that recurses over the result does. */
const MAX_JSON_DEPTH = 64

const gunzipAsync = promisify(gunzip)

export function isGzip(body: Buffer): boolean {
  return body[0] === 0x1f && body[1] === 0x8b
}

/** Stops as soon as more comes out than a plain body may hold, so that a bomb costs no memory. */
export async function unzipEventBody(body: Buffer): Promise<Buffer> {
  try {
    return await gunzipAsync(body, { maxOutputLength: MAX_EVENT_BODY_BYTES })
  } catch (cause) {
    if (cause instanceof RangeError) throw tooLarge('The unpacked body', { cause })
    throw new AppError(
      'invalid_request',
      'The body begins like gzip and cannot be unpacked: it is damaged or cut off',
      {
        cause,
      },
    )
  }
}

/** The list of events in one of the three forms: one event, an array, or `{"events": […]}`. */
export function parseEventBody(body: Buffer): readonly unknown[] {
  if (body.length === 0) throw new AppError('invalid_request', 'The body is empty; expected an event as JSON')
  if (!isUtf8(body)) throw new AppError('invalid_request', 'The body is not UTF-8 text')
  const events = eventsOf(parseJson(body))
  if (events.length === 0) throw new AppError('invalid_event', 'The request holds no event')
  if (events.length > MAX_EVENTS_PER_REQUEST) {
    throw new AppError('too_large', `A request takes ${MAX_EVENTS_PER_REQUEST} events, this one has ${events.length}`, {
      hint: 'Send them in several requests.',
    })
  }
  return events
}

export function tooLarge(what: string, options: ErrorOptions = {}): AppError {
  return new AppError('too_large', `${what} is larger than ${MAX_EVENT_BODY_BYTES / 1024 / 1024} MiB`, {
    hint: 'Send fewer events in one request.',
    ...options,
  })
}

function eventsOf(parsed: unknown): readonly unknown[] {
  if (Array.isArray(parsed)) return parsed
  const isBatch = typeof parsed === 'object' && parsed !== null && 'events' in parsed && !('name' in parsed)
  if (!isBatch) return [parsed]
  if (!Array.isArray(parsed.events)) throw new AppError('invalid_request', 'Expected "events" to be an array')
  return parsed.events
}

function parseJson(body: Buffer): unknown {
  const hasByteOrderMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  const text = body.toString('utf8', hasByteOrderMark ? 3 : 0)
  if (isDeeperThan(text, MAX_JSON_DEPTH)) {
    throw new AppError('invalid_request', `The JSON is nested more than ${MAX_JSON_DEPTH} levels deep`)
  }
  try {
    return JSON.parse(text)
  } catch (cause) {
    const words = cause instanceof Error ? cause.message : String(cause)
    throw new AppError('invalid_request', `The body is not JSON: ${words}`, { cause })
  }
}

/** Before anything is built from the text. One event seldom has as many brackets as would be needed for that. */
function isDeeperThan(text: string, maxDepth: number): boolean {
  return hasMoreThan(text, maxDepth) && depthExceeds(text, maxDepth)
}

function hasMoreThan(text: string, count: number): boolean {
  let left = count
  for (const bracket of ['{', '[']) {
    for (let at = text.indexOf(bracket); at !== -1; at = text.indexOf(bracket, at + 1)) {
      left -= 1
      if (left < 0) return true
    }
  }
  return false
}

/** Counts brackets outside of strings. */
function depthExceeds(text: string, maxDepth: number): boolean {
  let depth = 0
  let inString = false
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (inString) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) inString = false
    } else if (code === QUOTE) inString = true
    else if (code === OPEN_BRACE || code === OPEN_BRACKET) {
      depth += 1
      if (depth > maxDepth) return true
    } else if (code === CLOSE_BRACE || code === CLOSE_BRACKET) depth -= 1
  }
  return false
}

const QUOTE = 0x22
const BACKSLASH = 0x5c
const OPEN_BRACE = 0x7b
const CLOSE_BRACE = 0x7d
const OPEN_BRACKET = 0x5b
const CLOSE_BRACKET = 0x5d
