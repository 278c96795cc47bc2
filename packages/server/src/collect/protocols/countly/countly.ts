import { jsonOf } from '../../read/json-text.ts'
import { json } from '../answers.ts'
import { deliveriesOf, type ForProject } from '../credential.ts'
import { type JsonRecord, recordOf, textOf } from '../loose-values.ts'
import { rawWithoutPrivate } from '../private-fields.ts'
import type { Protocol, ProtocolRequest, Understood } from '../protocol.ts'
import { countlyEvents } from './countly-events.ts'

/**
 * Countly's write API: one request in the query or in a form, many as JSON in the field `requests`; and the questions that
 * its clients ask first, which are answered with nothing, so that they go by their own settings.
 */
export const countly: Protocol = {
  name: 'countly',
  label: 'Countly',
  routes: [
    { methods: ['GET', 'POST'], path: '/i', understand: understandOne },
    { methods: ['GET', 'POST'], path: '/i/bulk', understand: understandMany },
    { methods: ['GET', 'POST'], path: '/o/sdk', understand: answerQuestion },
  ],
}

const SUCCESS = json(200, { result: 'Success' })
const INCOMPLETE = json(400, { result: 'Missing parameter "app_key" or "device_id"' })
const UNKNOWN = json(400, { result: 'App does not exist' })

function understandOne(request: ProtocolRequest): Understood {
  const parameters = parametersOf(request)
  if (!isComplete(parameters)) return { deliveries: [], answer: () => INCOMPLETE }
  return understood(itemsOf(parameters, request))
}

function understandMany(request: ProtocolRequest): Understood {
  const parameters = parametersOf(request)
  const requests = unpacked(parameters.requests)
  if (!Array.isArray(requests))
    return { deliveries: [], answer: () => json(400, { result: 'Missing parameter "requests"' }) }
  // The key may stand beside the requests, for all of them.
  const items = requests.flatMap((sent) => itemsOf({ app_key: parameters.app_key, ...recordOf(sent) }, request))
  return understood(items)
}

function understood(items: readonly ForProject[]): Understood {
  return {
    deliveries: deliveriesOf(items),
    answer: ({ accepted, refused }) => (refused && accepted === 0 ? UNKNOWN : SUCCESS),
  }
}

/** Settings and remote configuration: `{}` is "nothing in particular"; the other questions are about features that we have not. */
function answerQuestion(): Understood {
  return { deliveries: [], answer: () => json(200, {}) }
}

/** The query, a form, or an object as JSON; a form of several parts is for pictures, which nobody here looks at. */
function parametersOf({ query, body }: ProtocolRequest): JsonRecord {
  const parsed = body[0] === OPEN_BRACE ? jsonOf(body) : Object.fromEntries(new URLSearchParams(body.toString()))
  return { ...Object.fromEntries(query), ...recordOf(parsed) }
}

const OPEN_BRACE = 0x7b

const unpacked = (value: unknown) => (typeof value === 'string' ? jsonOf(value) : value)

function isComplete({ app_key: key, device_id: device }: JsonRecord): boolean {
  return textOf(key) !== undefined && textOf(device) !== undefined
}

function itemsOf(parameters: JsonRecord, request: ProtocolRequest): ForProject[] {
  const credential = textOf(parameters.app_key)
  if (!isComplete(parameters)) {
    return [{ credential, rejected: { reason: 'expected app_key and device_id', raw: rawWithoutPrivate(parameters) } }]
  }
  const events = countlyEvents(parameters, request)
  // Also a request that says nothing shows whether its key is known.
  return events.length === 0 ? [{ credential }] : events.map((event) => ({ credential, ...event }))
}
