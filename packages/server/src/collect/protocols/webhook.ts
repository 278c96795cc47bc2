import type { ForeignEvent } from '../events/foreign-event.ts'
import { jsonOf } from '../read/json-text.ts'
import { isSignatureOf } from './hmac-signature.ts'
import { valueAtPath } from './json-path.ts'
import { isRecord, textOf, timeMsOf } from './loose-values.ts'
import type { Protocol, ProtocolRequest, Understood } from './protocol.ts'
import { refusal } from './sender-answer.ts'
import { senderCredential } from './sender-credential.ts'

/**
 * Any system that posts JSON. Its object becomes the properties, as it is; an array is an event for each of its items. The
 * address says where in it an event's name, id and time are, as paths: `?name=$.type&id=$.data.id&time=$.created`.
 */
export const webhook: Protocol = {
  name: 'webhook',
  label: 'Webhook',
  routes: [
    { methods: ['POST', 'PUT'], path: '/webhook', understand },
    { methods: ['POST', 'PUT'], path: '/webhook/:key', understand },
  ],
}

function understand(request: ProtocolRequest): Understood {
  const { body, query } = request
  const json = jsonOf(body)
  const items = json === undefined ? [] : Array.isArray(json) ? json : [json]
  const rejected = json === undefined ? [{ reason: 'expected JSON', raw: body.toString() }] : []
  const verify = signatureCheck(request)
  const events = items.map((item) => eventOf(item, query))
  return {
    deliveries: [{ credential: senderCredential(request), events, rejected, ...(verify && { verify }) }],
    answer: (outcome) =>
      refusal(outcome) ?? {
        status: outcome.accepted === 0 && outcome.rejected > 0 ? 400 : 202,
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ accepted: outcome.accepted, rejected: outcome.rejected }),
      },
  }
}

/**
 * A signature need not be there, for the key in the address is known to the sender only; but one that is there is right. An
 * address that names the header, as `?signature=X-Shopify-Hmac-Sha256`, insists on it.
 */
function signatureCheck({ headers, body, query }: ProtocolRequest): ((secret: string) => boolean) | undefined {
  const required = query.get('signature')?.toLowerCase()
  const name = required ?? SIGNATURE_HEADERS.find((header) => headers[header] !== undefined)
  return name === undefined ? undefined : (secret) => isSignatureOf(headers[name] ?? '', body, secret)
}

const SIGNATURE_HEADERS = ['x-hub-signature-256', 'x-signature-256', 'x-signature', 'x-webhook-signature']

function eventOf(item: unknown, query: URLSearchParams): ForeignEvent {
  const at = (parameter: string) => {
    const path = query.get(parameter)
    return path === null ? undefined : valueAtPath(item, path)
  }
  const name = query.get('name') ?? ''
  return {
    name: (name.startsWith('$') ? textOf(at('name')) : name) || 'webhook',
    id: textOf(at('id')),
    timeMs: timeMsOf(at('time')),
    address: '',
    properties: isRecord(item) ? item : { value: item },
  }
}
