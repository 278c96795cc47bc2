import type { ForeignEvent } from '../events/foreign-event.ts'
import { jsonOf } from '../read/json-text.ts'
import { MAX_ITEMS } from './item-limit.ts'
import { isRecord, type JsonRecord, recordOf, textOf } from './loose-values.ts'
import { rawWithoutPrivate } from './private-fields.ts'
import type { ProtocolRequest } from './protocol.ts'
import { segmentEvent } from './segment-event.ts'
import { connectionAddress } from './sender.ts'

/** The calls of Segment's API by the last part of their path; its browser library uses the first letters. */
const TYPES: ReadonlyMap<string, string> = new Map(
  ['track', 'page', 'screen', 'identify', 'group', 'alias', 'batch'].flatMap((type) => [
    [type, type],
    [type.charAt(0), type],
  ]),
)

export const SEGMENT_CALLS: readonly string[] = [...TYPES.keys()]

/** One message, or several with what they share. */
export interface SegmentCall {
  readonly body: JsonRecord
  readonly messages: readonly unknown[]
  /** Of a single message, by the address that it was sent to. */
  readonly type: string | undefined
}

/**
 * Undefined when the body is no JSON object, or holds more messages than anybody sends at once. A body with a batch is a
 * batch, whatever the address says.
 */
export function segmentCall({ path, body }: Pick<ProtocolRequest, 'path' | 'body'>): SegmentCall | undefined {
  const read = jsonOf(body)
  if (!isRecord(read)) return undefined
  if (Array.isArray(read.batch) && read.batch.length > MAX_ITEMS) return undefined
  if (Array.isArray(read.batch)) return { body: read, messages: read.batch, type: undefined }
  const type = TYPES.get(path.slice(path.lastIndexOf('/') + 1))
  return { body: read, messages: type === 'batch' ? [] : [read], type: type === 'batch' ? undefined : type }
}

export interface SegmentMessages {
  readonly events: readonly ForeignEvent[]
  readonly rejected: readonly { readonly reason: string; readonly raw: string }[]
}

export function segmentMessages({ body, messages, type }: SegmentCall, request: ProtocolRequest): SegmentMessages {
  const events: ForeignEvent[] = []
  const rejected: { reason: string; raw: string }[] = []
  const address = connectionAddress(request)
  for (const message of messages) {
    const event = isRecord(message)
      ? segmentEvent(sharedWith(body, message), type ?? textOf(message.type) ?? '')
      : { reason: 'expected a message to be a JSON object' }
    if ('reason' in event) rejected.push({ reason: event.reason, raw: rawWithoutPrivate(message) })
    else events.push(event.address !== undefined || event.userAgent !== undefined ? event : { ...event, address })
  }
  return { events, rejected }
}

/** What stands beside a batch holds for each message that does not say otherwise. */
function sharedWith(body: JsonRecord, message: JsonRecord): JsonRecord {
  if (body === message) return message
  const { sentAt, context, integrations } = body
  if (context === undefined && integrations === undefined) return { sentAt, ...message }
  return {
    sentAt,
    ...message,
    integrations: message.integrations ?? integrations,
    context: { ...recordOf(context), ...recordOf(message.context) },
  }
}
