import { json } from './answers.ts'
import { basicCredential } from './basic-credential.ts'
import { packedJson } from './data-field.ts'
import { MAX_ITEMS } from './item-limit.ts'
import { isRecord, recordOf, textOf } from './loose-values.ts'
import { PIXEL_ANSWER } from './pixel.ts'
import type { Outcome, Protocol, ProtocolAnswer, ProtocolRequest, Understood } from './protocol.ts'
import { SEGMENT_CALLS, type SegmentCall, segmentCall, segmentMessages } from './segment-request.ts'

/** Segment's HTTP API v1, the short addresses and the settings of its browser library, and its pixel. */
export const segment: Protocol = {
  name: 'segment',
  label: 'Segment',
  routes: [
    ...SEGMENT_CALLS.map((call) => ({ methods: ['POST'] as const, path: `/v1/${call}`, understand: understandCall })),
    { methods: ['GET'], path: '/v1/pixel/:call', understand: understandPixel },
    { methods: ['GET'], path: '/v1/projects/:key/settings', understand: understandSettings },
  ],
}

function understandCall(request: ProtocolRequest): Understood {
  const call = segmentCall(request)
  if (!call)
    return { deliveries: [], answer: () => failure(400, `Expected a JSON object with at most ${MAX_ITEMS} messages`) }
  return { deliveries: [{ credential: writeKeyOf(call, request), ...segmentMessages(call, request) }], answer }
}

function writeKeyOf({ body, messages }: SegmentCall, request: ProtocolRequest): string | undefined {
  return textOf(body.writeKey) ?? basicCredential(request) ?? textOf(recordOf(messages[0]).writeKey)
}

/** Segment takes whatever is JSON and sorts it out later. */
function answer({ refused }: Outcome): ProtocolAnswer {
  if (refused === 'no_credential') return failure(401, 'There is no write key in the request')
  if (refused === 'unknown_credential') return failure(401, 'The write key is not known here')
  return json(200, { success: true })
}

/** An image in a mail or on a page without scripts: it is shown whatever becomes of the message in `data`. */
function understandPixel(request: ProtocolRequest): Understood {
  const message = packedJson(request.query.get('data') ?? '')
  if (!isRecord(message)) return { deliveries: [], answer: () => PIXEL_ANSWER }
  const call = { body: message, messages: [message], type: request.params.call }
  return {
    deliveries: [{ credential: writeKeyOf(call, request), ...segmentMessages(call, request) }],
    answer: () => PIXEL_ANSWER,
  }
}

/**
 * What the browser library asks for before anything else: that everything is to be sent to the host that it asked. Nothing
 * is stored; the key is looked at, so that a wrong one is noticed at once.
 */
function understandSettings(request: ProtocolRequest): Understood {
  const key = request.params.key ?? ''
  return {
    deliveries: [{ credential: key, events: [] }],
    answer: ({ refused }) => (refused ? failure(404, 'The write key is not known here') : settings(key, request)),
  }
}

function settings(apiKey: string, { headers }: ProtocolRequest): ProtocolAnswer {
  const toHere = { apiHost: `${headers.host ?? ''}/v1`, protocol: isSecure(headers) ? 'https' : 'http' }
  const answer = json(200, {
    integrations: { 'Segment.io': { apiKey, ...toHere, unbundledIntegrations: [], maybeBundledConfigIds: {} } },
    plan: { track: { __default: { enabled: true } } },
    enabledMiddleware: {},
    metrics: { sampleRate: 0 },
    remotePlugins: [],
    legacyVideoPluginsEnabled: false,
  })
  // Made for the host that was asked for: of no use to anybody else.
  return { ...answer, headers: { ...answer.headers, 'cache-control': 'no-store' } }
}

/** A page that came over HTTPS can ask nothing else, even when the proxy in front of us does not say so. */
function isSecure(headers: ProtocolRequest['headers']): boolean {
  return headers['x-forwarded-proto'] === 'https' || (headers.origin?.startsWith('https:') ?? false)
}

function failure(status: number, message: string): ProtocolAnswer {
  return json(status, { success: false, message })
}
