import { text } from './answers.ts'
import { basicCredential } from './basic-credential.ts'
import { isRecord, type JsonRecord, recordOf, textOf } from './loose-values.ts'
import { PIXEL_ANSWER } from './pixel.ts'
import type { Outcome, Protocol, ProtocolAnswer, ProtocolRequest, Understood } from './protocol.ts'
import { SEGMENT_CALLS, segmentCall, segmentMessages } from './segment-request.ts'

/**
 * RudderStack's gateway: Segment's messages at Segment's addresses, with another field for the clock and other answers. It
 * stands before Segment in the list and takes what carries its clock.
 */
export const rudderstack: Protocol = {
  name: 'rudderstack',
  label: 'RudderStack',
  routes: [
    ...SEGMENT_CALLS.filter((call) => call.length > 1).map((call) => ({
      methods: ['POST'] as const,
      path: `/v1/${call}`,
      isMine: ({ body }: ProtocolRequest) => body.includes('"originalTimestamp"'),
      understand: understandCall,
    })),
    { methods: ['POST'], path: '/v1/import', understand: understandCall },
    { methods: ['POST'], path: '/beacon/v1/batch', understand: understandCall },
    { methods: ['GET'], path: '/pixel/v1/:call', understand: understandPixel },
  ],
}

function understandCall(request: ProtocolRequest): Understood {
  const call = segmentCall(request)
  const inQuery = request.path.startsWith('/beacon/')
  const credential = inQuery ? (request.query.get('writeKey') ?? undefined) : basicCredential(request)
  const place = inQuery ? 'query params' : 'header'
  if (!call) return unusable('invalid json')
  if (call.messages.length === 0) {
    return unusable(Array.isArray(call.body.batch) ? 'empty batch payload' : 'event is not a valid rudder event')
  }
  if (!call.messages.every(isRecord)) return unusable('event is not a valid rudder event')
  if (!call.messages.every(isIdentifiable)) return unusable('request neither has anonymousId nor userId')
  const delivery = { credential: credential ?? textOf(call.body.writeKey), ...segmentMessages(call, request) }
  return { deliveries: [delivery], answer: (outcome) => answer(outcome, place) }
}

/** Nothing of the request is taken then, as the client that reads the answer believes. */
function unusable(problem: string): Understood {
  return { deliveries: [], answer: () => text(400, `${problem}\n`) }
}

function isIdentifiable(message: JsonRecord): boolean {
  return textOf(message.userId) !== undefined || textOf(message.anonymousId) !== undefined
}

function answer({ refused }: Outcome, place: string): ProtocolAnswer {
  if (refused === 'no_credential') return text(401, `failed to read writekey from ${place}\n`)
  if (refused === 'unknown_credential') return text(401, 'invalid write key\n')
  return text(200, 'ok')
}

/** The fields of a message as a query: a dot in a name leads into an object. */
function understandPixel(request: ProtocolRequest): Understood {
  const message: Record<string, unknown> = {}
  for (const [name, value] of request.query) if (name !== 'writeKey') setField(message, name.split('.'), value)
  const call = { body: message, messages: [message], type: request.params.call }
  const credential = request.query.get('writeKey') ?? undefined
  return { deliveries: [{ credential, ...segmentMessages(call, request) }], answer: () => PIXEL_ANSWER }
}

const MAX_PIXEL_DEPTH = 8

function setField(message: Record<string, unknown>, [name = '', ...rest]: readonly string[], value: string): void {
  if (name === '__proto__' || rest.length > MAX_PIXEL_DEPTH) return
  if (rest.length === 0) {
    message[name] = value
    return
  }
  const inner = { ...recordOf(message[name]) }
  setField(inner, rest, value)
  message[name] = inner
}
