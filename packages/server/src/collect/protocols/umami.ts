import { randomUUID } from 'node:crypto'
import type { ForeignEvent } from '../events/foreign-event.ts'
import { jsonOf } from '../read/json-text.ts'
import { json } from './answers.ts'
import { deliveriesOf, type ForProject } from './credential.ts'
import { isRecord, type JsonRecord, leftOf, numberOf, recordOf, textOf, timeMsOf } from './loose-values.ts'
import { rawWithoutPrivate } from './private-fields.ts'
import type { Outcome, Protocol, ProtocolAnswer, ProtocolRequest, Understood } from './protocol.ts'

/**
 * Umami's collection API. Umami drops bots and answers them with a joke; ours are kept and flagged, so they are answered as
 * people are. The token that its tracker is given and gives back says nothing that we would believe: visitors and visits
 * are found by the server.
 */
export const umami: Protocol = {
  name: 'umami',
  label: 'Umami',
  routes: [
    { methods: ['POST'], path: '/api/send', understand: understandOne },
    { methods: ['POST'], path: '/api/batch', understand: understandMany },
  ],
}

function understandOne(request: ProtocolRequest): Understood {
  const sent = jsonOf(request.body)
  const item = itemOf(sent)
  const isKnown = item.credential !== undefined
  return {
    deliveries: isKnown ? deliveriesOf([item]) : [],
    answer: (outcome) => {
      if (isKnown && outcome.refused) return badRequest('Website not found.')
      if (!isKnown || item.rejected) return badRequest(item.rejected?.reason ?? REASON)
      return json(200, sessionOf(request))
    },
  }
}

function understandMany(request: ProtocolRequest): Understood {
  const sent = jsonOf(request.body)
  if (!Array.isArray(sent)) return { deliveries: [], answer: () => badRequest('expected an array') }
  const items = sent.map(itemOf)
  const isBad = ({ credential, event }: ForProject) => credential === undefined || !event
  return {
    deliveries: deliveriesOf(items.filter(({ credential }) => credential !== undefined)),
    answer: (outcome) => {
      const details = items.flatMap((item, index) =>
        isBad(item) ? [{ index, response: errorOf(item.rejected?.reason ?? REASON) }] : [],
      )
      return batchAnswer(request, outcome, sent.length, details)
    },
  }
}

function batchAnswer(request: ProtocolRequest, outcome: Outcome, size: number, details: unknown[]): ProtocolAnswer {
  if (outcome.refused && outcome.accepted === 0) return badRequest('Website not found.')
  const processed = outcome.accepted
  return json(200, { size, processed, errors: size - processed, details, cache: sessionOf(request).cache })
}

const REASON = 'expected a type of event, identify or performance, and a payload with the website'

const badRequest = (message: string) => json(400, errorOf(message))
const errorOf = (message: string) => ({ error: { message, code: 'bad-request', status: 400 } })

/** What the tracker gave back, or a new one: it only wants to have one. */
function sessionOf({ headers }: ProtocolRequest): { cache: string; sessionId: string; visitId: string } {
  const known = recordOf(jsonOf(Buffer.from(headers['x-umami-cache'] ?? '', 'base64url')))
  const sessionId = uuidOf(known.sessionId) ?? randomUUID()
  const visitId = uuidOf(known.visitId) ?? randomUUID()
  const cache = Buffer.from(JSON.stringify({ sessionId, visitId })).toString('base64url')
  return { cache, sessionId, visitId }
}

function uuidOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value) ? value : undefined
}

function itemOf(sent: unknown): ForProject {
  const { type, payload: sentPayload } = recordOf(sent)
  const payload = recordOf(sentPayload)
  const credential = textOf(payload.website) ?? textOf(payload.link) ?? textOf(payload.pixel)
  const name = nameOf(type, payload)
  if (name !== undefined && isRecord(sentPayload)) return { credential, event: eventOf(name, payload) }
  return { credential, rejected: { reason: REASON, raw: rawWithoutPrivate(sent) } }
}

function nameOf(type: unknown, payload: JsonRecord): string | undefined {
  if (type === 'identify' || type === 'performance') return type
  if (type !== 'event') return undefined
  const untitled = payload.link === undefined ? 'pixel' : 'link'
  return textOf(payload.name) ?? (payload.website === undefined ? untitled : 'page_view')
}

const READ: ReadonlySet<string> = new Set(
  `website link pixel name url referrer title screen language id ip userAgent timestamp data hostname`.split(' '),
)

function eventOf(name: string, payload: JsonRecord): ForeignEvent {
  const data = isRecord(payload.data) ? payload.data : leftOf({ data: payload.data }, new Set())
  const amount = numberOf(data.revenue)
  return {
    name,
    timeMs: timeMsOf(payload.timestamp),
    userId: textOf(payload.id),
    url: absoluteUrl(singlyEncoded(textOf(payload.url)), textOf(payload.hostname)),
    title: decoded(textOf(payload.title), decodeURIComponent),
    referrer: singlyEncoded(textOf(payload.referrer)),
    userAgent: textOf(payload.userAgent),
    address: textOf(payload.ip),
    language: textOf(payload.language),
    screen: textOf(payload.screen),
    revenue: amount === undefined ? undefined : { amount, currency: textOf(data.currency) },
    properties: { ...leftOf(payload, READ), ...data },
  }
}

/** Up to version 2.10 the script encodes titles, and addresses once more than they are: `%C3%BC` comes as `%25C3%25BC`. */
function singlyEncoded(url: string | undefined): string | undefined {
  return url !== undefined && /%25[0-9a-f]{2}/i.test(url) ? decoded(url, decodeURI) : url
}

function decoded(text: string | undefined, decode: (text: string) => string): string | undefined {
  if (!text?.includes('%')) return text
  try {
    return decode(text)
  } catch {
    return text
  }
}

/** Most clients send the path and the host apart. */
function absoluteUrl(url: string | undefined, hostname: string | undefined): string | undefined {
  if (!hostname || (url !== undefined && !url.startsWith('/'))) return url
  return `https://${hostname}${url ?? ''}`
}
