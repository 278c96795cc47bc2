import { isUtf8 } from 'node:buffer'
import { promisify } from 'node:util'
import { gunzip } from 'node:zlib'
import { AppError } from '@almanac/core/errors.ts'
import { MAX_ITEMS } from '../../../collect/protocols/item-limit.ts'
import { isDeeperThan, MAX_JSON_DEPTH } from '../../../collect/read/json-text.ts'

/**
 * From the bytes of a request to the values that may be events. The content decides, not the headers: trackers send
 * JSON as text/plain to avoid a preflight request, and proxies lose Content-Encoding.
 */

export const MAX_EVENT_BODY_BYTES = 5 * 1024 * 1024

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

export interface EventBody {
  readonly text: string
  readonly events: readonly unknown[]
}

/** The list of events in one of the three forms: one event, an array, or `{"events": […]}`. */
export function parseEventBody(body: Buffer): EventBody {
  if (body.length === 0) throw new AppError('invalid_request', 'The body is empty; expected an event as JSON')
  if (!isUtf8(body)) throw new AppError('invalid_request', 'The body is not UTF-8 text')
  const hasByteOrderMark = body[0] === 0xef && body[1] === 0xbb && body[2] === 0xbf
  const text = body.toString('utf8', hasByteOrderMark ? 3 : 0)
  const events = eventsOf(parseJson(text))
  if (events.length === 0) throw new AppError('invalid_event', 'The request holds no event')
  if (events.length > MAX_ITEMS) throw tooManyEvents(events.length)
  return { text, events }
}

export function tooManyEvents(count: number): AppError {
  return new AppError('too_large', `A request takes ${MAX_ITEMS} events, this one has ${count}`, {
    hint: 'Send them in several requests.',
  })
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

function parseJson(text: string): unknown {
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
