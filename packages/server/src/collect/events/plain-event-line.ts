import { OPEN_POLICY } from '../policy/source-policy.ts'
import { newEventId } from './event-id.ts'
import type { NativeEventContext } from './native-events.ts'
import { plainEvent } from './plain-event.ts'
import { checkProperties } from './properties.ts'

/**
 * A plain event as it goes to the log, with the client's own text in it: what JSON.stringify would give of
 * `collectNativeEvent`, up to the order of the fields, for a third of the time. `input` is what JSON.parse made of the text.
 * Undefined when it is no plain event, or its text cannot stay as it is.
 */
export function plainEventLine(text: string, input: unknown, context: NativeEventContext): string | undefined {
  if (context.policy !== OPEN_POLICY) return undefined
  const event = plainEvent(input)
  if (!event || text.charCodeAt(0) !== OPEN_BRACE || LINE_BREAK.test(text)) return undefined
  if (event.properties !== undefined) {
    const checked = checkProperties(event.properties)
    if (!('properties' in checked) || checked.properties !== event.properties) return undefined
  }
  const { receivedAtMs, source, address, userAgent, visitors } = context
  const { visitor, visitorKind } = visitors.visitorOf({
    userId: event.userId,
    anonymousId: event.anonymousId,
    source,
    address,
    userAgent: event.userAgent ?? userAgent,
    atMs: receivedAtMs,
  })
  const who = visitor === undefined ? '' : `"visitor":"${visitor}","visitorKind":"${visitorKind}",`
  const where = address === undefined ? undefined : context.placeOf?.(address)
  const rest = `${fields(where)}${fields(ofBrowser(event.userAgent, context))}${text.slice(1)}`
  return `{"id":"${newEventId(receivedAtMs)}","at":${receivedAtMs},${who}${rest}`
}

/** What the request's headers say, if the event is of the browser that sent it. */
function ofBrowser(ownAgent: string | undefined, { userAgent, clientHints, botHint }: NativeEventContext) {
  if (userAgent === undefined || (ownAgent !== undefined && ownAgent !== userAgent)) return undefined
  if (ownAgent !== undefined && clientHints === undefined && botHint === undefined) return undefined
  return { userAgent: ownAgent === undefined ? userAgent : undefined, clientHints, botHint }
}

/** As they stand in an object in JSON, with a comma behind them. */
function fields(values: object | undefined): string {
  if (values === undefined) return ''
  const json = JSON.stringify(values)
  return json === '{}' ? '' : `${json.slice(1, -1)},`
}

const OPEN_BRACE = 0x7b
/** A line of the log ends at one; inside of JSON's strings they are escaped. */
const LINE_BREAK = /[\n\r]/
