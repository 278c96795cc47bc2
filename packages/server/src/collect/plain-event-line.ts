import { newEventId } from './event-id.ts'
import type { NativeEventContext } from './native-events.ts'
import { plainEvent } from './plain-event.ts'
import { checkProperties } from './properties.ts'

/**
 * A plain event as it goes to the log, with the client's own text in it: what JSON.stringify would give of
 * `collectNativeEvent`, up to the order of the fields, for a third of the time. `input` is what JSON.parse made of the text.
 * Undefined when it is no plain event, or its text cannot stay as it is.
 */
export function plainEventLine(
  text: string,
  input: unknown,
  { receivedAtMs, source, address, userAgent, visitors }: NativeEventContext,
): string | undefined {
  const event = plainEvent(input)
  if (!event || text.charCodeAt(0) !== OPEN_BRACE || LINE_BREAK.test(text)) return undefined
  if (event.properties !== undefined) {
    const checked = checkProperties(event.properties)
    if (!('properties' in checked) || checked.properties !== event.properties) return undefined
  }
  const who = visitors.visitorOf({
    userId: event.userId,
    anonymousId: event.anonymousId,
    source,
    address,
    userAgent: event.userAgent ?? userAgent,
    atMs: receivedAtMs,
  })
  const visitor = who.visitor === undefined ? '' : `"visitor":"${who.visitor}","visitorKind":"${who.visitorKind}",`
  const agent =
    event.userAgent === undefined && userAgent !== undefined ? `"userAgent":${JSON.stringify(userAgent)},` : ''
  return `{"id":"${newEventId(receivedAtMs)}","at":${receivedAtMs},${visitor}${agent}${text.slice(1)}`
}

const OPEN_BRACE = 0x7b
/** A line of the log ends at one; inside of JSON's strings they are escaped. */
const LINE_BREAK = /[\n\r]/
